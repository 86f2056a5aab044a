// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import TLS

/// What the server shows to clients, and asks of them, before they speak HTTP.
struct TLSSettings: SettingGroup {
    var certificates: [String] = []
    var keys: [String] = []
    var passphrase: String?
    var clientAuthorities: String?
    var clientRule = ClientCertificateRule.required

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
            "tls-client", \.clientRule, .word, "Whether clients must show a certificate: required or optional."),
    ]

    /// Nil to serve in the clear.
    var configuration: TLSConfiguration? {
        guard !certificates.isEmpty else { return nil }
        var configuration = TLSConfiguration(
            identities: zip(certificates, keys).map(TLSConfiguration.Identity.init), passphrase: passphrase)
        if let clientAuthorities {
            configuration.clientCertificates =
                switch clientRule {
                case .optional: .optional(authorities: clientAuthorities)
                case .required: .required(authorities: clientAuthorities)
                }
        }
        return configuration
    }
}

/// Whether clients must show certificates.
enum ClientCertificateRule: String, CaseIterable, Sendable {
    case required, optional
}
