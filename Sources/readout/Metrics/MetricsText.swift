// SPDX-License-Identifier: Apache-2.0

import JSON
import Server

/// Prometheus' text format, version 0.0.4:
/// <https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>.
struct MetricsText {
    static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    enum Kind: String {
        case counter, gauge, histogram
    }

    typealias Labels = [(name: String, value: String)]

    private(set) var text = ""

    /// A metric of one value; left out when there is none.
    mutating func value(_ name: String, _ kind: Kind, _ help: String, _ value: Double?, _ labels: Labels = []) {
        guard let value else { return }
        values(name, kind, help, [(labels, value)])
    }

    mutating func value(_ name: String, _ kind: Kind, _ help: String, _ value: Int?) {
        self.value(name, kind, help, value.map(Double.init))
    }

    /// A metric with a value for each set of labels, in their order.
    mutating func values(_ name: String, _ kind: Kind, _ help: String, _ values: [(labels: Labels, value: Double)]) {
        begin(name, kind, help)
        for (labels, value) in values { sample(name, labels, value) }
    }

    /// A histogram in seconds for each set of labels.
    mutating func histograms(_ name: String, _ help: String, _ values: [(labels: Labels, value: DurationHistogram)]) {
        begin(name, .histogram, help)
        for (labels, histogram) in values {
            let bounds = DurationHistogram.bounds.map { Self.number(Double($0) / 1e9) }
            buckets(name, labels, bounds, histogram.counts, sum: Double(histogram.sum) / 1e9)
        }
    }

    /// - Parameters:
    ///   - bounds: of all classes but the last.
    ///   - counts: of each class by itself.
    mutating func buckets(_ name: String, _ labels: Labels, _ bounds: [String], _ counts: [UInt64], sum: Double) {
        var total: UInt64 = 0
        for (bound, count) in zip(bounds + ["+Inf"], counts) {
            total &+= count
            sample("\(name)_bucket", labels + [("le", bound)], Double(total))
        }
        sample("\(name)_sum", labels, sum)
        sample("\(name)_count", labels, Double(total))
    }

    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind.rawValue)\n"
    }

    private mutating func sample(_ name: String, _ labels: Labels, _ value: Double) {
        let pairs = labels.map { "\($0.name)=\"\(Self.escaped($0.value, quotes: true))\"" }
        let set = pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}"
        text += "\(name)\(set) \(Self.number(value))\n"
    }

    /// Whole numbers without a fraction, as far as a `Double` holds them exactly.
    static func number(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        let escaped = text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
        return quotes ? escaped.replacing("\"", with: "\\\"") : escaped
    }
}
