#pragma once

#include <tusker/model/result.hpp>

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace tusker::bench {

/// Threads that share commits: while one of them writes, the others wait and are the next batch.
class commit_group {
public:
  /// Writes for those clients, durably. Called by one thread at a time.
  using batch_writer = std::function<result<void>(const std::vector<unsigned>& clients)>;

  explicit commit_group(batch_writer write) : write_(std::move(write)) {}

  /// Returns when what the client wants is written. Errors: that of the batch it was in; once one has failed, the same
  /// for everybody.
  [[nodiscard]] auto join(unsigned client) -> result<void>;

private:
  batch_writer write_;
  std::mutex mutex_; // guards what follows
  std::condition_variable changed_;
  std::vector<unsigned> waiting_;
  std::uint64_t gathered_ = 1; ///< The number of the batch that those who wait will be.
  std::uint64_t written_ = 0;  ///< That of the last one that was written.
  bool is_writing_ = false;
  std::optional<error> failure_;
};

} // namespace tusker::bench
