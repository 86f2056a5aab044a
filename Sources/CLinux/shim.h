// SPDX-License-Identifier: Apache-2.0
// The Linux calls that Swift's Glibc module leaves out.

#ifndef READOUT_CLINUX_SHIM_H
#define READOUT_CLINUX_SHIM_H

#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

// glibc declares these for _GNU_SOURCE only, which the importer does not define.
extern int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
extern int pthread_setname_np(pthread_t thread, const char *name);
extern long syscall(long number, ...);

// recv(2) and send(2) without glibc's being points where a thread may be cancelled, as none is here: in a program of several
// threads that takes two locked instructions a call.
static inline ssize_t readout_recv(int descriptor, void *bytes, size_t count, int flags) {
    return syscall(SYS_recvfrom, descriptor, bytes, count, flags, NULL, NULL);
}
static inline ssize_t readout_send(int descriptor, const void *bytes, size_t count, int flags) {
    return syscall(SYS_sendto, descriptor, bytes, count, flags, NULL, 0);
}

#endif
