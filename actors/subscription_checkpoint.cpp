#include <tusker/actors/subscription_checkpoint.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/read_commit_check.hpp>

#include <algorithm>
#include <exception>
#include <string>
#include <utility>
#include <variant>

namespace tusker {

namespace {

/// An entry without rows has nothing that another version would make in another way.
constexpr projection_version entry_version{1};

/// Somebody who claims the same entry at the same moment is outrun after so many.
constexpr int claims_max = 10;

auto claim_log(read_store& store, const projection_entry& entry, log_id log) -> result<epoch> {
  auto seen = entry.epoch_of(log);
  for (auto attempt = 0; attempt < claims_max; ++attempt) {
    auto verdict = store.claim(entry.name, log, seen);
    if (!verdict)
      return fail(verdict.error());
    if (const auto* claimed = std::get_if<log_claimed>(&*verdict))
      return claimed->owner;
    seen = std::get<fenced>(*verdict).current;
  }
  return fail(runtime_errc::subscription_displaced,
              "others claim " + tusker::quoted(entry.name) + " again and again");
}

auto check_head(const journal_reader& journal, const checkpoint_request& wanted, log_offset offset)
    -> result<void> {
  auto head = journal.head(wanted.log);
  if (!head)
    return fail(head.error());
  if (offset <= *head)
    return {};
  return fail(runtime_errc::beyond_the_log,
              "checkpoint " + tusker::quoted(wanted.name) + " is to be at offset " +
                  std::to_string(offset.value()) + ", but the journal ends at " +
                  std::to_string(head->value()) +
                  ": was it restored from a backup? Drop the checkpoint, or go on "
                  "under another name");
}

/// One that cannot be used is not taken from who may be using it.
auto check_usable(const journal_reader& journal, const checkpoint_request& wanted,
                  const std::optional<stored_checkpoint>& present) -> result<void> {
  if (present && !present->refused.empty())
    return fail(runtime_errc::beyond_the_log, present->refused);
  return check_head(journal, wanted, present && present->offset ? *present->offset : wanted.start);
}

auto guarded_commit(read_store& store, const read_commit& step) -> result<commit_verdict> {
  try {
    return store.commit(step);
  } catch (const std::exception& thrown) {
    return fail(journal_errc::io_error, std::string("the read store's engine threw: ") + thrown.what());
  } catch (...) {
    return fail(journal_errc::io_error, "the read store's engine threw");
  }
}

} // namespace

auto subscription_checkpoint::claim(const std::shared_ptr<read_store>& store, const journal_reader& journal,
                                    const checkpoint_request& wanted, timestamp now)
    -> result<subscription_checkpoint> {
  auto name = checkpoint_entry_name(wanted.name, wanted.log);
  if (!name)
    return fail(name.error());
  auto entry = store->add_projection(*name, entry_version);
  if (!entry)
    return fail(entry.error());
  if (auto usable = check_usable(journal, wanted, checkpoint_in(*entry)); !usable)
    return fail(usable.error());
  auto owner = claim_log(*store, *entry, wanted.log);
  if (!owner)
    return fail(owner.error());
  // Only now does it stand still: until the claim somebody else may have moved it.
  auto found = store->find_projection(*name);
  if (!found)
    return fail(found.error());
  if (!*found)
    return fail(unknown_projection(*name));
  const auto present = checkpoint_in(**found);
  auto made = subscription_checkpoint(store, wanted.name,
                                      {*name, (*found)->serving.number, wanted.log, *owner, {}, {}},
                                      std::max<std::uint64_t>(wanted.offsets_max, 1));
  if (present && present->offset)
    made.stored_ = *present->offset;
  else if (auto begun = made.commit(wanted.start, now); !begun)
    return fail(begun.error());
  return made;
}

auto subscription_checkpoint::is_due(log_offset handled) const -> bool {
  return handled > stored_ && handled.value() - stored_.value() >= offsets_max_;
}

auto subscription_checkpoint::store(log_offset handled, timestamp now) -> result<void> {
  return handled > stored_ ? commit(handled, now) : result<void>();
}

auto subscription_checkpoint::commit(log_offset to, timestamp now) -> result<void> {
  auto store = store_.lock();
  if (!store)
    return fail(runtime_errc::stopped, "the read store was closed with its runtime");
  place_.from = stored_;
  place_.to = to;
  // A time of 0 would say that there was no commit.
  place_.time = std::max(now, timestamp(std::chrono::microseconds(1)));
  auto verdict = guarded_commit(*store, place_);
  if (!verdict)
    return fail(verdict.error());
  if (!std::holds_alternative<read_committed>(*verdict))
    return displaced();
  stored_ = to;
  return {};
}

auto subscription_checkpoint::displaced() const -> tl::unexpected<error> {
  return fail(runtime_errc::subscription_displaced,
              "the subscription stops: somebody else has claimed its checkpoint " + tusker::quoted(name_) +
                  ", or dropped it");
}

} // namespace tusker
