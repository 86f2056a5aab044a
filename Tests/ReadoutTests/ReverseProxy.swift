// SPDX-License-Identifier: Apache-2.0

import Foundation
import Sockets
import TestSupport

/// An nginx that passes everything on to one server, on a port of its own. It ends with the instance.
final class ReverseProxy {
    let address: String
    private let folder: ScratchFolder
    private let process: ChildProcess

    struct NotStarted: Error {
        let log: String
    }

    init(before server: RunningServer) throws {
        let folder = try ScratchFolder()
        self.folder = folder
        var log = ""
        // Another program may take the port between the moment it is found free and the start.
        for _ in 0..<10 {
            let address = try Self.freeAddress()
            let configuration = try folder.write(Self.configuration(address, server.address), to: "nginx.conf")
            let process = try ChildProcess(
                "/bin/sh",
                ["-c", "exec nginx -e stderr -p \(folder.path) -c \(configuration)"])
            // Written once it listens.
            let identifier = folder.path("nginx.pid")
            while process.isRunning, !FileManager.default.fileExists(atPath: identifier) { usleep(10_000) }
            if process.isRunning {
                self.address = address
                self.process = process
                return
            }
            log = process.errors
        }
        throw NotStarted(log: log)
    }

    var socketAddress: SocketAddress? { SocketAddress(address) }

    private static func freeAddress() throws -> String {
        try BoundSocket(.ipv4(0x7F00_0001, port: 0)).address.description
    }

    private static func configuration(_ address: String, _ server: String) -> String {
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        events { worker_connections 1024; }
        http {
            access_log off;
            client_max_body_size 0;
            client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
            uwsgi_temp_path uwsgi; scgi_temp_path scgi;
            upstream readout {
                server \(server);
                keepalive 16;
            }
            server {
                listen \(address);
                location / {
                    proxy_pass http://readout;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                    proxy_set_header Host $http_host;
                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                }
            }
        }
        """
    }
}
