#include <tusker/persistence/verify_commit_log.hpp>

#include <tusker/persistence/apply_rows.hpp>
#include <tusker/persistence/commit_log_batch.hpp>
#include <tusker/persistence/commit_log_reader.hpp>
#include <tusker/persistence/event_record.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_identity.hpp>
#include <tusker/persistence/lmdb_keys.hpp>
#include <tusker/persistence/lmdb_store.hpp>
#include <tusker/persistence/log_recovery.hpp>

#include <string>
#include <utility>

namespace tusker {

namespace {

constexpr std::string_view place = "commit log";

/// An event must be the next one of the log, and whole.
auto check_event(const row_change& change, log_offset& head) -> result<void> {
  auto next = head.next();
  if (change.key != event_key(next))
    return fail(journal_errc::corrupt, "its events do not go on with offset " + std::to_string(next.value()));
  if (!decode_event_record(next, change.value))
    return fail(journal_errc::corrupt, "the event at offset " + std::to_string(next.value()) + " is damaged");
  head = next;
  return {};
}

/// `head` goes on with the batch's events.
void check_changes(const verify_scope& scope, const owned_batch& batch, log_offset& head) {
  auto checked = read_changes(batch.changes, [&](const row_change& change) -> result<void> {
    if (!is_known(change))
      return fail(journal_errc::corrupt, "it changes what is not known");
    auto is_event = lmdb_table_names[change.table].table == &lmdb_tables::events;
    return is_event ? check_event(change, head) : result<void>();
  });
  if (checked && head != batch.head)
    checked =
        fail(journal_errc::corrupt, "it says that it ends at offset " + std::to_string(batch.head.value()) +
                                        ", and ends at " + std::to_string(head.value()));
  if (!checked)
    scope.notes().fault(place, "batch " + std::to_string(batch.sequence), checked.error().message());
  head = batch.head;
}

} // namespace

auto read_log_to_verify(const std::filesystem::path& directory) -> result<std::vector<owned_batch>> {
  auto is_there = has_commit_log(directory);
  if (!is_there || !*is_there)
    return is_there.map([](bool) { return std::vector<owned_batch>(); });
  auto identity = read_identity(directory);
  // The identity has its own check, and a journal whose making was cut off has no log.
  if (!identity || !*identity)
    return std::vector<owned_batch>();
  return read_commit_log(directory, **identity);
}

auto verify_commit_log(verify_scope& scope, result<std::vector<owned_batch>> log) -> result<void> {
  if (!scope.has({"sys"}))
    return {};
  auto applied = applied_batch(scope.transaction(), scope.tables());
  if (!applied && applied.error().code() != journal_errc::corrupt)
    return fail(applied.error());
  if (!applied) {
    scope.notes().fault("sys", "logged", applied.error().message());
    return {};
  }
  auto behind = log ? batches_behind(*applied, std::move(*log)) : std::move(log);
  if (!behind) {
    scope.notes().fault(place, "", behind.error().message());
    return {};
  }
  auto& report = scope.notes().report();
  for (const auto& batch : *behind)
    check_changes(scope, batch, report.head);
  report.log_commits = behind->size();
  return {};
}

} // namespace tusker
