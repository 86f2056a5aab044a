// SPDX-License-Identifier: Apache-2.0

package import HTTP
package import Sockets
import Synchronization

/// Lines on their way to a descriptor, such as standard error. A thread of its own writes them, many at a time, so that nobody
/// who has lines waits for whoever reads them: when a reader falls too far behind, lines are lost, and their number is said.
package final class LineWriter: Sendable {
    private struct Lines {
        var waiting: [UInt8] = []
        /// Lines for which there was no room since the last writing.
        var lost = 0
        var isStopped = false
    }

    private let descriptor: FileDescriptor
    private let bound: Int
    private let lossNote: @Sendable (_ lines: Int) -> String
    private let lines = Mutex(Lines())
    /// One signal when there is something to do after nothing was.
    private let work: CountingSemaphore
    private let ended: CountingSemaphore

    /// How long lines gather, in milliseconds: a hundred writings a second cost next to nothing, and nobody reads faster.
    private static let gathering = 10

    /// The most memory that stays from one writing to the next, in bytes.
    private static let kept = 1024 * 1024

    /// - Parameters:
    ///   - bound: how many bytes may wait.
    ///   - lossNote: A line, with its end, that says how many were lost.
    package init(
        _ descriptor: consuming FileDescriptor, bound: Int = 4 * 1024 * 1024,
        lossNote: @escaping @Sendable (_ lines: Int) -> String
    ) throws(Errno) {
        self.descriptor = descriptor
        self.bound = bound
        self.lossNote = lossNote
        work = try CountingSemaphore()
        ended = try CountingSemaphore()
        _ = try Thread(name: "lines") { [self] in run() }
    }

    /// Takes whole lines over and leaves the buffer empty.
    package func take(_ new: inout OutputBuffer) {
        guard !new.isEmpty else { return }
        // Unsafe: lent for the copy only, and the two buffers are not the same.
        unsafe new.withUnsafeBytes { unsafe take($0) }
        new.removeAll()
    }

    /// Takes one line over, its end included.
    package func take(_ line: String) {
        // Unsafe: lent for the copy only.
        unsafe line.utf8.span.withUnsafeBytes { unsafe take($0) }
    }

    private func take(_ bytes: UnsafeRawBufferPointer) {
        let isFirst = lines.withLock { lines in
            guard !lines.isStopped, lines.waiting.count + bytes.count <= bound else {
                lines.lost += unsafe Self.lineCount(bytes)
                return false
            }
            let wasEmpty = lines.waiting.isEmpty
            // Unsafe: as lent.
            unsafe lines.waiting.append(contentsOf: bytes)
            return wasEmpty
        }
        if isFirst { work.signal() }
    }

    /// Writes what is there and ends; lines that come later are lost.
    /// - Parameter patience: for how many milliseconds a reader that does not read is waited for.
    package func stop(patience: Int = 1000) {
        lines.withLock { $0.isStopped = true }
        work.signal()
        _ = ended.wait(milliseconds: patience)
    }

    private func run() {
        var batch: [UInt8] = []
        while true {
            work.wait()
            if !lines.withLock({ $0.isStopped }) { Thread.sleep(milliseconds: Self.gathering) }
            let (lost, isStopped) = lines.withLock { lines in
                swap(&lines.waiting, &batch)
                defer { lines.lost = 0 }
                return (lines.lost, lines.isStopped)
            }
            if lost > 0 { batch += lossNote(lost).utf8 }
            write(&batch)
            if isStopped { return ended.signal() }
        }
    }

    /// What cannot be written is lost.
    private func write(_ batch: inout [UInt8]) {
        // Unsafe: lent for the calls only.
        unsafe batch.withUnsafeBytes { bytes in
            do throws(Errno) {
                try unsafe descriptor.write(bytes)
            } catch {
                let count = unsafe Self.lineCount(bytes)
                lines.withLock { $0.lost += count }
            }
        }
        batch.removeAll(keepingCapacity: batch.capacity <= Self.kept)
    }

    private static func lineCount(_ bytes: UnsafeRawBufferPointer) -> Int {
        unsafe bytes.count { $0 == UInt8(ascii: "\n") }
    }
}
