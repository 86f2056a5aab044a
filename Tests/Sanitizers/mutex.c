// SPDX-License-Identifier: Apache-2.0
//
// Tells the thread sanitizer about Swift's Mutex. Its quick path is compiled into our code and so is seen; its slow path, taken
// when the lock is contended, stands in the Swift library, which is not instrumented: without this every contended lock looks
// like a race. Preloaded by script/sanitize; it calls the real functions and adds nothing but the two announcements.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

typedef SWIFT void (*lock_slow)(uint32_t, SELF void *);
typedef SWIFT void (*unlock_slow)(SELF void *);

// Synchronization._MutexHandle._lockSlow(_: UInt32) -> ()
SWIFT void readout_lock_slow(uint32_t thread, SELF void *handle)
    __asm__("$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");

// Synchronization._MutexHandle._unlockSlow() -> ()
SWIFT void readout_unlock_slow(SELF void *handle) __asm__("$s15Synchronization12_MutexHandleV11_unlockSlowyyF");

SWIFT void readout_lock_slow(uint32_t thread, SELF void *handle)
{
    static lock_slow real;
    if (!real) real = (lock_slow)dlsym(RTLD_NEXT, "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF");
    real(thread, handle);
    if (__tsan_acquire) __tsan_acquire(handle);
}

SWIFT void readout_unlock_slow(SELF void *handle)
{
    static unlock_slow real;
    if (!real) real = (unlock_slow)dlsym(RTLD_NEXT, "$s15Synchronization12_MutexHandleV11_unlockSlowyyF");
    if (__tsan_release) __tsan_release(handle);
    real(handle);
}
