// SPDX-License-Identifier: Apache-2.0
//
// SQLite's own header, and the few calls Swift cannot make: SQLITE_TRANSIENT is a cast macro, sqlite3_db_config and sqlite3_config
// are variadic.

#ifndef READOUT_CSQLITE_H
#define READOUT_CSQLITE_H

#include <sqlite3.h>

/// Binds `count` bytes of UTF-8, copied before the call returns. No bytes is the empty string, not NULL.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    const char *text = bytes ? (const char *)bytes : "";
    return sqlite3_bind_text64(statement, index, text, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// Binds `count` bytes, copied before the call returns. No bytes is the empty blob, not NULL.
static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
    return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

/// Turns one of the boolean SQLITE_DBCONFIG_* switches on or off.
static inline int csqlite_db_config(sqlite3 *database, int option, int on) {
    return sqlite3_db_config(database, option, on, (int *)0);
}

/// Has SQLite keep no account of its memory, for which it would take a lock at each allocation. Before its first use.
static inline int csqlite_keep_no_account(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

#endif
