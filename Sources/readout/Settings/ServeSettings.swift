// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Server

/// Everything that can be set, as `serve` takes it and `config` shows it.
struct ServeSettings: ParsableArguments {
    @OptionGroup(title: StorageSettings.title) var storage: StorageSettings
    @OptionGroup(title: SeedSettings.title) var seeding: SeedSettings
    @OptionGroup(title: ServingSettings.title) var serving: ServingSettings
    @OptionGroup(title: OperationSettings.title) var operation: OperationSettings
    @OptionGroup(title: LogSettings.title) var log: LogSettings
    @OptionGroup(title: TLSSettings.title) var tls: TLSSettings
    @OptionGroup(title: LimitSettings.title) var limits: LimitSettings

    static let groups: [any SettingGroup.Type] = [
        StorageSettings.self, SeedSettings.self, ServingSettings.self, OperationSettings.self, LogSettings.self,
        TLSSettings.self, LimitSettings.self,
    ]

    /// Each setting with its value, by group.
    var values: [(title: String, values: [(setting: any AnySetting, text: String)])] {
        let groups: [any SettingGroup] = [storage, seeding, serving, operation, log, tls, limits]
        return groups.map { (title: type(of: $0).title, values: $0.values) }
    }

    /// Settings that contradict each other; what is wrong with one alone is found when it is read.
    func validate() throws {
        try validateTLS()
        if operation.adminHost != nil, operation.adminPort == nil {
            throw ValidationError("--admin-host is given without --admin-port.")
        }
        if let port = operation.adminPort, port != 0, port == serving.port {
            throw ValidationError("--admin-port and --port are both \(port): each listens on its own.")
        }
        if limits.rateBurst != nil, limits.server.requestsPerSecond == 0 {
            throw ValidationError("--rate-burst is given without --rate-limit.")
        }
        if log.logQueries, !log.accessLog {
            throw ValidationError("--log-queries is given with --no-access-log.")
        }
    }

    private func validateTLS() throws {
        if tls.keys.isEmpty, !tls.certificates.isEmpty {
            throw ValidationError("--tls-certificate is given without --tls-key.")
        }
        if tls.certificates.isEmpty, !tls.keys.isEmpty {
            throw ValidationError("--tls-key is given without --tls-certificate.")
        }
        guard tls.certificates.count == tls.keys.count else {
            throw ValidationError("--tls-certificate and --tls-key must name as many files each, in the same order.")
        }
        if tls.clientRule != nil, tls.clientAuthorities == nil {
            throw ValidationError("--tls-client is given without --tls-client-ca.")
        }
        if tls.certificates.isEmpty {
            if tls.clientAuthorities != nil {
                throw ValidationError("--tls-client-ca is given without --tls-certificate.")
            }
            if tls.passphrase != nil {
                throw ValidationError("--tls-key-passphrase is given without --tls-key.")
            }
        }
    }
}

/// Every setting there is.
enum Settings {
    static let all: [any AnySetting] = ServeSettings.groups.flatMap { $0.allSettings }
}

extension SettingGroup {
    static var allSettings: [any AnySetting] { settings }
}
