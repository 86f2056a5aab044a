// SPDX-License-Identifier: Apache-2.0

import CSQLite

/// A prepared statement on loan from its connection. When it goes out of scope it is reset, its bindings are cleared and
/// it goes back to the connection's cache.
///
/// Parameters are counted from 1, columns from 0, as in SQLite.
package struct Statement: ~Copyable {
    let connection: Connection
    let prepared: PreparedStatement

    init(connection: Connection, prepared: PreparedStatement) {
        self.connection = connection
        self.prepared = prepared
    }

    deinit {
        connection.takeBack(prepared)
    }

    /// Unsafe to keep: valid as long as the statement.
    @unsafe var pointer: OpaquePointer { unsafe prepared.pointer }

    /// Binds one parameter, counted from 1. Outside the range, or while rows are being read, SQLite refuses.
    package borrowing func bind(_ index: Int32, _ value: some Bindable) throws(SQLiteError) {
        try value.bind(to: self, at: index)
    }

    /// Binds a text of which the first in a loan is not copied.
    package borrowing func bind(_ index: Int32, _ text: SharedText) throws(SQLiteError) {
        try text.bind(to: self, at: index)
    }

    /// Binds NULL, as an absent optional does.
    package borrowing func bindNull(_ index: Int32) throws(SQLiteError) {
        // Unsafe: the pointer lives as long as the statement.
        try check(unsafe sqlite3_bind_null(pointer, index))
    }

    /// Binds every parameter in order; there must be as many values as parameters.
    package borrowing func bind(all values: [Value]) throws(SQLiteError) {
        // Unsafe: the pointer lives as long as the statement.
        let parameters = unsafe Int(sqlite3_bind_parameter_count(pointer))
        guard values.count == parameters else {
            throw SQLiteError(
                code: .range, message: "\(values.count) values for \(parameters) parameters", sql: prepared.sql)
        }
        var index: Int32 = 0
        for value in values {
            index += 1
            try value.bind(to: self, at: index)
        }
    }

    /// Runs to the next row: true when there is one to read, false at the end. A step after the end starts over.
    package borrowing func step() throws(SQLiteError) -> Bool {
        // The progress handler counts the instructions of one run only: many short runs would never meet the deadline.
        // Unsafe: the pointer lives as long as the statement.
        if connection.hooks.deadline != nil, unsafe sqlite3_stmt_busy(pointer) == 0, connection.hooks.isOverdue {
            let error = SQLiteError(code: .interrupt, message: "interrupted", sql: prepared.sql, isDeadline: true)
            SQLiteCounters.count(error)
            throw error
        }
        return try stepRegardless()
    }

    /// A step that the deadline does not hold back: what ends a transaction has to run after it too.
    borrowing func stepRegardless() throws(SQLiteError) -> Bool {
        // Unsafe: the pointer lives as long as the statement.
        switch unsafe sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default: throw connection.failure(sql: prepared.sql)
        }
    }

    /// Steps to the end, passing over rows, and resets, so that it can be bound and run again.
    package borrowing func run() throws(SQLiteError) {
        while try step() {}
        reset()
    }

    /// Goes back to before the first step. The bindings stay.
    package borrowing func reset() {
        // Unsafe: the pointer lives as long as the statement. The result only repeats the error of the last step.
        _ = unsafe sqlite3_reset(pointer)
    }

    /// What running the statement takes, counted from when it was compiled or last asked.
    package borrowing func takeCost() -> Cost {
        Cost(
            fullScanSteps: take(SQLITE_STMTSTATUS_FULLSCAN_STEP), sorts: take(SQLITE_STMTSTATUS_SORT),
            vmSteps: take(SQLITE_STMTSTATUS_VM_STEP))
    }

    package struct Cost {
        /// Rows visited by scanning a table without an index.
        package let fullScanSteps: Int
        /// Sorts done for want of an index in that order.
        package let sorts: Int
        /// Instructions of SQLite's virtual machine.
        package let vmSteps: Int
    }

    private borrowing func take(_ counter: Int32) -> Int {
        // Unsafe: the pointer lives as long as the statement.
        unsafe Int(sqlite3_stmt_status(pointer, counter, 1))
    }

    borrowing func check(_ result: Int32) throws(SQLiteError) {
        guard result == SQLITE_OK else { throw connection.failure(sql: prepared.sql) }
    }
}
