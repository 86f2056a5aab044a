// SPDX-License-Identifier: Apache-2.0
// The Linux calls that Swift's Glibc module leaves out.

#ifndef READOUT_CLINUX_SHIM_H
#define READOUT_CLINUX_SHIM_H

#include <pthread.h>
#include <sys/epoll.h>
#include <malloc.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>

// glibc declares these for _GNU_SOURCE only, which the importer does not define.
extern int accept4(int descriptor, struct sockaddr *address, socklen_t *length, int flags);
extern int pthread_setname_np(pthread_t thread, const char *name);

#endif
