// SPDX-License-Identifier: Apache-2.0
//
// What record.c wrote down: the statements of a program with their values, to be run again as it ran them. Each is prepared once and
// read as far as the program read it. A read is recorded from one client, so each has a transaction of its own, where the program
// under load has one for a batch of requests.

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECTIONS = 64, STATEMENTS = 4096 };

struct run { uint32_t connection, steps, parameters; sqlite3_stmt *statement; const unsigned char *bound; };
struct known { uint32_t connection; char *sql; sqlite3_stmt *statement; int isShown; };

// Each thread has its own.
static _Thread_local sqlite3 *connections[CONNECTIONS];
static _Thread_local struct known known[STATEMENTS];
static const char *database;
static _Thread_local volatile uint64_t seen;

static void fail(const char *what, sqlite3 *connection)
{
    fprintf(stderr, "bare: %s: %s\n", what, connection ? sqlite3_errmsg(connection) : "failed");
    exit(1);
}

/// As the program: SQLite keeps no account of its memory, for which each allocation would take a lock that all threads share.
static void use(const char *path)
{
    if (sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0)) fail("the configuration", NULL);
    database = path;
}

static sqlite3 *open_connection(uint32_t number)
{
    sqlite3 **connection = &connections[number & 0x7FFFFFFF];
    if (*connection) return *connection;
    int writes = number >> 31;
    int flags = SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    if (sqlite3_open_v2(database, connection, flags, NULL)) fail(database, *connection);
    // Another process or thread may be opening it at the same time.
    sqlite3_busy_timeout(*connection, 5000);
    // As the program sets its own connections up. The log is copied into the database from the same length on, 64 MiB, but by
    // SQLite itself before a commit is over, where the program does it when it has answered.
    const char *settings = writes ? "PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = ON; PRAGMA journal_mode = WAL;"
                                    "PRAGMA synchronous = FULL; PRAGMA cache_size = -32768; PRAGMA wal_autocheckpoint = 16384"
                                  : "PRAGMA temp_store = MEMORY; PRAGMA query_only = ON; PRAGMA cache_size = -16384";
    if (sqlite3_exec(*connection, settings, NULL, NULL, NULL)) fail(settings, *connection);
    return *connection;
}

static sqlite3_stmt *prepare(uint32_t connection, const unsigned char *sql, uint32_t count)
{
    uint32_t hash = connection;
    for (uint32_t index = 0; index < count; index++) hash = (hash ^ sql[index]) * 16777619;
    for (uint32_t place = hash % STATEMENTS, tries = 0; tries < STATEMENTS; place = (place + 1) % STATEMENTS, tries++) {
        struct known *entry = &known[place];
        if (!entry->sql) {
            sqlite3 *handle = open_connection(connection);
            entry->sql = strndup((const char *)sql, count);
            entry->connection = connection;
            if (sqlite3_prepare_v3(handle, entry->sql, -1, SQLITE_PREPARE_PERSISTENT, &entry->statement, NULL))
                fail(entry->sql, handle);
        }
        if (entry->connection == connection && strlen(entry->sql) == count && !memcmp(entry->sql, sql, count))
            return entry->statement;
    }
    fail("too many statements", NULL);
    return NULL;
}

static uint32_t number(const unsigned char **at)
{
    uint32_t value;
    memcpy(&value, *at, sizeof value);
    *at += sizeof value;
    return value;
}

static void bind_values(const struct run *run)
{
    const unsigned char *at = run->bound;
    for (uint32_t index = 1; index <= run->parameters; index++) {
        uint32_t type = number(&at), count = number(&at);
        int64_t integer;
        double real;
        switch (type) {
        case SQLITE_INTEGER: memcpy(&integer, at, sizeof integer); sqlite3_bind_int64(run->statement, index, integer); break;
        case SQLITE_FLOAT: memcpy(&real, at, sizeof real); sqlite3_bind_double(run->statement, index, real); break;
        case SQLITE_TEXT: sqlite3_bind_text(run->statement, index, (const char *)at, count, SQLITE_STATIC); break;
        case SQLITE_BLOB: sqlite3_bind_blob(run->statement, index, at, count, SQLITE_STATIC); break;
        default: sqlite3_bind_null(run->statement, index);
        }
        at += count;
    }
}

static void look(sqlite3_stmt *statement)
{
    for (int column = sqlite3_column_count(statement) - 1; column >= 0; column--) {
        switch (sqlite3_column_type(statement, column)) {
        case SQLITE_NULL: break;
        case SQLITE_INTEGER: seen += (uint64_t)sqlite3_column_int64(statement, column); break;
        case SQLITE_FLOAT: seen += sqlite3_column_double(statement, column) > 0; break;
        default: seen += sqlite3_column_blob(statement, column) != NULL; seen += sqlite3_column_bytes(statement, column);
        }
    }
}

static _Thread_local struct { char *bytes; size_t count, room; } text;

/// Room for so many bytes more.
static char *text_end(size_t count)
{
    if (text.room - text.count < count) {
        text.room = 2 * (text.count + count) + 65536;
        text.bytes = realloc(text.bytes, text.room);
        if (!text.bytes) fail("memory", NULL);
    }
    return text.bytes + text.count;
}

static void write_string(const unsigned char *from, size_t count)
{
    char *start = text_end(6 * count + 2), *at = start;
    *at++ = '"';
    for (size_t index = 0; index < count; index++) {
        unsigned char byte = from[index];
        if (byte < 0x20) at += sprintf(at, "\\u%04x", byte);
        else {
            if (byte == '"' || byte == '\\') *at++ = '\\';
            *at++ = (char)byte;
        }
    }
    *at++ = '"';
    text.count += (size_t)(at - start);
}

static void write_row(sqlite3_stmt *statement)
{
    for (int column = 0, count = sqlite3_column_count(statement); column < count; column++) {
        char *at = text_end(32);
        *at = column ? ',' : '[';
        text.count++;
        switch (sqlite3_column_type(statement, column)) {
        case SQLITE_NULL: memcpy(at + 1, "null", 4); text.count += 4; break;
        case SQLITE_INTEGER: text.count += (size_t)sprintf(at + 1, "%lld", sqlite3_column_int64(statement, column)); break;
        case SQLITE_FLOAT: text.count += (size_t)sprintf(at + 1, "%.17g", sqlite3_column_double(statement, column)); break;
        default: {
            const unsigned char *bytes = sqlite3_column_blob(statement, column);
            write_string(bytes, (size_t)sqlite3_column_bytes(statement, column));
        }
        }
    }
    memcpy(text_end(2), "]\n", 2);
    text.count += 2;
    seen += (unsigned char)text.bytes[text.count / 2];
}

static void replay(const struct run *run, int writesJSON)
{
    bind_values(run);
    for (uint32_t step = 0; step < run->steps; step++) {
        int result = sqlite3_step(run->statement);
        if (result == SQLITE_DONE) break;
        if (result != SQLITE_ROW) fail(sqlite3_sql(run->statement), sqlite3_db_handle(run->statement));
        if (writesJSON) write_row(run->statement);
        else look(run->statement);
    }
    sqlite3_reset(run->statement);
}

struct runs { struct run *all; size_t count; };

/// What record.c wrote to a file, its statements prepared for this thread.
static struct runs load(const char *recording)
{
    FILE *file = fopen(recording, "rb");
    if (!file || fseek(file, 0, SEEK_END)) fail(recording, NULL);
    long size = ftell(file);
    unsigned char *bytes = malloc((size_t)size + 1);
    rewind(file);
    if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size) fail(recording, NULL);
    fclose(file);

    struct runs runs = { NULL, 0 };
    size_t capacity = 0;
    for (const unsigned char *at = bytes; at < bytes + size;) {
        if (runs.count == capacity) runs.all = realloc(runs.all, (capacity = 2 * capacity + 1024) * sizeof *runs.all);
        if (!runs.all) fail("memory", NULL);
        struct run run;
        run.connection = number(&at);
        run.steps = number(&at);
        uint32_t length = number(&at);
        run.parameters = number(&at);
        run.statement = prepare(run.connection, at, length);
        run.bound = at += length;
        for (uint32_t index = 0; index < run.parameters; index++) {
            number(&at);
            uint32_t taken = number(&at);
            at += taken;
        }
        runs.all[runs.count++] = run;
    }
    if (!runs.count) fail("nothing recorded", NULL);
    return runs;
}
