// SPDX-License-Identifier: Apache-2.0

/// A job on its way through the writer, its result type forgotten.
struct WriteJob: Sendable {
    /// Hands a caller its result; called once, after the fate of the job's batch is known.
    typealias Answer = @Sendable () -> Void

    /// Does the work; what it returns tells the caller of success.
    let run: @Sendable (Connection) throws -> Answer

    /// Tells the caller of failure.
    let fail: @Sendable (any Error) -> Void

    init<Value: Sendable>(
        _ work: @escaping @Sendable (Connection) throws -> Value,
        completion: @escaping @Sendable (Result<Value, any Error>) -> Void
    ) {
        run = { connection in
            let value = try work(connection)
            return { completion(.success(value)) }
        }
        fail = { completion(.failure($0)) }
    }
}
