#include <tusker/persistence/offline_append.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <span>
#include <variant>

namespace tusker {

auto epoch_now(const journal& of, shard_id shard) -> result<epoch> {
  return of.shard_owners().map(
      [&](const std::vector<shard_owner>& owners) { return owners.at(shard.value()).current; });
}

auto append_offline(journal& to, const result<append_item>& item) -> result<void> {
  if (!item)
    return fail(item.error());
  auto verdicts = to.append(std::span(&*item, 1));
  if (!verdicts)
    return fail(verdicts.error());
  const auto& verdict = verdicts->front();
  if (std::holds_alternative<appended>(verdict))
    return {};
  if (const auto* no = std::get_if<refused>(&verdict))
    return fail(no->why);
  return fail(journal_errc::fenced, "somebody else writes to " + item->stream.name());
}

} // namespace tusker
