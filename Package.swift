// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

/// Every target of ours is built alike: language mode 6, no warnings, each unsafe use marked.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// The functions that most answers take stand side by side, in the order that `script/instructions --record` found: spread over
/// the twenty megabytes of the program they are farther from the processor. lld, which comes with the toolchain, takes such a list;
/// that another compilation may not have all of them is no reason to warn (docs/decisions/0016-link-order.md).
let inOrder: [LinkerSetting] = [
    .unsafeFlags(
        [
            "-use-ld=lld", "-Xlinker", "--no-warn-symbol-ordering", "-Xlinker",
            "--symbol-ordering-file=\(Context.packageDirectory)/Sources/readout/link-order.txt",
        ], .when(platforms: [.linux], configuration: .release))
]

let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// The rooms of the house. A dependency list is the whole of what a room may import; the build refuses more.
let package = Package(
    name: "readout",
    products: [.executable(name: "readout", targets: ["readout"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
    ],
    targets: [
        // C, one importer each.
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // Bytes, the kernel and the wire.
        .target(name: "Sockets", dependencies: ["CLinux"], swiftSettings: strict),
        .target(name: "Digests", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(name: "Compression", dependencies: ["CZlib"], swiftSettings: strict),
        .target(name: "TLS", dependencies: ["COpenSSL"], swiftSettings: strict),
        .target(name: "HTTP", dependencies: [httpTypes], swiftSettings: strict),
        .target(name: "JSON", swiftSettings: strict),
        .target(name: "SQLite", dependencies: ["CSQLite"], swiftSettings: strict),
        .target(
            name: "Server", dependencies: ["Sockets", "TLS", "HTTP", "Compression", httpTypes, logging],
            swiftSettings: strict),

        // The coverage: its values, its storage, its face.
        .target(name: "Coverage", swiftSettings: strict),
        .target(name: "CoverageStore", dependencies: ["Coverage", "Digests", "JSON", "SQLite"], swiftSettings: strict),
        .target(
            name: "CoverageAPI",
            dependencies: ["Coverage", "CoverageStore", "Digests", "HTTP", "JSON", httpTypes],
            swiftSettings: strict),

        // The only place that wires.
        .executableTarget(
            name: "readout",
            dependencies: [
                "Coverage", "CoverageAPI", "CoverageStore", "HTTP", "JSON", "Server", "Sockets", "SQLite", "TLS",
                argumentParser, logging, httpTypes,
            ],
            exclude: ["link-order.txt"], swiftSettings: strict, linkerSettings: inOrder),

        // Coverage of any size, for measuring and for tests.
        .target(name: "LargeCoverage", path: "Benchmarks/LargeCoverage", swiftSettings: strict),
        .executableTarget(
            name: "generate-coverage", dependencies: ["LargeCoverage"], path: "Benchmarks/GenerateCoverage",
            swiftSettings: strict),
        .executableTarget(
            name: "bench-overlap", dependencies: ["Coverage"], path: "Benchmarks/BenchOverlap", swiftSettings: strict),

        // The text work: its speed, and how well it does against what readers found.
        .executableTarget(
            name: "bench-text", dependencies: ["Coverage"], path: "Benchmarks/BenchText", swiftSettings: strict),
        .executableTarget(
            name: "evaluate", dependencies: ["Coverage"], path: "Benchmarks/Evaluate", swiftSettings: strict),

        // The readers of what comes from outside, as 'script/fuzz' feeds them.
        .target(
            name: "Fuzz", dependencies: ["Coverage", "HTTP", "JSON", httpTypes], path: "Fuzz", exclude: ["Corpus"],
            swiftSettings: strict),

        // What several test targets share: a raw client, scratch folders, small coverage of our own writing.
        .target(
            name: "TestSupport",
            dependencies: ["CZlib", "CoverageStore", "JSON", "LargeCoverage", "SQLite", "Sockets"],
            path: "Tests/Support", swiftSettings: strict),
        // Proofs of what survives, at length for 'script/torture' and in short for the tests.
        .target(
            name: "Durability", dependencies: ["CoverageStore", "SQLite", "Sockets", "TestSupport"],
            path: "Tests/Durability", exclude: ["disk.c"], swiftSettings: strict),
        .executableTarget(
            name: "torture", dependencies: ["Durability", argumentParser], path: "Tests/Torture",
            swiftSettings: strict),
        .testTarget(
            name: "SocketsTests", dependencies: ["Sockets", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "TLSTests", dependencies: ["COpenSSL", "Sockets", "TLS", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "CompressionTests", dependencies: ["Compression", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "DigestsTests", dependencies: ["Digests"], swiftSettings: strict),
        .testTarget(name: "HTTPTests", dependencies: ["HTTP", "TestSupport", httpTypes], swiftSettings: strict),
        .testTarget(name: "JSONTests", dependencies: ["JSON", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "SQLiteTests", dependencies: ["SQLite", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "ServerTests", dependencies: ["HTTP", "Server", "Sockets", "TLS", "TestSupport", httpTypes, logging],
            swiftSettings: strict),
        .testTarget(name: "CoverageTests", dependencies: ["Coverage"], swiftSettings: strict),
        .testTarget(
            name: "CoverageStoreTests",
            dependencies: ["Coverage", "CoverageStore", "LargeCoverage", "SQLite", "TestSupport"],
            swiftSettings: strict),
        .testTarget(
            name: "CoverageAPITests",
            dependencies: [
                "Coverage", "CoverageAPI", "CoverageStore", "HTTP", "JSON", "LargeCoverage", "Server", "Sockets",
                "TestSupport", httpTypes,
            ],
            exclude: ["Golden"], swiftSettings: strict),
        .testTarget(name: "FuzzTests", dependencies: ["Fuzz", "TestSupport"], swiftSettings: strict),
        // The program itself, as its users run it.
        .testTarget(
            name: "ReadoutTests",
            dependencies: ["Durability", "JSON", "Server", "Sockets", "TestSupport", "evaluate", "readout", logging],
            swiftSettings: strict),
    ]
)

// The fuzzers' library is for 'script/fuzz' alone, which instruments everything and links libFuzzer's own main.
if Context.environment["READOUT_FUZZ"] != nil {
    package.products.append(.library(name: "fuzz", type: .static, targets: ["Fuzz"]))
}

// 'script/sanitize' names the test targets it runs: only they are built, and what they take.
if let names = Context.environment["READOUT_TESTS"]?.split(separator: ",").map(String.init) {
    var needed: Set<String> = []
    var open = names
    while let name = open.popLast() {
        guard needed.insert(name).inserted, let target = package.targets.first(where: { $0.name == name }) else {
            continue
        }
        open += target.dependencies.compactMap { if case .byNameItem(let name, _) = $0 { name } else { nil } }
    }
    package.targets.removeAll { !needed.contains($0.name) }
    package.products.removeAll { !needed.contains($0.name) }
}
