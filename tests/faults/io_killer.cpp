#include "io_killer.hpp"

#include <csignal>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unistd.h>

namespace tusker::faults {

namespace {

[[noreturn]] void die() {
  ::kill(::getpid(), SIGKILL);
  for (;;)
    ::pause();
}

} // namespace

auto commit_eye::is_of_commits(const io_operation& operation) const -> bool {
  auto name = std::filesystem::path(operation.file).filename().string();
  constexpr std::string_view segment = "log.";
  if (way_ == commit_way::direct)
    return name == "data.mdb";
  // Not `log.new`, which becomes a segment when it is full of zeros.
  return name.starts_with(segment) &&
         name.find_first_not_of("0123456789", segment.size()) == std::string::npos;
}

auto commit_eye::is_writing(const io_operation& operation) const -> bool {
  return operation.kind == io_kind::write && is_of_commits(operation) && !is_publishing(operation);
}

auto commit_eye::is_syncing(const io_operation& operation) const -> bool {
  return operation.kind == io_kind::sync && is_of_commits(operation) &&
         (has_batch_ || way_ == commit_way::direct);
}

auto commit_eye::is_publishing(const io_operation& operation) const -> bool {
  constexpr std::uint64_t meta_pages_end = 8192;
  if (way_ == commit_way::logged)
    return is_syncing(operation);
  return operation.kind == io_kind::write && is_of_commits(operation) && operation.offset < meta_pages_end;
}

void commit_eye::see(const io_operation& operation) {
  if (is_of_commits(operation))
    has_batch_ = operation.kind == io_kind::write;
}

void io_killer::committed() {
  if (commits_left_ > 0)
    --commits_left_;
}

auto io_killer::before(const io_operation& operation) -> io_verdict {
  if (commits_left_ > 0)
    return {};
  auto is_writing = eye_.is_writing(operation);
  if (moment_ == crash_moment::before_write && is_writing)
    die();
  if (moment_ == crash_moment::before_sync && eye_.is_syncing(operation))
    die();
  if (moment_ == crash_moment::before_publish && eye_.is_publishing(operation))
    die();
  return moment_ == crash_moment::within_write && is_writing ? io_verdict{0, operation.bytes.size() / 2}
                                                             : io_verdict{};
}

void io_killer::after(const io_operation& operation) {
  if (commits_left_ == 0 && moment_ == crash_moment::within_write && eye_.is_writing(operation))
    die();
  if (commits_left_ == 0 && moment_ == crash_moment::after_publish && eye_.is_publishing(operation))
    die();
  eye_.see(operation);
}

auto io_countdown::before(const io_operation& /*operation*/) -> io_verdict {
  if (--left_ == 0)
    die();
  return {};
}

} // namespace tusker::faults
