// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A certificate authority of the test's own, made by the `openssl` program, and what it certifies. All files go with it.
package final class TestAuthority {
    private let folder: ScratchFolder

    package init() throws {
        folder = try ScratchFolder()
        try make("authority", subject: "Test Authority", "-addext basicConstraints=critical,CA:TRUE")
    }

    /// Its own certificate: what clients trust, and servers for clients.
    package var certificate: String { path("authority.pem") }

    package func path(_ name: String) -> String { "\(folder.path)/\(name)" }

    /// Makes `name.pem` and `name.key`, for these hosts.
    package func issue(_ name: String, hosts: [String]) throws {
        let names = hosts.map { $0.first?.isNumber == true ? "IP:\($0)" : "DNS:\($0)" }.joined(separator: ",")
        try make(
            name, subject: hosts.first ?? name,
            "-CA \(certificate) -CAkey \(path("authority.key")) -addext subjectAltName=\(names)")
    }

    /// Puts one certificate and its key in the place of another, as an operator's tool does.
    package func replace(_ name: String, with other: String) throws {
        try Shell.require(
            "cd \(folder.path) && for e in key pem; do cp \(other).$e new && mv new \(name).$e || exit 1; done")
    }

    package func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: path(name)))
    }

    private func make(_ name: String, subject: String, _ options: String) throws {
        try Shell.require(
            """
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 2 -subj '/CN=\(subject)' \
            -keyout \(path("\(name).key")) -out \(path("\(name).pem")) \(options)
            """)
    }
}
