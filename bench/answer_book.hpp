#pragma once

#include <tusker/model/receipt.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <functional>
#include <vector>

namespace tusker::bench {

/// Keeps book of commands to a number of aggregates: whether each was answered exactly once, and what state the
/// receipts promise.
class answer_book {
public:
  explicit answer_book(std::uint64_t aggregates) : kept_(aggregates) {}

  /// A command of amount 1 was sent to that aggregate.
  void sent(std::uint64_t aggregate) { ++kept_[aggregate].sent; }
  void answered(std::uint64_t aggregate, const result<receipt>& outcome);

  /// Of all aggregates together.
  [[nodiscard]] auto receipts() const -> std::uint64_t { return receipts_; }
  [[nodiscard]] auto errors() const -> std::uint64_t { return errors_; }

  /// Whether there is exactly one answer for each command.
  [[nodiscard]] auto is_each_answered_once() const -> bool;

  /// Whether each aggregate's sum, as `sum_of` reads it, is the number of its receipts. Where an error left a command's
  /// effect unknown, it may be more by so many.
  [[nodiscard]] auto are_states_right(const std::function<result<std::int64_t>(std::uint64_t)>& sum_of) const
      -> bool;

private:
  struct entry {
    std::uint32_t sent = 0;
    std::uint32_t receipts = 0;
    std::uint32_t refused = 0; ///< It had no effect.
    std::uint32_t unknown = 0;
  };

  std::vector<entry> kept_;
  std::uint64_t receipts_ = 0;
  std::uint64_t errors_ = 0;
};

} // namespace tusker::bench
