#include "io_injector.hpp"

#include <cerrno>

namespace tusker::faults {

auto io_injector::before(const io_operation& operation) -> io_verdict {
  ++seen_;
  auto is_hit = span_ == io_failure_span::once ? seen_ == nth_ : seen_ >= nth_;
  if (is_mended_ || !is_hit)
    return {};
  auto is_first = !has_struck_;
  if (failure_ == io_failure::short_write && is_first && operation.bytes.size() < 2)
    return {};
  if (is_first)
    victim_ = operation;
  has_struck_ = true;
  if (failure_ == io_failure::short_write && is_first)
    return {0, operation.bytes.size() / 2};
  return {failure_ == io_failure::io_error ? EIO : ENOSPC};
}

} // namespace tusker::faults
