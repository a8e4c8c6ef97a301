#include <tusker/persistence/verify_commit_log.hpp>

#include <tusker/persistence/apply_rows.hpp>
#include <tusker/persistence/commit_log_batch.hpp>
#include <tusker/persistence/commit_log_reader.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_identity.hpp>
#include <tusker/persistence/log_recovery.hpp>

#include <string>
#include <utility>

namespace tusker {

namespace {

constexpr std::string_view place = "commit log";

void check_changes(const verify_scope& scope, const owned_batch& batch) {
  auto checked = read_changes(batch.changes, [](const row_change& change) -> result<void> {
    return is_known(change) ? result<void>() : fail(journal_errc::corrupt, "it changes what is not known");
  });
  if (!checked)
    scope.notes().fault(place, "batch " + std::to_string(batch.sequence), checked.error().message());
}

} // namespace

auto read_log_to_verify(const std::filesystem::path& directory) -> result<std::vector<owned_batch>> {
  if (!has_commit_log(directory))
    return std::vector<owned_batch>();
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
  for (const auto& batch : *behind)
    check_changes(scope, batch);
  return {};
}

} // namespace tusker
