// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc

/// What the kernel knows of this process, under the names that Prometheus' own libraries use.
struct ProcessFigures {
    let cpuSeconds: Double
    let residentBytes: Int?
    let virtualBytes: Int?
    let openDescriptors: Int?
    let mostDescriptors: Int?
    let threads: Int?
    /// In seconds since 1970.
    let startTime: Double?

    init() {
        var usage = rusage()
        // Unsafe, as below: the structures last for the calls, which write them.
        _ = unsafe getrusage(RUSAGE_SELF.rawValue, &usage)
        cpuSeconds = Self.seconds(usage.ru_utime) + Self.seconds(usage.ru_stime)
        var limit = rlimit()
        mostDescriptors =
            unsafe getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
            ? Int(clamping: limit.rlim_cur) : nil
        let pages = Self.words("/proc/self/statm").compactMap(Int.init)
        let page = sysconf(Int32(_SC_PAGESIZE))
        virtualBytes = pages.first.map { $0 * page }
        residentBytes = pages.dropFirst().first.map { $0 * page }
        // Less the one that lists them.
        openDescriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map { $0.count - 1 }
        // Behind the program's name, which may hold spaces and parentheses (proc(5)).
        let fields = Self.text("/proc/self/stat").split(separator: ")").last.map { $0.split(separator: " ") } ?? []
        threads = fields.count > 17 ? Int(fields[17]) : nil
        startTime = fields.count > 19 ? Self.startTime(ticks: String(fields[19])) : nil
    }

    private static func startTime(ticks: String) -> Double? {
        let boot = text("/proc/stat").split(separator: "\n").first { $0.hasPrefix("btime ") }
        guard let ticks = Double(ticks), let boot = boot.flatMap({ Double($0.dropFirst(6)) }) else { return nil }
        return boot + ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    private static func words(_ path: String) -> [String] { text(path).split(separator: " ").map(String.init) }

    private static func text(_ path: String) -> String {
        (try? Files.contents(of: path)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
