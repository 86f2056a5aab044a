// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import TLS

/// What the server shows to clients, and asks of them, before they speak HTTP.
struct TLSSettings: SettingGroup {
    var certificates: [String] = []
    var keys: [String] = []
    var passphrase: String?
    var clientAuthorities: String?
    var clientRule: ClientCertificateRule?

    static let title = "TLS"
    static let settings: [Setting<Self>] = [
        Setting(
            "tls-certificate", \.certificates, .list("paths", "paths") { _ in true },
            "Serve HTTPS with this PEM file, its chain behind it. Of several each is for the hosts it names, the first that fits."
        ),
        Setting(
            "tls-key", \.keys, .list("paths", "paths") { _ in true },
            "The PEM file of the certificate's key; of several certificates in the same order."),
        Setting(
            "tls-key-passphrase", \.passphrase, Notation.text.optional, isSecret: true,
            "What the keys are encrypted with, when they are. Other users of the machine can see flags: better a file."),
        Setting(
            "tls-client-ca", \.clientAuthorities, Notation.path.optional,
            "Ask clients for certificates by the authorities in this PEM file."),
        Setting(
            "tls-client", \.clientRule, Notation.word.optional,
            "Whether clients must show a certificate: required, unless it is set, or optional."),
    ]

    /// Nil to serve in the clear.
    var configuration: TLSConfiguration? {
        guard !certificates.isEmpty else { return nil }
        var configuration = TLSConfiguration(
            identities: zip(certificates, keys).map(TLSConfiguration.Identity.init), passphrase: passphrase)
        if let clientAuthorities {
            configuration.clientCertificates =
                switch clientRule ?? .required {
                case .optional: .optional(authorities: clientAuthorities)
                case .required: .required(authorities: clientAuthorities)
                }
        }
        return configuration
    }

    /// Reads all of them; nil to serve in the clear.
    func files() throws -> TLSFiles? {
        guard let configuration else { return nil }
        for path in certificates { _ = try Files.contents(of: path, for: "tls-certificate") }
        for path in keys { _ = try Files.contents(of: path, for: "tls-key") }
        if let path = clientAuthorities { _ = try Files.contents(of: path, for: "tls-client-ca") }
        do throws(TLSError) { return try TLSFiles(configuration) } catch {
            let last = clientAuthorities == nil ? "" : ", --tls-client-ca"
            throw Failure("\(error); see --tls-certificate, --tls-key, --tls-key-passphrase\(last)")
        }
    }
}

/// Whether clients must show certificates.
enum ClientCertificateRule: String, CaseIterable, Sendable {
    case required, optional
}
