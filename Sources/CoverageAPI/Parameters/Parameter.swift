// SPDX-License-Identifier: Apache-2.0

internal import Coverage
internal import CoverageStore
internal import HTTP
internal import JSON

/// Where in a request a parameter stands, in OpenAPI's words.
enum ParameterPlace: String, Sendable {
    case query, path, header
}

/// What `/openapi.json` says of a parameter.
protocol DeclaredParameter: Sendable {
    var name: String { get }
    var place: ParameterPlace { get }
    var schema: Schema { get }
    /// For a reader who knows the coverage and not the program.
    var meaning: String { get }
    var isRequired: Bool { get }
    /// A value that is right for the coverage that ships: tests ask with it.
    var example: String? { get }
    /// What can be wrong with it beside its value.
    var problems: [ProblemType] { get }
}

/// A parameter of the query, declared once: requests are checked by it, and the document describes it. What only the document
/// needs is made for it, not for each request.
struct Parameter<Value: Sendable>: DeclaredParameter {
    typealias Lazy<Text> = @Sendable () -> Text

    let name: String
    let isRequired: Bool
    /// What it is where it does not stand.
    let absent: Value
    /// Makes a value of what stands there, or refuses it and returns nil.
    let read: @Sendable (String, inout QueryReader) -> Value?
    private let describe: Lazy<(schema: Schema, meaning: String, example: String?, problems: [ProblemType])>

    var place: ParameterPlace { .query }
    var schema: Schema { describe().schema }
    var meaning: String { describe().meaning }
    var example: String? { describe().example }
    var problems: [ProblemType] { describe().problems }

    init(
        _ name: String, _ schema: @autoclosure @escaping Lazy<Schema>, _ meaning: @autoclosure @escaping Lazy<String>,
        isRequired: Bool = false, example: @autoclosure @escaping Lazy<String?> = nil,
        problems: @autoclosure @escaping Lazy<[ProblemType]> = [], absent: Value,
        read: @escaping @Sendable (String, inout QueryReader) -> Value?
    ) {
        self.name = name
        self.isRequired = isRequired
        self.absent = absent
        self.read = read
        describe = { (schema(), meaning(), example(), problems()) }
    }
}

extension QueryReader {
    /// The value of a parameter, by its declaration. What is wrong with it is refused.
    mutating func take<Value>(_ parameter: Parameter<Value>) -> Value {
        if parameter.isRequired { refuseMissing(parameter.name) }
        guard let value = single(parameter.name) else { return parameter.absent }
        return parameter.read(value, &self) ?? parameter.absent
    }
}

extension Parameter where Value == Int {
    /// A whole number. Digits only, so that neither sign, space nor overflow slips through.
    static func whole(
        _ name: String, in range: ClosedRange<Int>, default fallback: Int, _ meaning: String, example: String? = nil
    ) -> Parameter {
        Parameter(
            name, .with(.integer(range), ["default": .integer(Int64(fallback))]), meaning, example: example,
            absent: fallback
        ) { $1.integer($0, of: name, in: range) }
    }
}

extension Parameter where Value == Bool {
    /// `true` or `false`, which it is where it does not stand.
    static func flag(_ name: String, _ meaning: String) -> Parameter {
        Parameter(name, .with(.flag, ["default": false]), meaning, example: "true", absent: false) {
            $1.boolean($0, of: name)
        }
    }
}

extension Parameter where Value == String? {
    /// Any text that is not empty; what reads it may refuse it.
    static func text(
        _ name: String, _ schema: @autoclosure @escaping Lazy<Schema>, _ meaning: @autoclosure @escaping Lazy<String>,
        isRequired: Bool = false, example: String? = nil, problems: [ProblemType] = []
    ) -> Parameter {
        Parameter(
            name, schema(), meaning(), isRequired: isRequired, example: example, problems: problems, absent: nil
        ) { value, _ in .some(value) }
    }

    /// One of these.
    static func choice(
        _ name: String, of values: @autoclosure @escaping Lazy<[String]>, default fallback: String? = nil,
        _ meaning: @autoclosure @escaping Lazy<String>, example: String? = nil
    ) -> Parameter {
        Parameter(
            name, fallback.map { .with(.choice(values()), ["default": .string($0)]) } ?? .choice(values()), meaning(),
            example: example ?? values().first, absent: fallback
        ) { value, query in
            let values = values()
            if values.contains(value) { return value }
            query.refuse(name, value: value, among: values)
            return nil
        }
    }
}

extension Parameter where Value == [String]? {
    /// Some of these, separated by commas; one given again asks for nothing more.
    static func choices(
        _ name: String, of values: @autoclosure @escaping Lazy<[String]>,
        _ meaning: @autoclosure @escaping Lazy<String>,
        example: String? = nil
    ) -> Parameter {
        Parameter(name, .choices(values()), meaning(), example: example ?? values().first, absent: nil) {
            $1.list($0, of: name, among: values())
        }
    }
}

extension Parameter where Value == [FactType] {
    /// `type`: some of these; none given is none chosen.
    static func types(among offered: [FactType], _ meaning: String) -> Parameter {
        Parameter(
            "type", .choices(offered.map(\.rawValue)), meaning, example: offered.first?.rawValue, absent: []
        ) { value, query in
            query.list(value, of: "type", among: offered.map(\.rawValue)).compactMap { FactType(rawValue: $0) }
        }
    }
}

extension Parameter where Value == EDTF? {
    /// A day, month or year.
    static func date(_ name: String, _ meaning: String, example: String) -> Parameter {
        Parameter(name, .text(pattern: plainDate), meaning, example: example, absent: nil) { value, query in
            do throws(EDTFError) {
                let date = try EDTF(value)
                if date.isPlain { return date }
                query.refuse(name, "'\(name)' cannot be '\(value)': it has to be \(DateFilter.Fault.plain).")
            } catch {
                query.refuse(name, "'\(name)' cannot be '\(value)': \(remedy(for: value, error)).")
            }
            return nil
        }
    }

    /// What EDTF says of a text is of use where a day, month or year was meant, and nothing else is offered.
    private static func remedy(for value: String, _ error: EDTFError) -> String {
        if value == ".." { return "leave it out where there is no bound" }
        let isLikeDate = value.contains(where: \.isNumber) && value.allSatisfy { "0123456789-YTZ:".contains($0) }
        return isLikeDate && error.isOfPlainDates ? "\(error)" : "it has to be \(DateFilter.Fault.plain)"
    }
}

/// `2023`, `2023-06` or `2023-06-18`, or a year of more than four digits.
private let plainDate = "^(-?[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?|Y-?[1-9][0-9]{4,})$"

/// What stands in the place of a name in braces of the path.
struct PathParameter: DeclaredParameter {
    let name: String
    let schema: Schema
    let meaning: String
    let example: String?
    var place: ParameterPlace { .path }
    var isRequired: Bool { true }
    var problems: [ProblemType] { [.notFound] }

    init(_ name: String, _ schema: Schema, _ meaning: String, example: String) {
        self.name = name
        self.schema = schema
        self.meaning = meaning
        self.example = example
    }

    /// The id of a record of this type.
    static func id(of type: FactType) -> PathParameter {
        PathParameter(
            "id", .slug, "The id of the \(type.rawValue), as lists and references have it.",
            example: Example.id(of: type))
    }
}

/// A header field that an operation reads.
struct HeaderParameter: DeclaredParameter {
    let name: String
    let schema: Schema
    let meaning: String
    let isRequired: Bool
    let example: String?
    let problems: [ProblemType]
    var place: ParameterPlace { .header }

    init(
        _ name: String, _ schema: Schema, _ meaning: String, isRequired: Bool = false, example: String? = nil,
        problems: [ProblemType] = []
    ) {
        self.name = name
        self.schema = schema
        self.meaning = meaning
        self.isRequired = isRequired
        self.example = example
        self.problems = problems
    }
}

/// Ids of the coverage that ships, for examples.
enum Example {
    static func id(of type: FactType) -> String {
        switch type {
        case .event: "blinken-visit-to-china"
        case .person: "qin-gang"
        case .issue: "taiwan"
        case .statement: "blinken-confirms-the-visit"
        case .organization: "us-department-of-state"
        case .place: "beijing"
        case .discrepancy: "rank-of-the-visit"
        case .article: "blinken-in-beijing"
        }
    }
}
