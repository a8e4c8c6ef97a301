#include "interposed_calls.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <dlfcn.h>
#include <fcntl.h>
#include <mutex>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

// The system calls by which the project and LMDB change files, or reserve room for them, defined anew. An executable's
// symbols go before those of the libraries it loads, so liblmdb, libstdc++ and the project's own code all call these.
// Each asks the watcher and then calls the next definition behind it: the C library's, or a sanitizer's, which calls
// the C library's.

namespace tusker::faults {

namespace {

template <class Function>
auto next_definition(const char* name) -> Function* {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

/// One operation at a time: the watcher is told of them in the order in which they were carried out. Never destroyed:
/// threads may outlive what is.
auto one_at_a_time() -> std::mutex& {
  static auto* const only = new std::mutex;
  return *only;
}

/// Asks the watcher, calls, tells the watcher. `call(bytes_max)` is the real call.
template <class Call>
auto watched_call(const io_operation& operation, const Call& call) -> decltype(call(std::size_t{})) {
  std::lock_guard lock(one_at_a_time());
  auto verdict = current_watcher()->before(operation);
  if (verdict.error != 0) {
    errno = verdict.error;
    return -1;
  }
  auto outcome = call(verdict.bytes_max);
  if (outcome < 0)
    return outcome;
  auto done = operation;
  if (operation.kind == io_kind::write)
    done.bytes.resize(static_cast<std::size_t>(outcome));
  auto kept = errno;
  current_watcher()->after(done);
  errno = kept;
  return outcome;
}

using pwrite_call = auto(int, const void*, size_t, off_t) -> ssize_t;

/// A write at a place, however it was asked for; `real` is the C library's `pwrite`.
auto write_at(pwrite_call* real, int file, const void* data, size_t size, off_t offset) -> ssize_t {
  auto name = watched_name(file);
  if (!name)
    return real(file, data, size, offset);
  io_operation operation{io_kind::write, *name};
  operation.offset = static_cast<std::uint64_t>(offset);
  operation.bytes.assign(static_cast<const char*>(data), size);
  operation.is_durable =
      (static_cast<unsigned>(::fcntl(file, F_GETFL)) & static_cast<unsigned>(O_DSYNC)) != 0;
  return watched_call(
      operation, [&](std::size_t bytes_max) { return real(file, data, std::min(size, bytes_max), offset); });
}

/// A write at the file's own place becomes one at an offset, so that all writes look the same.
auto write_on(int file, const void* data, size_t size) -> ssize_t {
  static auto* const real = next_definition<pwrite_call>("pwrite");
  auto place = ::lseek(file, 0, SEEK_CUR);
  auto written = write_at(real, file, data, size, place);
  if (written > 0)
    ::lseek(file, place + written, SEEK_SET);
  return written;
}

auto joined(const iovec* parts, int count) -> std::string {
  std::string all;
  for (auto at = 0; at < count; ++at)
    all.append(static_cast<const char*>(parts[at].iov_base), parts[at].iov_len);
  return all;
}

using sync_call = auto(int) -> int;

auto sync(sync_call* real, int file) -> int {
  auto name = watched_name(file);
  if (!name)
    return real(file);
  struct stat status {};
  auto is_folder = ::fstat(file, &status) == 0 && S_ISDIR(status.st_mode);
  return watched_call({is_folder ? io_kind::sync_folder : io_kind::sync, *name},
                      [&](std::size_t) { return real(file); });
}

auto truncation(const std::string& name, off_t length) -> io_operation {
  io_operation operation{io_kind::truncate, name};
  operation.offset = static_cast<std::uint64_t>(length);
  return operation;
}

using fallocate_call = auto(int, int, off_t, off_t) -> int;

auto reserve(fallocate_call* real, int file, int mode, off_t from, off_t length) -> int {
  auto name = watched_name(file);
  if (!name)
    return real(file, mode, from, length);
  io_operation operation{io_kind::reserve, *name};
  operation.offset = static_cast<std::uint64_t>(from) + static_cast<std::uint64_t>(length);
  return watched_call(operation, [&](std::size_t) { return real(file, mode, from, length); });
}

using open_call = auto(const char*, int, ...) -> int;

auto open_file(open_call* real, const char* path, int flags, mode_t mode) -> int {
  auto name = watched_name(std::string(path));
  auto has = [&](int flag) { return (static_cast<unsigned>(flags) & static_cast<unsigned>(flag)) != 0; };
  auto exists = name && ::access(path, F_OK) == 0;
  auto call = [&](std::size_t) { return real(path, flags, mode); };
  if (name && !exists && has(O_CREAT))
    return watched_call({io_kind::create, *name}, call);
  if (name && exists && has(O_TRUNC))
    return watched_call(truncation(*name, 0), call);
  return real(path, flags, mode);
}

} // namespace

} // namespace tusker::faults

namespace faults = tusker::faults;

extern "C" {

auto pwrite(int file, const void* data, size_t size, off_t offset) -> ssize_t {
  static auto* const real = faults::next_definition<faults::pwrite_call>("pwrite");
  return faults::write_at(real, file, data, size, offset);
}

auto pwrite64(int file, const void* data, size_t size, off64_t offset) -> ssize_t {
  static auto* const real = faults::next_definition<faults::pwrite_call>("pwrite64");
  return faults::write_at(real, file, data, size, offset);
}

auto write(int file, const void* data, size_t size) -> ssize_t {
  static auto* const real = faults::next_definition<auto(int, const void*, size_t)->ssize_t>("write");
  return faults::watched_name(file) ? faults::write_on(file, data, size) : real(file, data, size);
}

auto writev(int file, const iovec* parts, int count) -> ssize_t {
  static auto* const real = faults::next_definition<auto(int, const iovec*, int)->ssize_t>("writev");
  if (!faults::watched_name(file))
    return real(file, parts, count);
  auto all = faults::joined(parts, count);
  return faults::write_on(file, all.data(), all.size());
}

auto pwritev(int file, const iovec* parts, int count, off_t offset) -> ssize_t {
  static auto* const real = faults::next_definition<auto(int, const iovec*, int, off_t)->ssize_t>("pwritev");
  if (!faults::watched_name(file))
    return real(file, parts, count, offset);
  auto all = faults::joined(parts, count);
  return pwrite(file, all.data(), all.size(), offset);
}

auto pwritev64(int file, const iovec* parts, int count, off64_t offset) -> ssize_t {
  return pwritev(file, parts, count, offset);
}

auto fsync(int file) -> int {
  static auto* const real = faults::next_definition<faults::sync_call>("fsync");
  return faults::sync(real, file);
}

auto fdatasync(int file) -> int {
  static auto* const real = faults::next_definition<faults::sync_call>("fdatasync");
  return faults::sync(real, file);
}

auto ftruncate(int file, off_t length) noexcept -> int {
  static auto* const real = faults::next_definition<auto(int, off_t)->int>("ftruncate");
  auto name = faults::watched_name(file);
  auto call = [&](std::size_t) { return real(file, length); };
  return name ? faults::watched_call(faults::truncation(*name, length), call) : call(0);
}

auto ftruncate64(int file, off64_t length) noexcept -> int {
  return ftruncate(file, length);
}

auto truncate(const char* path, off_t length) noexcept -> int {
  static auto* const real = faults::next_definition<auto(const char*, off_t)->int>("truncate");
  auto name = faults::watched_name(std::string(path));
  auto call = [&](std::size_t) { return real(path, length); };
  return name ? faults::watched_call(faults::truncation(*name, length), call) : call(0);
}

auto truncate64(const char* path, off64_t length) noexcept -> int {
  return truncate(path, length);
}

auto fallocate(int file, int mode, off_t from, off_t length) -> int {
  static auto* const real = faults::next_definition<faults::fallocate_call>("fallocate");
  return faults::reserve(real, file, mode, from, length);
}

auto fallocate64(int file, int mode, off64_t from, off64_t length) -> int {
  return fallocate(file, mode, from, length);
}

auto rename(const char* from, const char* to) noexcept -> int {
  static auto* const real = faults::next_definition<auto(const char*, const char*)->int>("rename");
  auto name = faults::watched_name(std::string(from));
  auto new_name = faults::watched_name(std::string(to));
  auto call = [&](std::size_t) { return real(from, to); };
  return name && new_name ? faults::watched_call({faults::io_kind::rename, *name, *new_name}, call) : call(0);
}

auto unlink(const char* path) noexcept -> int {
  static auto* const real = faults::next_definition<auto(const char*)->int>("unlink");
  auto name = faults::watched_name(std::string(path));
  auto call = [&](std::size_t) { return real(path); };
  return name ? faults::watched_call({faults::io_kind::remove, *name}, call) : call(0);
}

auto mkdir(const char* path, mode_t mode) noexcept -> int {
  static auto* const real = faults::next_definition<auto(const char*, mode_t)->int>("mkdir");
  auto name = faults::watched_name(std::string(path));
  auto call = [&](std::size_t) { return real(path, mode); };
  return name ? faults::watched_call({faults::io_kind::make_folder, *name}, call) : call(0);
}

auto open(const char* path, int flags, ...) -> int {
  static auto* const real = faults::next_definition<faults::open_call>("open");
  va_list more;
  va_start(more, flags);
  auto mode = (static_cast<unsigned>(flags) & static_cast<unsigned>(O_CREAT)) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return faults::open_file(real, path, flags, mode);
}

auto open64(const char* path, int flags, ...) -> int {
  static auto* const real = faults::next_definition<faults::open_call>("open64");
  va_list more;
  va_start(more, flags);
  auto mode = (static_cast<unsigned>(flags) & static_cast<unsigned>(O_CREAT)) != 0 ? va_arg(more, mode_t) : 0;
  va_end(more);
  return faults::open_file(real, path, flags, mode);
}

} // extern "C"
