/* A disk that can fail, fill up and lose its power, put under a program by LD_PRELOAD.

   Everything below DISK_ROOT is written through as usual, and beside it DISK_DURABLE holds
   what a disk would still have after the power went: of each file only what was written
   before its last fsync, of each folder only the removals and renames before its own.
   DISK_CONTROL is a small file, mapped, by which a test sets faults while the program runs.

   Writes by mmap are not seen: SQLite maps only the index of its log, which it makes anew. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define FILES 64
#define PENDING 256

/* As tests/support/disk.py packs it: an errno, and how many calls still go well before it. */
struct fault { int32_t error; int32_t calls_left; };
struct control { struct fault write, sync, open; int64_t space_left, calls; int32_t hangs; };

struct dirty { char path[PATH_MAX]; off_t from, to; };
struct change { char path[PATH_MAX], renamed_to[PATH_MAX]; };

static const char *root, *durable;
static size_t root_length;
static struct control *control;
static struct dirty files[FILES];
static struct change changes[PENDING];
static int change_count;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name)) dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void start(void) {
  root = getenv("DISK_ROOT");
  durable = getenv("DISK_DURABLE");
  const char *path = getenv("DISK_CONTROL");
  if (!root || !durable || !path) { root = NULL; return; }
  root_length = strlen(root);
  int fd = REAL(open)(path, O_RDWR);
  if (fd < 0) { perror("DISK_CONTROL"); _exit(97); }
  control = mmap(NULL, sizeof *control, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (control == MAP_FAILED) { perror("DISK_CONTROL"); _exit(97); }
  REAL(close)(fd);
}

static int is_ours(const char *path) {
  return root && !strncmp(path, root, root_length)
    && (path[root_length] == '/' || !path[root_length]);
}

static int path_of(int fd, char *path) {
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = root ? readlink(link, path, PATH_MAX - 1) : -1;
  if (length < 0) return 0;
  path[length] = 0;
  return is_ours(path);
}

static void beside(const char *path, char *copy) {
  snprintf(copy, PATH_MAX, "%s%s", durable, path + root_length);
}

/* Say whether a call is to fail, and count it. */
static int fails(struct fault *fault) {
  if (!fault->error) return 0;
  if (fault->calls_left > 0) { fault->calls_left -= 1; return 0; }
  errno = fault->error;
  return 1;
}

/* How much of a write the disk takes: all, a part while space is left, or none (-1). */
static ssize_t admit(int fd, size_t wanted, off_t at) {
  control->calls += 1;
  if (fails(&control->write)) return -1;
  if (control->space_left < 0) return wanted;
  struct stat now;
  off_t grows = fstat(fd, &now) ? 0 : at + (off_t) wanted - now.st_size;
  if (grows <= 0) return wanted;
  if (grows <= control->space_left) { control->space_left -= grows; return wanted; }
  ssize_t taken = (ssize_t) wanted - (grows - control->space_left);
  control->space_left = 0;
  if (taken > 0) return taken;
  errno = ENOSPC;
  return -1;
}

static void note(const char *path, off_t from, off_t to) {
  struct dirty *place = NULL;
  for (int i = 0; i < FILES; i++) {
    if (!strcmp(files[i].path, path)) { place = &files[i]; break; }
    if (!place && !files[i].path[0]) place = &files[i];
  }
  if (!place) { fputs("disk.c: too many files\n", stderr); _exit(97); }
  if (!place->path[0]) { strcpy(place->path, path); place->from = from; place->to = to; return; }
  if (from < place->from) place->from = from;
  if (to > place->to) place->to = to;
}

static void make_folders(char *copy) {
  for (char *slash = copy + strlen(durable) + 1; (slash = strchr(slash, '/')); slash++) {
    *slash = 0;
    mkdir(copy, 0700);
    *slash = '/';
  }
}

/* A file under a name that another had before: what was promised about the name is done. */
static void settle(const char *path) {
  int left = 0;
  for (int i = 0; i < change_count; i++) {
    char copy[PATH_MAX];
    if (strcmp(*changes[i].renamed_to ? changes[i].renamed_to : changes[i].path, path)) {
      changes[left++] = changes[i];
      continue;
    }
    beside(changes[i].path, copy);
    unlink(copy);
    beside(path, copy);
    unlink(copy);
  }
  change_count = left;
}

/* What was written to a file is on the disk now; a file never synced before, whole. */
static void keep(int fd, const char *path) {
  char copy[PATH_MAX], own[64], block[1 << 16];
  struct stat now;
  settle(path);
  beside(path, copy);
  make_folders(copy);
  off_t from = 0, to = 0;
  for (int i = 0; i < FILES; i++) {
    if (strcmp(files[i].path, path)) continue;
    from = files[i].from; to = files[i].to; files[i].path[0] = 0;
  }
  if (access(copy, F_OK)) { from = 0; to = LONG_MAX; }
  int target = REAL(open)(copy, O_RDWR | O_CREAT, 0600);
  snprintf(own, sizeof own, "/proc/self/fd/%d", fd);
  int source = REAL(open)(own, O_RDONLY);
  if (target < 0 || source < 0 || fstat(fd, &now)) { perror("disk.c"); _exit(97); }
  if (to > now.st_size) to = now.st_size;
  while (from < to) {
    size_t some = to - from > (off_t) sizeof block ? sizeof block : (size_t) (to - from);
    ssize_t got = pread(source, block, some, from);
    if (got <= 0) break;
    REAL(pwrite)(target, block, got, from);
    from += got;
  }
  REAL(ftruncate)(target, now.st_size);
  REAL(close)(target);
  REAL(close)(source);
}

static int lies_in(const char *path, const char *folder) {
  size_t length = strlen(folder);
  return !strncmp(path, folder, length) && path[length] == '/' && !strchr(path + length + 1, '/');
}

static void keep_folder(const char *folder) {
  int left = 0;
  for (int i = 0; i < change_count; i++) {
    char copy[PATH_MAX], other[PATH_MAX];
    if (!lies_in(changes[i].path, folder)) { changes[left++] = changes[i]; continue; }
    beside(changes[i].path, copy);
    if (!changes[i].renamed_to[0]) { unlink(copy); continue; }
    beside(changes[i].renamed_to, other);
    if (!access(copy, F_OK)) rename(copy, other);
  }
  change_count = left;
}

static void promise(const char *path, const char *renamed_to) {
  if (change_count == PENDING) { fputs("disk.c: too many changes\n", stderr); _exit(97); }
  strcpy(changes[change_count].path, path);
  strcpy(changes[change_count++].renamed_to, renamed_to);
}

/* ---- Writing */

static ssize_t write_at(int fd, const void *data, size_t count, off_t at, int moves) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return moves ? REAL(write)(fd, data, count) : REAL(pwrite)(fd, data, count, at);
  pthread_mutex_lock(&lock);
  ssize_t done = admit(fd, count, at);
  if (done >= 0) done = moves ? REAL(write)(fd, data, done) : REAL(pwrite)(fd, data, done, at);
  if (done > 0) note(path, at, at + done);
  pthread_mutex_unlock(&lock);
  return done;
}

static off_t place_of(int fd) {
  if (fcntl(fd, F_GETFL) & O_APPEND) { struct stat now; return fstat(fd, &now) ? 0 : now.st_size; }
  return lseek(fd, 0, SEEK_CUR);
}

ssize_t write(int fd, const void *data, size_t count) {
  return write_at(fd, data, count, root ? place_of(fd) : 0, 1);
}
ssize_t pwrite(int fd, const void *data, size_t count, off_t at) {
  return write_at(fd, data, count, at, 0);
}
ssize_t pwrite64(int fd, const void *data, size_t count, off64_t at) {
  return write_at(fd, data, count, at, 0);
}

static int cut(int fd, off_t size) {
  char path[PATH_MAX];
  if (!path_of(fd, path)) return REAL(ftruncate)(fd, size);
  pthread_mutex_lock(&lock);
  control->calls += 1;
  int failed = fails(&control->write) ? -1 : REAL(ftruncate)(fd, size);
  if (!failed) note(path, size, size);
  pthread_mutex_unlock(&lock);
  return failed;
}
int ftruncate(int fd, off_t size) { return cut(fd, size); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size); }

/* ---- Making durable */

static int sync_file(int fd, int (*really)(int)) {
  char path[PATH_MAX];
  struct stat what;
  if (!path_of(fd, path) || fstat(fd, &what)) return really(fd);
  while (*(volatile int32_t *) &control->hangs) usleep(10000);
  pthread_mutex_lock(&lock);
  control->calls += 1;
  int failed = fails(&control->sync) ? -1 : 0;
  if (!failed && S_ISDIR(what.st_mode)) keep_folder(path);
  else if (!failed) keep(fd, path);
  pthread_mutex_unlock(&lock);
  return failed;
}
int fsync(int fd) { return sync_file(fd, REAL(fsync)); }
int fdatasync(int fd) { return sync_file(fd, REAL(fdatasync)); }

/* ---- Names */

static int open_as(const char *path, int flags, mode_t mode) {
  char whole[PATH_MAX];
  if (root && (flags & O_ACCMODE) != O_RDONLY && realpath(path, whole) && is_ours(whole)
      && fails(&control->open)) return -1;
  return REAL(open)(path, flags, mode);
}
#define MODE(flags, mode) \
  mode_t mode = 0; \
  if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }
int open(const char *path, int flags, ...) { MODE(flags, mode) return open_as(path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags, mode) return open_as(path, flags, mode); }

static int absolute(const char *path, char *whole) {
  if (path[0] != '/' || strlen(path) >= PATH_MAX) return 0;
  strcpy(whole, path);
  return is_ours(whole);
}
int unlink(const char *path) {
  char whole[PATH_MAX];
  int failed = REAL(unlink)(path);
  if (failed || !absolute(path, whole)) return failed;
  pthread_mutex_lock(&lock);
  for (int i = 0; i < FILES; i++) if (!strcmp(files[i].path, whole)) files[i].path[0] = 0;
  promise(whole, "");
  pthread_mutex_unlock(&lock);
  return 0;
}
int rename(const char *path, const char *other) {
  char whole[PATH_MAX], target[PATH_MAX];
  int failed = REAL(rename)(path, other);
  if (failed || !absolute(path, whole) || !absolute(other, target)) return failed;
  pthread_mutex_lock(&lock);
  for (int i = 0; i < FILES; i++) if (!strcmp(files[i].path, whole)) strcpy(files[i].path, target);
  promise(whole, target);
  pthread_mutex_unlock(&lock);
  return 0;
}
