// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import TLS

/// What the server shows to clients, and asks of them, before they speak HTTP.
struct TLSOptions: ParsableArguments {
    @Option(name: .customLong(Settings.tlsCertificate.name), help: Settings.tlsCertificate.help)
    var certificates = Settings.tlsCertificate.fallback
    @Option(name: .customLong(Settings.tlsKey.name), help: Settings.tlsKey.help)
    var keys = Settings.tlsKey.fallback
    @Option(name: .customLong(Settings.tlsClientCA.name), help: Settings.tlsClientCA.help)
    var clientAuthorities = Settings.tlsClientCA.fallback
    @Option(name: .customLong(Settings.tlsClient.name), help: Settings.tlsClient.help)
    var clientRule = Settings.tlsClient.fallback

    func validate() throws {
        guard Self.list(certificates).count == Self.list(keys).count else {
            throw ValidationError("--tls-certificate and --tls-key must name as many files each, in the same order.")
        }
        guard clientAuthorities.isEmpty || !certificates.isEmpty else {
            throw ValidationError("--tls-client-ca needs --tls-certificate and --tls-key.")
        }
    }

    /// Nil to serve in the clear.
    var configuration: TLSConfiguration? {
        guard !certificates.isEmpty else { return nil }
        let identities = zip(Self.list(certificates), Self.list(keys)).map(TLSConfiguration.Identity.init)
        var configuration = TLSConfiguration(identities: identities)
        if !clientAuthorities.isEmpty {
            configuration.clientCertificates =
                switch clientRule {
                case .optional: .optional(authorities: clientAuthorities)
                case .required: .required(authorities: clientAuthorities)
                }
        }
        return configuration
    }

    private static func list(_ text: String) -> [String] {
        text.split(separator: ",").map(String.init)
    }
}

/// Whether clients must show certificates.
enum ClientCertificateRule: String, ExpressibleByArgument, CaseIterable, Sendable {
    case required, optional
}
