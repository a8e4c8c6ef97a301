#include "io_killer.hpp"

#include <csignal>
#include <unistd.h>

namespace tusker::faults {

namespace {

[[noreturn]] void die() {
  ::kill(::getpid(), SIGKILL);
  for (;;)
    ::pause();
}

} // namespace

auto is_publishing(const io_operation& operation) -> bool {
  constexpr std::uint64_t meta_pages_end = 8192;
  return operation.kind == io_kind::write && operation.offset < meta_pages_end;
}

void io_killer::committed() {
  if (commits_left_ > 0)
    --commits_left_;
}

auto io_killer::before(const io_operation& operation) -> io_verdict {
  if (commits_left_ > 0)
    return {};
  auto is_write = operation.kind == io_kind::write && !is_publishing(operation);
  if (moment_ == crash_moment::before_write && is_write)
    die();
  if (moment_ == crash_moment::before_sync && operation.kind == io_kind::sync)
    die();
  if (moment_ == crash_moment::before_publish && is_publishing(operation))
    die();
  return moment_ == crash_moment::within_write && is_write ? io_verdict{0, operation.bytes.size() / 2}
                                                           : io_verdict{};
}

void io_killer::after(const io_operation& operation) {
  if (commits_left_ > 0)
    return;
  if (moment_ == crash_moment::within_write && operation.kind == io_kind::write)
    die();
  if (moment_ == crash_moment::after_publish && is_publishing(operation))
    die();
}

auto io_countdown::before(const io_operation& /*operation*/) -> io_verdict {
  if (--left_ == 0)
    die();
  return {};
}

} // namespace tusker::faults
