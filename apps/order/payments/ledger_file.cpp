#include <order/payments/ledger_file.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/folder_sync.hpp>

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <string>
#include <sys/types.h>
#include <unistd.h>
#include <utility>

namespace order_demo {

auto ledger_file::open(const std::filesystem::path& file, std::uint64_t whole_bytes)
    -> tusker::result<std::unique_ptr<ledger_file>> {
  constexpr auto flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
  tusker::file_descriptor opened(::open(file.c_str(), flags, 0600));
  if (!opened.is_open() || ::ftruncate(opened.number(), static_cast<::off_t>(whole_bytes)) != 0 ||
      ::fdatasync(opened.number()) != 0)
    return tusker::fail(tusker::file_error(file, tusker::last_system_error()));
  if (auto synced = tusker::sync_folder(std::filesystem::absolute(file).parent_path()); !synced)
    return tusker::fail(synced.error());
  return std::unique_ptr<ledger_file>(new ledger_file(file, std::move(opened)));
}

ledger_file::ledger_file(std::filesystem::path path, tusker::file_descriptor file)
    : path_(std::move(path)), file_(std::move(file)) {}

auto ledger_file::append(const ledger_entry& entry) -> tusker::result<std::uint64_t> {
  auto line = tusker::encode(entry);
  if (!line)
    return tusker::fail(line.error());
  line->push_back('\n');
  std::lock_guard lock(mutex_);
  if (failure_)
    return tusker::fail(*failure_);
  auto written = ::write(file_.number(), line->data(), line->size());
  if (written < 0 || static_cast<std::size_t>(written) != line->size()) {
    // A disk that takes a part of a line has no space for the rest.
    auto why = written < 0 ? tusker::last_system_error() : std::error_code(ENOSPC, std::generic_category());
    failure_ = tusker::file_error(path_, why);
    changed_.notify_all();
    return tusker::fail(*failure_);
  }
  return ++written_;
}

auto ledger_file::await_durable(std::uint64_t number) -> tusker::result<void> {
  std::unique_lock lock(mutex_);
  while (durable_ < number) {
    if (failure_)
      return tusker::fail(*failure_);
    if (is_syncing_) {
      changed_.wait(lock);
      continue;
    }
    // One thread syncs for all whose lines are written by now.
    is_syncing_ = true;
    auto covered = written_;
    lock.unlock();
    auto is_synced = ::fdatasync(file_.number()) == 0;
    auto why = tusker::last_system_error();
    lock.lock();
    is_syncing_ = false;
    if (is_synced)
      durable_ = covered;
    else
      failure_ = tusker::file_error(path_, why);
    changed_.notify_all();
  }
  return {};
}

} // namespace order_demo
