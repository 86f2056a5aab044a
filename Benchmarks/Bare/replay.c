// SPDX-License-Identifier: Apache-2.0
//
// Runs what record.c wrote down on a copy of the database: the same statements with the same values, prepared once, each read as
// far as the program read it, every column looked at, on one thread. No HTTP: what SQLite alone takes. With "json" each row is
// written as a JSON array of its columns, too, which is less than an answer: that names them, and has links. A read is recorded from
// one client, so each has a transaction of its own, where the program under load has one for a batch of requests.
//
//   replay RECORDING DATABASE REQUESTS SECONDS [json]   over and over; the first time is not counted
//   replay RECORDING DATABASE REQUESTS once [BATCH]     for writes, which can be made once; so many requests a commit (1)
//   replay RECORDING DATABASE REQUESTS count [json]     twice; a profiler is to look at the second time, which is `counted`
//   replay RECORDING DATABASE plans                     runs nothing, but shows how SQLite would
//
// Prints CPU microseconds a request, elapsed microseconds a request, and requests a second; or each statement with its plan.

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { CONNECTIONS = 64, STATEMENTS = 4096 };

struct run { uint32_t connection, steps, parameters; sqlite3_stmt *statement; const unsigned char *bound; };
struct known { uint32_t connection; char *sql; sqlite3_stmt *statement; int isShown; };

static sqlite3 *connections[CONNECTIONS];
static struct known known[STATEMENTS];
static const char *database;
static volatile uint64_t seen;

static void fail(const char *what, sqlite3 *connection)
{
    fprintf(stderr, "replay: %s: %s\n", what, connection ? sqlite3_errmsg(connection) : "cannot be read");
    exit(1);
}

static sqlite3 *open_connection(uint32_t number)
{
    sqlite3 **connection = &connections[number & 0x7FFFFFFF];
    if (*connection) return *connection;
    int writes = number >> 31;
    int flags = SQLITE_OPEN_NOMUTEX | (writes ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY);
    if (sqlite3_open_v2(database, connection, flags, NULL)) fail(database, *connection);
    // As the program sets its own connections up. The log is copied into the database from the same length on, 64 MiB, but by
    // SQLite itself before a commit is over, where the program does it when it has answered.
    // Another process may be opening it at the same time.
    sqlite3_busy_timeout(*connection, 5000);
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

static void bind(const struct run *run)
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

static struct { char *bytes; size_t count, room; } text;

/// Room for so many bytes more. What was written before some 64 kB is of no more use.
static char *text_end(size_t count)
{
    if (text.count > 65536) text.count = 0;
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
    bind(run);
    for (uint32_t step = 0; step < run->steps; step++) {
        int result = sqlite3_step(run->statement);
        if (result == SQLITE_DONE) break;
        if (result != SQLITE_ROW) fail(sqlite3_sql(run->statement), sqlite3_db_handle(run->statement));
        if (writesJSON) write_row(run->statement);
        else look(run->statement);
    }
    sqlite3_reset(run->statement);
}

/// All of them, where a profiler can tell them from the rest.
__attribute__((noinline)) static void counted(const struct run *runs, size_t count, int writesJSON)
{
    for (size_t index = 0; index < count; index++) replay(&runs[index], writesJSON);
}

/// Whether this run is left out so that a commit has several requests.
static int is_between_commits(const struct run *run, uint32_t batch, uint32_t *requests)
{
    const char *sql = sqlite3_sql(run->statement);
    if (!strcmp(sql, "BEGIN IMMEDIATE")) return (*requests)++ % batch != 0;
    return !strcmp(sql, "COMMIT") && *requests % batch != 0;
}

/// The statement on one line, and below it what EXPLAIN QUERY PLAN says. What has no plan is passed over.
static void show(const char *sql, sqlite3 *connection)
{
    sqlite3_str *question = sqlite3_str_new(connection);
    sqlite3_str_appendf(question, "EXPLAIN QUERY PLAN %s", sql);
    char *text = sqlite3_str_finish(question);
    sqlite3_stmt *plan;
    if (sqlite3_prepare_v2(connection, text, -1, &plan, NULL)) fail(sql, connection);
    for (int steps = 0; sqlite3_step(plan) == SQLITE_ROW; steps++) {
        int wasSpace = 1;
        for (const char *at = sql; !steps && *at; at++) {
            int isSpace = *at == ' ' || *at == '\n';
            if (!isSpace || !wasSpace) putchar(isSpace ? ' ' : *at);
            wasSpace = isSpace;
        }
        printf("%s    %s\n", steps ? "" : "\n", sqlite3_column_text(plan, 3));
    }
    sqlite3_finalize(plan);
    sqlite3_free(text);
}

/// Every statement once, be it run on several connections.
static void show_plans(const struct run *runs, size_t count)
{
    for (size_t index = 0; index < count; index++) {
        const char *sql = sqlite3_sql(runs[index].statement);
        int isKnown = 0;
        for (int place = 0; place < STATEMENTS; place++)
            if (known[place].sql && !strcmp(known[place].sql, sql)) {
                isKnown |= known[place].isShown;
                known[place].isShown = 1;
            }
        if (!isKnown) show(sql, sqlite3_db_handle(runs[index].statement));
    }
}

static double elapsed(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static double processor(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e6 + usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
}

int main(int count, char **arguments)
{
    int isPlan = count == 4 && !strcmp(arguments[3], "plans");
    if (count < 5 && !isPlan) {
        fprintf(stderr, "usage: replay RECORDING DATABASE REQUESTS SECONDS [json]|once [BATCH]|count [json], or RECORDING DATABASE plans\n");
        return 64;
    }
    database = arguments[2];
    int isOnce = !isPlan && !strcmp(arguments[4], "once");
    int writesJSON = count > 5 && !strcmp(arguments[5], "json");
    uint32_t batch = count > 5 && !writesJSON ? (uint32_t)atoi(arguments[5]) : 1, requests = 0;
    FILE *file = fopen(arguments[1], "rb");
    if (!file || fseek(file, 0, SEEK_END)) fail(arguments[1], NULL);
    long size = ftell(file);
    unsigned char *bytes = malloc((size_t)size + 1);
    rewind(file);
    if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size) fail(arguments[1], NULL);

    struct run *runs = NULL;
    size_t all = 0, capacity = 0;
    for (const unsigned char *at = bytes; at < bytes + size;) {
        if (all == capacity) runs = realloc(runs, (capacity = 2 * capacity + 1024) * sizeof *runs);
        if (!runs) fail("memory", NULL);
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
        runs[all++] = run;
    }
    if (!all) fail("nothing recorded", NULL);

    if (isPlan) { show_plans(runs, all); return 0; }
    if (!strcmp(arguments[4], "count")) {
        for (size_t index = 0; index < all; index++) replay(&runs[index], writesJSON);
        counted(runs, all, writesJSON);
        return 0;
    }
    double limit = isOnce ? 0 : atof(arguments[4]) * 1e6, rounds = 0;
    if (!isOnce) for (size_t index = 0; index < all; index++) replay(&runs[index], writesJSON);
    double began = elapsed(), used = processor();
    do {
        for (size_t index = 0; index < all; index++)
            if (!isOnce || !is_between_commits(&runs[index], batch, &requests)) replay(&runs[index], writesJSON);
        rounds++;
    } while (elapsed() - began < limit);
    for (int index = 0; index < CONNECTIONS; index++)
        if (connections[index] && !sqlite3_get_autocommit(connections[index]) && isOnce)
            if (sqlite3_exec(connections[index], "COMMIT", NULL, NULL, NULL)) fail("COMMIT", connections[index]);
    double done = atof(arguments[3]) * rounds;
    began = elapsed() - began;
    used = processor() - used;
    printf("%.2f %.2f %.0f\n", used / done, began / done, done * 1e6 / began);
    return 0;
}
