#include <tusker/bench/order_book.hpp>

namespace tusker::bench {

auto totals_of_history(std::uint64_t orders) -> book_totals {
  book_totals all;
  for (std::uint64_t number = 0; number < orders; ++number) {
    auto price = static_cast<std::int64_t>(1'000 + number % 1'000);
    all.add(2'297 + 3 * price, number % 10 == 9 ? order_standing::cancelled : order_standing::confirmed);
  }
  return all;
}

auto order_book::totals() const -> book_totals {
  book_totals all;
  for (const auto& [order, entry] : entries_)
    all.add(entry.total, entry.status);
  return all;
}

} // namespace tusker::bench
