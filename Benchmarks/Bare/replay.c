// SPDX-License-Identifier: Apache-2.0
//
// Runs what record.c wrote down on a copy of the database, every column looked at, on one thread. No HTTP: what SQLite alone takes.
// With "json" each row is written as a JSON array of its columns, too, which is less than an answer: that names them, and has links.
//
//   replay RECORDING DATABASE REQUESTS SECONDS [json]   over and over; the first time is not counted
//   replay RECORDING DATABASE REQUESTS once [BATCH]     for writes, which can be made once; so many requests a commit (1)
//   replay RECORDING DATABASE REQUESTS count [json]     twice; a profiler is to look at the second time, which is `counted`
//   replay RECORDING DATABASE plans                     runs nothing, but shows how SQLite would
//
// Prints CPU microseconds a request, elapsed microseconds a request, and requests a second, having said on standard error from when on
// it counted; or each statement with its plan.

#include <sys/resource.h>
#include <time.h>

#include "recorded.h"

/// What was written for others is of no more use.
static void rerun(const struct run *run, int writesJSON)
{
    if (text.count > 65536) text.count = 0;
    replay(run, writesJSON);
}

/// All of them, where a profiler can tell them from the rest.
__attribute__((noinline)) static void counted(const struct run *runs, size_t count, int writesJSON)
{
    for (size_t index = 0; index < count; index++) rerun(&runs[index], writesJSON);
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
    use(arguments[2]);
    int isOnce = !isPlan && !strcmp(arguments[4], "once");
    int writesJSON = count > 5 && !strcmp(arguments[5], "json");
    uint32_t batch = count > 5 && !writesJSON ? (uint32_t)atoi(arguments[5]) : 1, requests = 0;
    struct runs recorded = load(arguments[1]);
    const struct run *runs = recorded.all;
    size_t all = recorded.count;

    if (isPlan) { show_plans(runs, all); return 0; }
    if (!strcmp(arguments[4], "count")) {
        for (size_t index = 0; index < all; index++) rerun(&runs[index], writesJSON);
        counted(runs, all, writesJSON);
        return 0;
    }
    double limit = isOnce ? 0 : atof(arguments[4]) * 1e6, rounds = 0;
    if (!isOnce) for (size_t index = 0; index < all; index++) rerun(&runs[index], writesJSON);
    fprintf(stderr, "counting\n");
    double began = elapsed(), used = processor();
    do {
        for (size_t index = 0; index < all; index++)
            if (!isOnce || !is_between_commits(&runs[index], batch, &requests)) rerun(&runs[index], writesJSON);
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
