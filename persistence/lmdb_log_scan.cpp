#include <tusker/persistence/lmdb_log_scan.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/lmdb_names.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace tusker {

namespace {

auto numbers_of(const journal_rows& rows, const lmdb_tables& tables, name_kind kind,
                const std::vector<std::string>& names)
    -> result<std::optional<std::unordered_set<std::uint32_t>>> {
  if (names.empty())
    return std::nullopt;
  std::unordered_set<std::uint32_t> numbers;
  for (const auto& name : names) {
    auto number = find_name(rows, tables, kind, name);
    if (!number)
      return fail(number.error());
    if (*number)
      numbers.insert((*number)->value());
  }
  return numbers;
}

constexpr std::size_t page_bytes = 4'096;
constexpr std::size_t line_bytes = 64;

// Inlined always: GCC takes a function that does nothing but this for one without effect, and drops its calls.

/// Tells the processor to fetch bytes that will be read. A hint: an address that nothing stands at does no harm.
[[gnu::always_inline]] inline void expect(const char* from, std::size_t bytes) {
  for (std::size_t at = 0; at < bytes; at += line_bytes)
    __builtin_prefetch(from + at);
}

/// Fetches the event behind the one that stands at `value` while that is read: half of a bare scan is waiting for
/// memory. What was appended in order stands in a page one below the other, and goes on at the upper end of the page
/// behind it; the next event is taken to be as long as this one.
[[gnu::always_inline]] inline void expect_event_behind(std::string_view value) {
  constexpr std::size_t front_bytes = 64; // What a page begins with, and a node.
  constexpr std::size_t bytes_max = 8 * line_bytes;
  auto bytes = std::min(value.size() + front_bytes / 2, bytes_max);
  auto in_page = reinterpret_cast<std::uintptr_t>(value.data()) % page_bytes;
  if (in_page >= front_bytes + bytes) {
    expect(value.data() - bytes, bytes);
    return;
  }
  const auto* page = value.data() - in_page + page_bytes;
  expect(page, front_bytes);
  expect(page + page_bytes - bytes, bytes);
}

} // namespace

auto header_filter::make(const journal_rows& rows, const lmdb_tables& tables, const log_filter& filter)
    -> result<header_filter> {
  auto types = numbers_of(rows, tables, name_kind::event_type, filter.types);
  if (!types)
    return fail(types.error());
  auto categories = numbers_of(rows, tables, name_kind::category, filter.categories);
  if (!categories)
    return fail(categories.error());
  header_filter made;
  made.types_ = std::move(*types);
  made.categories_ = std::move(*categories);
  for (auto shard : filter.shards)
    made.shards_.insert(shard.value());
  return made;
}

auto header_filter::passes(const event_header& header) const -> bool {
  return (!types_ || types_->contains(header.type.value())) &&
         (!categories_ || categories_->contains(header.category.value())) &&
         (shards_.empty() || shards_.contains(header.shard.value()));
}

auto log_scan::begin(const journal_rows& rows, const lmdb_tables& tables, log_offset after)
    -> result<log_scan> {
  auto cursor = row_cursor::open(rows, tables.events);
  if (!cursor)
    return fail(cursor.error());
  return log_scan(std::move(*cursor), after);
}

auto log_scan::next() -> result<bool> {
  auto wanted = offset_.next();
  if (wanted < offset_)
    return false; // Behind the last number there is.
  auto found = started_ ? cursor_.next() : cursor_.seek(event_key(wanted));
  if (!found)
    return fail(found.error());
  if (!*found)
    return false;
  started_ = true;
  expect_event_behind(cursor_.value());
  if (offset_of_event_key(cursor_.key()) != wanted)
    return fail(journal_errc::corrupt,
                "the event at offset " + std::to_string(wanted.value()) + " is missing");
  if (!decode_event_record_into(wanted, cursor_.value(), record_))
    return fail(journal_errc::corrupt,
                "the event at offset " + std::to_string(wanted.value()) + " is damaged");
  offset_ = wanted;
  return true;
}

auto log_scan::next_stored() -> result<void> {
  auto found = next();
  if (!found)
    return fail(found.error());
  if (!*found)
    return fail(journal_errc::corrupt,
                "the event behind offset " + std::to_string(offset_.value()) + " is missing");
  return {};
}

} // namespace tusker
