// SPDX-License-Identifier: Apache-2.0

// A server to compare with, by script/bench-peers: another one in Swift on POSIX sockets alone. Gives every client the same answer,
// the content of a file, from memory.
//
//	flyingfox-peer PORT FILE

import FlyingFox
import Foundation

guard CommandLine.arguments.count == 3, let port = UInt16(CommandLine.arguments[1]) else {
    print("usage: flyingfox-peer PORT FILE")
    exit(64)
}
let content = try Data(contentsOf: URL(fileURLWithPath: CommandLine.arguments[2]))
let server = HTTPServer(address: try .inet(ip4: "127.0.0.1", port: port), logger: .disabled)
await server.appendRoute("*") { _ in
    HTTPResponse(statusCode: .ok, headers: [.contentType: "application/json"], body: content)
}
try await server.run()
