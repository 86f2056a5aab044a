// SPDX-License-Identifier: Apache-2.0
//
// A server with nothing but sockets and SQLite: what a program in C takes that reads no HTTP, finds no route, writes no names of
// members and makes no entity tag. Each request, whatever it asks for, is answered by what record.c wrote down for the next one in
// turn, its rows written as JSON arrays. A connection takes one call for what it receives and one for what it sends; all that had
// news are answered before the first is sent.
//
//   serve RECORDING DATABASE REQUESTS PORT THREADS      listens on 127.0.0.1 until it is killed, when all were run once

#define _GNU_SOURCE
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "recorded.h"

enum { NEWS = 64, INPUT = 65536 };

struct client { int socket; char *output; size_t count, room; };
/// Where each request begins among the runs; behind the last, where they end.
struct requests { size_t *starts, count, next; };

static const char *recording;
static size_t expected;
static uint16_t port;

/// A request of the recording begins with its transaction.
static struct requests split(struct runs runs)
{
    struct requests requests = { malloc((runs.count + 1) * sizeof(size_t)), 0, 0 };
    if (!requests.starts) fail("memory", NULL);
    for (size_t index = 0; index < runs.count; index++) {
        if (runs.all[index].connection >> 31) fail("a recording with writes", NULL);
        if (!strcmp(sqlite3_sql(runs.all[index].statement), "BEGIN DEFERRED")) requests.starts[requests.count++] = index;
    }
    requests.starts[requests.count] = runs.count;
    if (requests.count != expected || requests.starts[0]) fail("a recording of other requests", NULL);
    return requests;
}

static void answer(struct client *client, struct runs runs, struct requests *requests)
{
    text.count = 0;
    for (size_t index = requests->starts[requests->next]; index < requests->starts[requests->next + 1]; index++)
        replay(&runs.all[index], 1);
    requests->next = (requests->next + 1) % requests->count;
    if (client->room - client->count < text.count + 128) {
        client->output = realloc(client->output, client->room = 2 * (client->count + text.count) + 128);
        if (!client->output) fail("memory", NULL);
    }
    client->count += (size_t)sprintf(
        client->output + client->count, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\n\r\n", text.count);
    memcpy(client->output + client->count, text.bytes, text.count);
    client->count += text.count;
}

/// Answers every head that has come; the load sends each whole.
static int receive(struct client *client, struct runs runs, struct requests *requests)
{
    static _Thread_local char input[INPUT];
    ssize_t count = recv(client->socket, input, sizeof input, 0);
    if (count <= 0) return 0;
    for (ssize_t index = 0; index + 3 < count; index++)
        if (!memcmp(input + index, "\r\n\r\n", 4)) answer(client, runs, requests);
    return 1;
}

/// Each thread has one of those that are shared, between which the kernel spreads the connections by their addresses.
static int listener(int isShared)
{
    int on = 1, made = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (isShared) setsockopt(made, SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (bind(made, (struct sockaddr *)&address, sizeof address) || listen(made, 512)) fail("the port", NULL);
    return made;
}

static void await(int epoll, int socket, void *client)
{
    struct epoll_event event = { .events = EPOLLIN, .data.ptr = client };
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, socket, &event)) fail("epoll", NULL);
}

static void welcome(int epoll, int from)
{
    int on = 1, socket = accept(from, NULL, NULL);
    struct client *client = calloc(1, sizeof *client);
    if (socket < 0 || !client) fail("a connection", NULL);
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    client->socket = socket;
    await(epoll, socket, client);
}

static void *loop(void *unused)
{
    struct runs runs = load(recording);
    struct requests requests = split(runs);
    for (size_t index = 0; index < runs.count; index++) {
        text.count = 0;
        replay(&runs.all[index], 1);
    }
    int epoll = epoll_create1(0), door = listener(1);
    await(epoll, door, NULL);
    for (;;) {
        struct epoll_event news[NEWS];
        int count = epoll_wait(epoll, news, NEWS, -1);
        for (int index = 0; index < count; index++) {
            struct client *client = news[index].data.ptr;
            if (!client) {
                welcome(epoll, door);
            } else if (!receive(client, runs, &requests)) {
                close(client->socket);
                free(client->output);
                free(client);
                news[index].data.ptr = NULL;
            }
        }
        for (int index = 0; index < count; index++) {
            struct client *client = news[index].data.ptr;
            if (!client || !client->count) continue;
            // All of it: the socket blocks.
            send(client->socket, client->output, client->count, MSG_NOSIGNAL);
            client->count = 0;
        }
    }
    return unused;
}

int main(int count, char **arguments)
{
    if (count != 6) {
        fprintf(stderr, "usage: serve RECORDING DATABASE REQUESTS PORT THREADS\n");
        return 64;
    }
    recording = arguments[1];
    use(arguments[2]);
    expected = (size_t)atol(arguments[3]);
    port = (uint16_t)atoi(arguments[4]);
    // Fails where another process listens, which would share the connections unseen.
    close(listener(0));
    for (int rest = atoi(arguments[5]); rest > 1; rest--) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, loop, NULL)) fail("a thread", NULL);
    }
    loop(NULL);
}
