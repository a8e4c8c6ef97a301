#include <tusker/actors/delivery_loading.hpp>

#include <utility>

namespace tusker {

auto load_delivery_book(const journal_reader& journal, std::string_view subscriber,
                        const delivery_cursor& cursor, const retry_policy& retries, delivery_limits limits,
                        timestamp now) -> result<delivery_book> {
  constexpr std::size_t notes_at_once = 1'000;
  delivery_book book(retries, limits, cursor.offset);
  for (auto after = before_all_events;;) {
    auto parked = read_parked(journal, subscriber, after, notes_at_once);
    if (!parked)
      return fail(parked.error());
    if (parked->empty())
      break;
    after = parked->back().offset;
    for (auto& each : *parked)
      book.restore(std::move(each), now);
  }
  for (auto after = cursor.offset;;) {
    auto dead = read_dead_letters(journal, subscriber, after, notes_at_once);
    if (!dead)
      return fail(dead.error());
    if (dead->empty())
      break;
    after = dead->back().offset;
    for (const auto& each : *dead)
      book.restore_dead(each.offset);
  }
  return book;
}

} // namespace tusker
