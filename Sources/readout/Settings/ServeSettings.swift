// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Everything that can be set, as `serve` takes it and `config` shows it.
struct ServeSettings: ParsableArguments {
    @OptionGroup(title: StorageSettings.title) var storage: StorageSettings
    @OptionGroup(title: SeedSettings.title) var seeding: SeedSettings
    @OptionGroup(title: ServingSettings.title) var serving: ServingSettings
    @OptionGroup(title: LogSettings.title) var log: LogSettings
    @OptionGroup(title: TLSSettings.title) var tls: TLSSettings
    @OptionGroup(title: LimitSettings.title) var limits: LimitSettings

    static let groups: [any SettingGroup.Type] = [
        StorageSettings.self, SeedSettings.self, ServingSettings.self, LogSettings.self, TLSSettings.self,
        LimitSettings.self,
    ]

    /// Each setting with its value, by group.
    var values: [(title: String, values: [(setting: any AnySetting, text: String)])] {
        let groups: [any SettingGroup] = [storage, seeding, serving, log, tls, limits]
        return groups.map { (title: type(of: $0).title, values: $0.values) }
    }

    /// Settings that contradict each other; what is wrong with one alone is found when it is read.
    func validate() throws {
        if tls.keys.isEmpty, !tls.certificates.isEmpty {
            throw ValidationError("--tls-certificate is given without --tls-key.")
        }
        if tls.certificates.isEmpty, !tls.keys.isEmpty {
            throw ValidationError("--tls-key is given without --tls-certificate.")
        }
        guard tls.certificates.count == tls.keys.count else {
            throw ValidationError("--tls-certificate and --tls-key must name as many files each, in the same order.")
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
