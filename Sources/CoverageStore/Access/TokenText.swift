// SPDX-License-Identifier: Apache-2.0

internal import Digests

/// A token as its holder has it: `readout_<id>_<secret>`. The name in front lets scanners of leaked secrets know it.
package struct TokenText: Sendable {
    /// Not secret: it finds the token's row, and stands in lists and in the audit trail.
    package let id: String
    /// 43 characters that stand for 32 random bytes.
    private let secret: String

    static let prefix = "readout_"
    private static let idBytes = 6
    private static let secretBytes = 32

    /// A new one.
    static func random() throws -> TokenText {
        TokenText(
            id: Hexadecimal.encode(try RandomBytes.make(idBytes)),
            secret: Base64URL.encode(try RandomBytes.make(secretBytes)))
    }

    private init(id: String, secret: String) {
        self.id = id
        self.secret = secret
    }

    /// Nil when the text has another form.
    package init?(_ text: String) {
        guard text.hasPrefix(Self.prefix) else { return nil }
        let parts = text.dropFirst(Self.prefix.count).split(
            separator: "_", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, Self.isID(parts[0]), Base64URL.decode(parts[1])?.count == Self.secretBytes else {
            return nil
        }
        self.init(id: String(parts[0]), secret: String(parts[1]))
    }

    /// Whether a text has the form of an id: 12 lower-case hexadecimal digits.
    static func isID(_ text: some StringProtocol) -> Bool { Hexadecimal.decode(text)?.count == idBytes }

    /// The whole, for the one who is to have it.
    package var text: String { "\(Self.prefix)\(id)_\(secret)" }

    /// What is kept of the secret: SHA-256 of the salt and the secret's text.
    ///
    /// A slow hash such as Argon2 is for what people choose, of which an attacker can try all that is likely. A secret of 256
    /// random bits has no likely values: whoever steals the database cannot try enough of them however fast the hash is, and each
    /// request with a token would pay for the slowness.
    func hash(salt: [UInt8]) -> [UInt8] {
        let digest = SHA256.digest(of: salt + Array(secret.utf8))
        return digest.indices.map { digest[$0] }
    }
}

/// Never the secret, wherever it may be printed.
extension TokenText: CustomStringConvertible, CustomReflectable {
    package var description: String { "\(Self.prefix)\(id)_…" }
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
