// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Where the data is.
struct StorageSettings: SettingGroup {
    var database = "var/readout.sqlite"
    var migrations = "migrations"

    static let title = "Storage"
    static let settings: [Setting<Self>] = [
        Setting("database", \.database, .path, "The SQLite file."),
        Setting("migrations", \.migrations, .path, "The folder with the schema's migrations."),
    ]
}

/// Where the coverage is that an empty database gets.
struct SeedSettings: SettingGroup {
    var seeds = "seeds"

    static let title = "Seeds"
    static let settings: [Setting<Self>] = [
        Setting("seeds", \.seeds, .path, "The folder with the seed files.")
    ]
}
