// SPDX-License-Identifier: Apache-2.0

/// What a server shows and asks of its clients.
package struct TLSConfiguration: Sendable, Hashable {
    /// A certificate with its chain and its key, both PEM files.
    package struct Identity: Sendable, Hashable {
        package var certificate: String
        package var key: String

        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// Whether clients show certificates of their own.
    package enum ClientCertificates: Sendable, Hashable {
        case ignored
        /// Checked against the authorities in this PEM file when shown.
        case optional(authorities: String)
        /// Without one there is no connection.
        case required(authorities: String)
    }

    /// The first is shown to clients that name no host, or one that no certificate is for.
    package var identities: [Identity]
    package var clientCertificates = ClientCertificates.ignored

    /// What the keys are encrypted with; nil when they are not.
    package var passphrase: String?

    package init(identities: [Identity], passphrase: String? = nil) {
        self.identities = identities
        self.passphrase = passphrase
    }
}
