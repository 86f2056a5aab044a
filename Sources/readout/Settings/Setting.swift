// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// One thing an operator can set, and the place where its value goes. The row is all there is of it: flag, environment
/// variable, `--help`, `docs/settings.md`, `readout config` and the check of what is given come from here, the default from
/// the place itself.
struct Setting<Group: SettingGroup>: AnySetting {
    let name: String
    let meaning: String
    let noun: String
    let form: String
    let fallback: String
    let isSwitch: Bool
    let isSecret: Bool
    /// The wrapper that the argument parser knows it by.
    fileprivate let definition: @Sendable () -> Any
    fileprivate let take: @Sendable (KeyedDecodingContainer<SettingKey>, inout Group) throws -> Void
    fileprivate let isReadable: @Sendable (String) -> Bool
    private let write: @Sendable (Group) -> String

    /// - Parameters:
    ///   - name: the flag without its hyphens.
    ///   - place: where the value goes; what stands there in a new group is the default.
    ///   - isSecret: shown to nobody, and taken from a file too.
    init<Value: Sendable>(
        _ name: String, _ place: any WritableKeyPath<Group, Value> & Sendable, _ notation: Notation<Value>,
        isSecret: Bool = false, _ meaning: String
    ) {
        self.init(name, place, notation, meaning, isSecret: isSecret, isSwitch: false) { help in
            Option<Value?>(name: .customLong(name), help: help) { text in
                guard let value = notation.read(text) else { throw ValidationError("it must be \(notation.form)") }
                return value
            }
        } value: {
            try $0.decode(Option<Value?>.self, forKey: $1).wrappedValue
        }
    }

    /// A switch: `--access-log` turns it on, `--no-access-log` off.
    init(_ name: String, _ place: any WritableKeyPath<Group, Bool> & Sendable, _ meaning: String) {
        self.init(name, place, .switch, meaning, isSecret: false, isSwitch: true) { help in
            Flag(wrappedValue: Group()[keyPath: place], name: .customLong(name), inversion: .prefixedNo, help: help)
        } value: {
            try $0.decode(Flag<Bool>.self, forKey: $1).wrappedValue
        }
    }

    private init<Value: Sendable>(
        _ name: String, _ place: any WritableKeyPath<Group, Value> & Sendable, _ notation: Notation<Value>,
        _ meaning: String, isSecret: Bool, isSwitch: Bool, definition: @escaping @Sendable (ArgumentHelp) -> Any,
        value: @escaping @Sendable (KeyedDecodingContainer<SettingKey>, SettingKey) throws -> Value?
    ) {
        self.name = name
        self.meaning = meaning
        self.isSecret = isSecret
        self.isSwitch = isSwitch
        (noun, form) = (notation.noun, notation.form)
        write = { notation.write($0[keyPath: place]) }
        isReadable = { notation.read($0) != nil }
        let fallback = write(Group())
        self.fallback = fallback
        self.definition = {
            // The parser knows a switch's default itself.
            let ending = fallback.isEmpty || isSwitch ? "" : " (default: \(fallback))"
            return definition(ArgumentHelp("\(meaning)\(ending)", valueName: notation.noun))
        }
        take = { container, group in
            if let value = try value(container, SettingKey(stringValue: name)) { group[keyPath: place] = value }
        }
    }

    /// What the setting is in this group, as it would be written.
    func text(in group: Group) -> String { write(group) }

    func accepts(_ text: String) -> Bool { isReadable(text) }
}

/// A setting, wherever its value goes.
protocol AnySetting: Sendable {
    /// The flag without its hyphens.
    var name: String { get }
    var meaning: String { get }
    /// What stands for its value in usage lines, and what may be written for it.
    var noun: String { get }
    var form: String { get }
    /// The value when nobody says otherwise; empty for none.
    var fallback: String { get }
    /// A switch is a flag without a value; its variable says true or false.
    var isSwitch: Bool { get }
    var isSecret: Bool { get }
    func accepts(_ text: String) -> Bool
}

extension AnySetting {
    /// `public-url` is `READOUT_PUBLIC_URL`.
    var variable: String { EnvironmentSettings.prefix + name.uppercased().replacing("-", with: "_") }
    /// The variable with the path of a file that holds the value; secrets have one.
    var fileVariable: String? { isSecret ? "\(variable)_FILE" : nil }
}

/// Settings that belong together, as options of commands: `@OptionGroup var storage: StorageSettings`.
///
/// The argument parser finds the options of a type through its mirror, and fills them by decoding; so a table can stand in
/// for properties with wrappers, and no setting is written twice.
protocol SettingGroup: ParsableArguments, CustomReflectable, Sendable {
    /// What the group is called in `--help` and on the page of settings.
    static var title: String { get }
    static var settings: [Setting<Self>] { get }
}

extension SettingGroup {
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: SettingKey.self)
        self.init()
        for setting in Self.settings { try setting.take(container, &self) }
    }

    var customMirror: Mirror {
        Mirror(self, children: Self.settings.map { (label: $0.name, value: $0.definition()) })
    }

    /// Each setting with its value.
    var values: [(setting: any AnySetting, text: String)] {
        Self.settings.map { (setting: $0, text: $0.text(in: self)) }
    }
}

/// A setting's name, as the argument parser asks for it.
struct SettingKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
