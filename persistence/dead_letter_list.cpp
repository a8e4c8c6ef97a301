#include <tusker/persistence/dead_letter_list.hpp>

#include <tusker/persistence/delivery_notes.hpp>

#include <utility>

namespace tusker {

namespace {

/// Read at once, and looked at by the filter.
constexpr std::size_t letters_at_once = 500;

/// Adds those of one subscriber behind `after`, as long as the page has room. Whether it came to the end.
auto add_of(const journal_reader& journal, const std::string& subscriber, log_offset after,
            const dead_letter_query& query, dead_letter_page& page) -> result<bool> {
  for (;;) {
    auto letters = read_dead_letters(journal, subscriber, after, letters_at_once);
    if (!letters)
      return fail(letters.error());
    if (letters->empty())
      return true;
    for (auto& letter : *letters) {
      if (page.letters.size() >= query.letters_max) {
        page.next = dead_letter_place{subscriber, after};
        return false;
      }
      after = letter.offset;
      if (fits(letter, query.filter))
        page.letters.push_back(std::move(letter));
    }
  }
}

} // namespace

auto list_dead_letters(const journal_reader& journal, const dead_letter_query& query)
    -> result<dead_letter_page> {
  dead_letter_page page;
  auto from = query.after.value_or(dead_letter_place{query.subscriber, {}});
  if (!from.subscriber.empty()) {
    auto ended = add_of(journal, from.subscriber, from.offset, query, page);
    if (!ended)
      return fail(ended.error());
    if (!*ended)
      return page;
  }
  for (auto after = from.subscriber; query.subscriber.empty();) {
    auto names = list_subscribers(journal, after, 1);
    if (!names)
      return fail(names.error());
    if (names->empty())
      break;
    after = names->front();
    auto ended = add_of(journal, after, {}, query, page);
    if (!ended)
      return fail(ended.error());
    if (!*ended)
      break;
  }
  return page;
}

} // namespace tusker
