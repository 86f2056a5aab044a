// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

// A package of its own, so that the program's has no dependency for a comparison's sake.
let package = Package(
    name: "flyingfox-peer",
    dependencies: [.package(url: "https://github.com/swhitty/FlyingFox.git", exact: "0.27.1")],
    targets: [
        .executableTarget(name: "flyingfox-peer", dependencies: [.product(name: "FlyingFox", package: "FlyingFox")])
    ]
)
