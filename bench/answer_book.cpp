#include <tusker/bench/answer_book.hpp>

#include <tusker/actors/runtime_errc.hpp>

#include <algorithm>

namespace tusker::bench {

void answer_book::answered(std::uint64_t aggregate, const result<receipt>& outcome) {
  auto& of = kept_[aggregate];
  if (outcome) {
    ++of.receipts;
    ++receipts_;
    return;
  }
  ++errors_;
  ++(outcome.error().code() == runtime_errc::overloaded ? of.refused : of.unknown);
}

auto answer_book::is_each_answered_once() const -> bool {
  return std::ranges::all_of(
      kept_, [](const entry& of) { return of.sent == of.receipts + of.refused + of.unknown; });
}

auto answer_book::are_states_right(const std::function<result<std::int64_t>(std::uint64_t)>& sum_of) const
    -> bool {
  for (std::uint64_t number = 0; number < kept_.size(); ++number) {
    const auto& of = kept_[number];
    auto sum = sum_of(number);
    if (!sum || *sum < of.receipts || *sum > std::int64_t{of.receipts} + of.unknown)
      return false;
  }
  return true;
}

} // namespace tusker::bench
