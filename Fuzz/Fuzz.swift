// SPDX-License-Identifier: Apache-2.0

import Glibc

/// What libFuzzer calls, again and again, with bytes of its own devising. `FUZZ_TARGET` says which reader gets them. A trap, an
/// endless loop or a broken promise (`precondition`) is a finding.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    // Unsafe: libFuzzer lends so many bytes for the call.
    let bytes = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    Fuzz.target(bytes)
    return 0
}

enum Fuzz {
    static let target: @Sendable ([UInt8]) -> Void = {
        // Unsafe: the environment is not changed while this program runs.
        let name = unsafe getenv("FUZZ_TARGET").map { unsafe String(cString: $0) } ?? ""
        guard let target = targets[name] else {
            preconditionFailure("FUZZ_TARGET must be one of \(targets.keys.sorted())")
        }
        return target
    }()

    static let targets: [String: @Sendable ([UInt8]) -> Void] = [
        "head": head, "chunks": chunks, "query": query, "edtf": edtf, "json": json, "fields": fields,
    ]
}
