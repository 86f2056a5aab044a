// SPDX-License-Identifier: Apache-2.0
//
// Writes down which SQLite statements a program runs, with what is bound to them and how far each is read, for replay.c and serve.c
// to run again without the program. Preloaded by Benchmarks/parts/bare.sh. Begins when the file that $RECORDING names is made, and
// fills it when the program ends.
//
// One record a run, in the order of first steps: 32-bit numbers of the machine at hand for connection (the highest bit: it
// writes), steps, length of the SQL, count of parameters; the SQL; then each parameter as type, length and bytes.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { STATEMENTS = 4096, CONNECTIONS = 64, PARAMETERS = 64 };

struct parameter { uint32_t type, count; unsigned char *bytes; };
struct statement { sqlite3_stmt *key; size_t steps_at; struct parameter bound[PARAMETERS]; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct statement statements[STATEMENTS];
static sqlite3 *connections[CONNECTIONS];
static unsigned char *log_bytes;
static size_t log_count, log_capacity;
static const char *path;
// What SQLite runs for itself, as its full-text search does, comes through here too.
static __thread int depth;

static void *real(const char *name)
{
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) { fprintf(stderr, "record: no %s\n", name); abort(); }
    return found;
}
#define REAL(name) static __typeof__(&name) real_##name; if (!real_##name) real_##name = real(#name)

static int is_recording(void)
{
    static int begun;
    if (!begun && path && access(path, F_OK) == 0) begun = 1;
    return begun;
}

static void append(const void *bytes, size_t count)
{
    if (log_count + count > log_capacity) {
        log_capacity = 2 * (log_count + count);
        log_bytes = realloc(log_bytes, log_capacity);
        if (!log_bytes) abort();
    }
    memcpy(log_bytes + log_count, bytes, count);
    log_count += count;
}

static void append_number(uint32_t number) { append(&number, sizeof number); }

static struct statement *find(sqlite3_stmt *key)
{
    size_t place = ((uintptr_t)key >> 4) % STATEMENTS;
    for (int tries = 0; tries < STATEMENTS; tries++, place = (place + 1) % STATEMENTS) {
        struct statement *found = &statements[place];
        if (!found->key) found->key = key;
        if (found->key == key) return found;
    }
    abort();
}

static uint32_t connection(sqlite3 *database)
{
    for (uint32_t number = 0; number < CONNECTIONS; number++) {
        if (!connections[number]) connections[number] = database;
        if (connections[number] == database) return number | (sqlite3_db_readonly(database, "main") ? 0 : 1u << 31);
    }
    abort();
}

static void begin_run(sqlite3_stmt *key)
{
    struct statement *statement = find(key);
    const char *sql = sqlite3_sql(key);
    uint32_t count = (uint32_t)sqlite3_bind_parameter_count(key);
    if (count > PARAMETERS) { fprintf(stderr, "record: %u parameters: %s\n", count, sql); abort(); }
    append_number(connection(sqlite3_db_handle(key)));
    statement->steps_at = log_count;
    append_number(0);
    append_number((uint32_t)strlen(sql));
    append_number(count);
    append(sql, strlen(sql));
    for (uint32_t index = 0; index < count; index++) {
        struct parameter *bound = &statement->bound[index];
        append_number(bound->type ? bound->type : SQLITE_NULL);
        append_number(bound->count);
        append(bound->bytes, bound->count);
    }
}

static void note(sqlite3_stmt *key, int index, uint32_t type, const void *bytes, size_t count)
{
    if (depth || index < 1 || index > PARAMETERS) return;
    pthread_mutex_lock(&lock);
    struct parameter *bound = &find(key)->bound[index - 1];
    bound->bytes = realloc(bound->bytes, count ? count : 1);
    if (count) memcpy(bound->bytes, bytes, count);
    bound->type = type;
    bound->count = (uint32_t)count;
    pthread_mutex_unlock(&lock);
}

int sqlite3_step(sqlite3_stmt *key)
{
    REAL(sqlite3_step);
    if (!depth && is_recording()) {
        pthread_mutex_lock(&lock);
        if (!sqlite3_stmt_busy(key)) begin_run(key);
        size_t at = find(key)->steps_at;
        uint32_t steps;
        if (at) {
            memcpy(&steps, log_bytes + at, sizeof steps);
            steps++;
            memcpy(log_bytes + at, &steps, sizeof steps);
        }
        pthread_mutex_unlock(&lock);
    }
    depth++;
    int result = real_sqlite3_step(key);
    depth--;
    return result;
}

int sqlite3_prepare_v3(sqlite3 *database, const char *sql, int count, unsigned flags, sqlite3_stmt **key, const char **tail)
{
    REAL(sqlite3_prepare_v3);
    depth++;
    int result = real_sqlite3_prepare_v3(database, sql, count, flags, key, tail);
    depth--;
    return result;
}

int sqlite3_finalize(sqlite3_stmt *key)
{
    REAL(sqlite3_finalize);
    if (!depth && key) {
        // The address may come back for another statement, which begins with nothing bound.
        pthread_mutex_lock(&lock);
        struct statement *statement = find(key);
        for (int index = 0; index < PARAMETERS; index++) statement->bound[index].type = statement->bound[index].count = 0;
        pthread_mutex_unlock(&lock);
    }
    depth++;
    int result = real_sqlite3_finalize(key);
    depth--;
    return result;
}

int sqlite3_clear_bindings(sqlite3_stmt *key)
{
    REAL(sqlite3_clear_bindings);
    for (int index = 1; index <= sqlite3_bind_parameter_count(key) && index <= PARAMETERS; index++)
        note(key, index, SQLITE_NULL, NULL, 0);
    return real_sqlite3_clear_bindings(key);
}

int sqlite3_bind_null(sqlite3_stmt *key, int index)
{
    REAL(sqlite3_bind_null);
    note(key, index, SQLITE_NULL, NULL, 0);
    return real_sqlite3_bind_null(key, index);
}

int sqlite3_bind_int64(sqlite3_stmt *key, int index, sqlite3_int64 value)
{
    REAL(sqlite3_bind_int64);
    note(key, index, SQLITE_INTEGER, &value, sizeof value);
    return real_sqlite3_bind_int64(key, index, value);
}

int sqlite3_bind_double(sqlite3_stmt *key, int index, double value)
{
    REAL(sqlite3_bind_double);
    note(key, index, SQLITE_FLOAT, &value, sizeof value);
    return real_sqlite3_bind_double(key, index, value);
}

int sqlite3_bind_text64(
    sqlite3_stmt *key, int index, const char *text, sqlite3_uint64 count, void (*release)(void *), unsigned char encoding)
{
    REAL(sqlite3_bind_text64);
    note(key, index, SQLITE_TEXT, text, count);
    return real_sqlite3_bind_text64(key, index, text, count, release, encoding);
}

int sqlite3_bind_blob64(sqlite3_stmt *key, int index, const void *bytes, sqlite3_uint64 count, void (*release)(void *))
{
    REAL(sqlite3_bind_blob64);
    note(key, index, SQLITE_BLOB, bytes, count);
    return real_sqlite3_bind_blob64(key, index, bytes, count, release);
}

__attribute__((constructor)) static void start(void)
{
    path = getenv("RECORDING");
    // No record begins at 0, which stands for none.
    append_number(0);
}

__attribute__((destructor)) static void end(void)
{
    if (!path || !is_recording()) return;
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(log_bytes + 4, 1, log_count - 4, file) != log_count - 4 || fclose(file)) perror(path);
}
