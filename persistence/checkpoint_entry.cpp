#include <tusker/persistence/checkpoint_entry.hpp>

#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/read_commit_check.hpp>

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>
#include <tuple>
#include <utility>

namespace tusker {

namespace {

constexpr std::size_t log_digits_max = std::numeric_limits<log_id::rep>::digits10 + 1;
static_assert(checkpoint_entry_prefix.size() + log_digits_max + 1 + checkpoint_name_bytes_max <=
              projection_name_bytes_max);

/// What is after the prefix: log and name.
auto split(std::string_view rest) -> std::optional<std::pair<log_id, std::string_view>> {
  log_id::rep log = 0;
  const auto* end = rest.data() + rest.size();
  auto [behind, failed] = std::from_chars(rest.data(), end, log);
  if (failed != std::errc() || behind == end || *behind != '.')
    return std::nullopt;
  return std::pair(log_id(log), rest.substr(static_cast<std::size_t>(behind - rest.data()) + 1));
}

auto why_ahead(const stored_checkpoint& checkpoint, log_offset head) -> std::string {
  return "checkpoint " + tusker::quoted(checkpoint.name) + " is at offset " +
         std::to_string(checkpoint.offset->value()) + ", but the journal ended at " +
         std::to_string(head.value()) +
         " when it was opened: was it restored from a backup? What was handled is of a history that is no "
         "more; drop the checkpoint, or go on under another name";
}

/// Whether that one had to be refused.
auto refuse_if_ahead(read_store& store, const journal_reader& journal, const projection_entry& entry)
    -> result<bool> {
  auto checkpoint = checkpoint_in(entry);
  if (!checkpoint || !checkpoint->offset || !checkpoint->refused.empty())
    return false;
  auto head = journal.head(checkpoint->log);
  if (!head)
    return fail(head.error());
  if (*checkpoint->offset <= *head)
    return false;
  if (auto noted = store.set_last_error(entry.name, why_ahead(*checkpoint, *head)); !noted)
    return fail(noted.error());
  return true;
}

} // namespace

auto checkpoint_entry_name(std::string_view checkpoint, log_id log) -> result<std::string> {
  if (auto named = check_checkpoint_name(checkpoint); !named)
    return fail(named.error());
  return std::string(checkpoint_entry_prefix)
      .append(std::to_string(log.value()))
      .append(".")
      .append(checkpoint);
}

auto checkpoint_in(const projection_entry& entry) -> std::optional<stored_checkpoint> {
  if (!is_checkpoint_entry(entry.name))
    return std::nullopt;
  auto parts = split(std::string_view(entry.name).substr(checkpoint_entry_prefix.size()));
  if (!parts)
    return std::nullopt;
  auto checkpoint = stored_checkpoint{std::string(parts->second), parts->first, {}, {}, entry.last_error};
  // An entry does not tell an offset of 0 from none, so it is the time of the first commit that does.
  checkpoint.moved = entry.serving.progressed;
  auto offset = entry.serving.offset_of(checkpoint.log);
  if (checkpoint.moved != timestamp() || offset != before_all_events)
    checkpoint.offset = offset;
  return checkpoint;
}

auto checkpoints_of(const read_store& store) -> result<std::vector<stored_checkpoint>> {
  auto entries = store.projections();
  if (!entries)
    return fail(entries.error());
  std::vector<stored_checkpoint> all;
  all.reserve(entries->size());
  for (const auto& entry : *entries)
    if (auto checkpoint = checkpoint_in(entry))
      all.push_back(std::move(*checkpoint));
  auto place = [](const stored_checkpoint& of) { return std::tuple(of.log, std::string_view(of.name)); };
  std::sort(all.begin(), all.end(),
            [&](const auto& left, const auto& right) { return place(left) < place(right); });
  return all;
}

auto refuse_checkpoints_ahead(read_store& store, const journal_reader& journal) -> result<std::size_t> {
  auto entries = store.projections();
  if (!entries)
    return fail(entries.error());
  std::size_t found = 0;
  for (const auto& entry : *entries) {
    auto refused = refuse_if_ahead(store, journal, entry);
    if (!refused)
      return fail(refused.error());
    found += *refused ? 1 : 0;
  }
  return found;
}

} // namespace tusker
