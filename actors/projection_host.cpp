#include <tusker/actors/projection_host.hpp>

#include <tusker/actors/followed_log.hpp>
#include <tusker/actors/projection_supervisor_actor.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/config/option_check.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/checkpoint_entry.hpp>
#include <tusker/persistence/lmdb_read_store.hpp>
#include <tusker/persistence/memory_read_store.hpp>
#include <tusker/persistence/read_commit_check.hpp>

#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/logger.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <filesystem>
#include <system_error>
#include <utility>

namespace tusker {

namespace {

auto check(const projection_type& type, const projection_options& options) -> result<void> {
  if (auto named = check_projection_name(type.name); !named)
    return named;
  if (is_checkpoint_entry(type.name))
    return fail(read_store_errc::invalid, "no projection can be named " + tusker::quoted(type.name) +
                                              ": names that begin with " +
                                              std::string(checkpoint_entry_prefix) + " are of checkpoints");
  return first_failure(
      check_range<std::size_t>("commit_events_max of " + type.name, options.commit_events_max, 1, 10'000),
      check_range<std::uint32_t>("retries.attempts_max of " + type.name, options.retries.attempts_max, 1,
                                 1'000'000));
}

/// Empty for one in memory.
auto folder_of_store(const runtime_options& options) -> std::filesystem::path {
  const auto& chosen = options.read_store.directory;
  return chosen.empty() && !options.journal.directory.empty() ? read_store_folder(options.journal.directory)
                                                              : chosen;
}

auto has_read_store(const runtime_options& options) -> bool {
  auto folder = folder_of_store(options);
  std::error_code failed;
  return !folder.empty() && std::filesystem::exists(folder / "data.mdb", failed);
}

auto open_store(const runtime_options& options, const journal_reader& journal)
    -> result<std::shared_ptr<read_store>> {
  auto info = journal.info();
  if (!info)
    return fail(info.error());
  auto chosen = options.read_store;
  chosen.journal = info->id;
  chosen.directory = folder_of_store(options);
  auto opened = chosen.directory.empty() ? open_memory_read_store(chosen) : open_lmdb_read_store(chosen);
  if (!opened)
    return fail(opened.error());
  return std::shared_ptr<read_store>(std::move(*opened));
}

} // namespace

void projection_host::add(result<projection_type> type, const projection_options& options) {
  std::lock_guard lock(mutex_);
  auto checked = type ? check(*type, options) : result<void>(fail(type.error()));
  if (checked && projections_.find(type->name) != projections_.end())
    checked =
        fail(runtime_errc::duplicate_type, "projection " + tusker::quoted(type->name) + " is added twice");
  if (!checked) {
    if (!fault_)
      fault_ = checked.error();
    return;
  }
  auto name = type->name;
  auto core = std::make_shared<projection_core>(name, type->version);
  projections_.emplace(std::move(name),
                       hosted{std::make_shared<const projection_type>(std::move(*type)), options, core});
}

auto projection_host::open(const runtime_options& options, const journal_reader& journal,
                           std::shared_ptr<read_store> given) -> result<void> {
  std::lock_guard lock(mutex_);
  if (fault_)
    return fail(*fault_);
  limits_ = options.read_store.limits;
  store_ = std::move(given);
  if (!projections_.empty())
    return open_if_closed(options, journal);
  // It may be that nobody needs one. If there is one, its checkpoints are looked at before the journal grows; if it
  // cannot be opened, that is told to whoever needs it.
  if (store_ || has_read_store(options))
    (void)open_if_closed(options, journal);
  return {};
}

auto projection_host::checkpoints(const runtime_options& options, const journal_reader& journal)
    -> result<std::shared_ptr<read_store>> {
  std::lock_guard lock(mutex_);
  if (auto opened = open_if_closed(options, journal); !opened)
    return fail(opened.error());
  return store_;
}

auto projection_host::open_if_closed(const runtime_options& options, const journal_reader& journal)
    -> result<void> {
  if (is_open_)
    return {};
  if (!store_) {
    auto opened = open_store(options, journal);
    if (!opened)
      return fail(opened.error());
    store_ = std::move(*opened);
  }
  if (auto looked = refuse_checkpoints_ahead(*store_, journal); !looked)
    return fail(looked.error());
  is_open_ = true;
  return {};
}

void projection_host::start(caf::actor_system& system, const std::shared_ptr<const node_context>& context) {
  std::lock_guard lock(mutex_);
  reader_ = context->reader;
  positions_ = context->positions;
  clock_ = context->clock;
  if (projections_.empty())
    return;
  projection_supervisor_state::settings all;
  all.reserve(projections_.size());
  for (const auto& [name, each] : projections_) {
    each.core->set_phase(projection_phase::catching_up);
    all.push_back({each.type, store_, limits_, each.options, each.core, followed_log});
  }
  supervisor_ = system.spawn(make_projection_supervisor, context, std::move(all));
  caf::logger::set_current_actor_system(nullptr); // as in `runtime_core::spawn_actors`
}

void projection_host::stop() {
  std::lock_guard lock(mutex_);
  if (auto supervisor = std::exchange(supervisor_, nullptr))
    caf::anon_send_exit(supervisor, caf::exit_reason::user_shutdown);
}

void projection_host::close() {
  std::lock_guard lock(mutex_);
  store_.reset();
  is_open_ = false;
  reader_.reset();
  for (const auto& [name, each] : projections_)
    each.core->set_phase(projection_phase::stopped);
}

auto projection_host::status_of(const hosted& projection) const -> projection_status {
  auto head = positions_ ? positions_->head(followed_log) : before_all_events;
  return projection.core->status(head, clock_ ? clock_->now() : timestamp());
}

auto projection_host::unknown(std::string_view name) const -> tl::unexpected<error> {
  std::vector<std::string> known;
  known.reserve(projections_.size());
  for (const auto& [each, projection] : projections_)
    known.push_back(each);
  return fail(runtime_errc::unknown_projection,
              "there is no projection " + tusker::quoted(name) + name_hint(name, known));
}

auto projection_host::status(std::string_view name) const -> result<projection_status> {
  std::lock_guard lock(mutex_);
  auto found = projections_.find(name);
  if (found == projections_.end())
    return unknown(name);
  return status_of(found->second);
}

auto projection_host::statuses() const -> std::vector<projection_status> {
  std::lock_guard lock(mutex_);
  std::vector<projection_status> all;
  all.reserve(projections_.size());
  for (const auto& [name, each] : projections_)
    all.push_back(status_of(each));
  return all;
}

auto projection_host::running(std::string_view name) -> result<const hosted*> {
  auto found = projections_.find(name);
  if (found == projections_.end())
    return unknown(name);
  if (!supervisor_)
    return fail(runtime_errc::stopped, "no projection runs: the runtime has not started or was shut down");
  // It may not have begun, and then the store does not know it yet.
  if (auto added = store_->add_projection(name, found->second.type->version); !added)
    return fail(added.error());
  return &found->second;
}

void projection_host::tell(const hosted& projection, steer_projection::wish wanted) {
  caf::anon_send(supervisor_, steer_projection{projection.type->name, wanted});
}

auto projection_host::steer(std::string_view name, steer_projection::wish wanted) -> result<void> {
  std::lock_guard lock(mutex_);
  auto projection = running(name);
  if (!projection)
    return fail(projection.error());
  auto mode = wanted == steer_projection::wish::pause ? projection_mode::paused : projection_mode::running;
  if (auto noted = store_->set_mode(name, mode); !noted)
    return noted;
  tell(**projection, wanted);
  return {};
}

auto projection_host::rebuild(std::string_view name, const rebuild_options& how) -> result<void> {
  std::lock_guard lock(mutex_);
  auto projection = running(name);
  if (!projection)
    return fail(projection.error());
  auto head = reader_->head(followed_log);
  if (!head)
    return fail(head.error());
  if (how.from > *head) {
    return fail(runtime_errc::beyond_the_log, "projection " + tusker::quoted(name) +
                                                  " cannot be rebuilt from offset " +
                                                  std::to_string(how.from.value()) +
                                                  ": the journal ends at " + std::to_string(head->value()));
  }
  auto plan = build_plan{(*projection)->type->version, build_start::afresh};
  if (how.from > before_all_events)
    plan.from.emplace(followed_log, how.from);
  if (auto begun = store_->begin_build(name, plan); !begun)
    return fail(begun.error());
  (*projection)->core->want_rebuild();
  tell(**projection, steer_projection::wish::rebuild);
  return {};
}

auto projection_host::abandon_rebuild(std::string_view name) -> result<void> {
  std::lock_guard lock(mutex_);
  auto projection = running(name);
  if (!projection)
    return fail(projection.error());
  if (auto abandoned = store_->abandon_build(name); !abandoned)
    return abandoned;
  tell(**projection, steer_projection::wish::abandon);
  return {};
}

auto projection_host::find(std::string_view name) const -> result<served> {
  std::lock_guard lock(mutex_);
  auto found = projections_.find(name);
  if (found == projections_.end())
    return unknown(name);
  return served{found->second.type, found->second.core, store_};
}

auto projection_host::all_served() const -> std::vector<served> {
  std::lock_guard lock(mutex_);
  std::vector<served> all;
  all.reserve(projections_.size());
  for (const auto& [name, each] : projections_)
    all.push_back({each.type, each.core, store_});
  return all;
}

auto projection_host::prepare() -> result<void> {
  std::lock_guard lock(mutex_);
  for (const auto& [name, each] : projections_)
    if (auto added = store_->add_projection(name, each.type->version); !added)
      return fail(added.error());
  return {};
}

void projection_host::crash(const crash_projection& request) {
  std::lock_guard lock(mutex_);
  caf::anon_send(supervisor_, request);
}

} // namespace tusker
