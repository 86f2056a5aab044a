// SPDX-License-Identifier: Apache-2.0
//
// A disk that keeps a diary and can fail, for proofs about what survives. Preloaded by script/torture and the tests into the
// program, it stands between SQLite and the C library, for the files in $DISK_FOLDER (but those that no commit needs: the index
// of the log, the lock, the socket):
//   $DISK_LOG            what is written, cut, synced, made and removed is noted there in the order in which it is done
//   $DISK_FAULT          the first twelve bytes of that file, three numbers, can be changed at any time: the error of writes (0 for
//                        none), the error of syncs, and how many writes still succeed before the first fails
//   $DISK_SYNCHRONOUS    what 'PRAGMA synchronous' is set to instead of FULL: the proofs must fail with OFF

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/uio.h>
#include <unistd.h>

struct fault {
    int32_t writing, syncing, grace;
};

static const char *folder;
static size_t folder_length;
static int diary = -1;
static struct fault none, *fault = &none;
static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

__attribute__((constructor)) static void open_disk(void)
{
    folder = getenv("DISK_FOLDER");
    if (!folder) return;
    folder_length = strlen(folder);
    const char *path = getenv("DISK_LOG");
    if (path) diary = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    path = getenv("DISK_FAULT");
    int file = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    if (file < 0) return;
    void *page = mmap(NULL, sizeof *fault, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    close(file);
    if (page != MAP_FAILED) fault = page;
}

// The name of a file of the database, "" for the folder itself, NULL for all others.
static const char *name_of(const char *path)
{
    if (!folder || strncmp(path, folder, folder_length)) return NULL;
    if (!path[folder_length]) return "";
    if (path[folder_length] != '/') return NULL;
    const char *name = path + folder_length + 1, *end = name + strlen(name);
    static const char *others[] = {"-shm", ".lock", ".sock"};
    for (int i = 0; i < 3; i++) {
        size_t length = strlen(others[i]);
        if (strlen(name) >= length && !strcmp(end - length, others[i])) return NULL;
    }
    return name;
}

static const char *name_of_file(int file, char *path)
{
    char link[32];
    if (!folder) return NULL;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return NULL;
    path[length] = 0;
    return name_of(path);
}

// An entry: kind, length of the name, of the bytes, and where they stand; name; bytes.
static void note(char kind, const char *name, const void *bytes, uint32_t length, uint64_t offset)
{
    if (diary < 0) return;
    struct {
        char kind;
        uint8_t name;
        uint16_t nothing;
        uint32_t length;
        uint64_t offset;
    } head = {kind, (uint8_t)strlen(name), 0, length, offset};
    struct iovec parts[] = {{&head, sizeof head}, {(void *)name, head.name}, {(void *)bytes, length}};
    if (writev(diary, parts, 3) < 0) abort();
}

// Whether a write fails now, errno being set.
static int fails_to_write(void)
{
    int error = __atomic_load_n(&fault->writing, __ATOMIC_ACQUIRE);
    if (!error || __atomic_fetch_sub(&fault->grace, 1, __ATOMIC_RELAXED) > 0) return 0;
    errno = error;
    return 1;
}

#define REAL(function) \
    static __typeof__(&function) real; \
    if (!real) real = (__typeof__(&function))dlsym(RTLD_NEXT, #function)

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset)
{
    REAL(pwrite64);
    char path[PATH_MAX];
    const char *name = name_of_file(file, path);
    if (!name) return real(file, bytes, count, offset);
    if (fails_to_write()) return -1;
    pthread_mutex_lock(&order);
    ssize_t written = real(file, bytes, count, offset);
    if (written > 0) note('W', name, bytes, (uint32_t)written, (uint64_t)offset);
    pthread_mutex_unlock(&order);
    return written;
}

int ftruncate64(int file, off64_t length)
{
    REAL(ftruncate64);
    char path[PATH_MAX];
    const char *name = name_of_file(file, path);
    if (!name) return real(file, length);
    if (fails_to_write()) return -1;
    pthread_mutex_lock(&order);
    int result = real(file, length);
    if (!result) note('T', name, "", 0, (uint64_t)length);
    pthread_mutex_unlock(&order);
    return result;
}

static int sync_with(int (*real)(int), int file)
{
    char path[PATH_MAX];
    const char *name = name_of_file(file, path);
    if (!name) return real(file);
    int error = __atomic_load_n(&fault->syncing, __ATOMIC_ACQUIRE);
    if (error) {
        errno = error;
        return -1;
    }
    pthread_mutex_lock(&order);
    int result = real(file);
    if (!result) note('S', name, "", 0, 0);
    pthread_mutex_unlock(&order);
    return result;
}

int fdatasync(int file)
{
    REAL(fdatasync);
    return sync_with(real, file);
}

int fsync(int file)
{
    REAL(fsync);
    return sync_with(real, file);
}

int unlink(const char *path)
{
    REAL(unlink);
    const char *name = name_of(path);
    if (!name) return real(path);
    pthread_mutex_lock(&order);
    int result = real(path);
    if (!result) note('U', name, "", 0, 0);
    pthread_mutex_unlock(&order);
    return result;
}

int open64(const char *path, int flags, ...)
{
    REAL(open64);
    mode_t mode = 0;
    if (flags & O_CREAT) {
        __builtin_va_list arguments;
        __builtin_va_start(arguments, flags);
        mode = __builtin_va_arg(arguments, mode_t);
        __builtin_va_end(arguments);
    }
    const char *name = flags & O_CREAT ? name_of(path) : NULL;
    if (!name) return real(path, flags, mode);
    pthread_mutex_lock(&order);
    int isNew = access(path, F_OK) != 0;
    int file = real(path, flags, mode);
    if (file >= 0 && isNew) note('C', name, "", 0, 0);
    pthread_mutex_unlock(&order);
    return file;
}

// The pragma with another word of the same length in its place; the caller goes on behind it in its own text.
int sqlite3_prepare_v3(void *database, const char *sql, int count, unsigned flags, void **statement, const char **tail)
{
    static int (*real)(void *, const char *, int, unsigned, void **, const char **);
    if (!real) real = (__typeof__(real))dlsym(RTLD_NEXT, "sqlite3_prepare_v3");
    static const char pragma[] = "PRAGMA synchronous = FULL";
    const char *wanted = getenv("DISK_SYNCHRONOUS");
    if (!wanted || strncmp(sql, pragma, sizeof pragma - 1)) return real(database, sql, count, flags, statement, tail);
    char other[64];
    snprintf(other, sizeof other, "PRAGMA synchronous = %s", wanted);
    int result = real(database, other, -1, flags, statement, NULL);
    const char *end = sql + sizeof pragma - 1;
    if (tail) *tail = *end == ';' ? end + 1 : end;
    return result;
}
