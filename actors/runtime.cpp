#include <tusker/actors/runtime.hpp>

#include <tusker/actors/runtime_core.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/reopenable_journal.hpp>
#include <tusker/persistence/stream_replay.hpp>

#include <cassert>
#include <utility>

namespace tusker {

auto runtime::open(const runtime_options& options) -> result<runtime> {
  if (auto checked = check(options); !checked)
    return fail(checked.error());
  auto engine = open_lmdb_journal(options.journal);
  if (!engine)
    return fail(engine.error());
  auto again = options.journal;
  again.mode = open_mode::open_existing;
  return open(options, std::make_unique<reopenable_journal>(std::move(*engine),
                                                            [again] { return open_lmdb_journal(again); }));
}

auto runtime::open(const runtime_options& options, std::unique_ptr<tusker::journal> engine)
    -> result<runtime> {
  if (auto checked = check_limits(options); !checked)
    return fail(checked.error());
  auto parts =
      runtime_parts{options, std::move(engine), std::make_shared<system_wall_clock>(), scheduling::threads};
  return runtime(std::make_shared<runtime_core>(std::move(parts)));
}

runtime::runtime(std::shared_ptr<runtime_core> core) : core_(std::move(core)) {}
runtime::runtime(runtime&& other) noexcept = default;
auto runtime::operator=(runtime&& other) noexcept -> runtime& = default;
runtime::~runtime() = default;

auto runtime::add(aggregate_type type) -> runtime& {
  core_->add(std::move(type));
  return *this;
}

auto runtime::add_projection(result<projection_type> type, const projection_options& how) -> runtime& {
  core_->add_projection(std::move(type), how);
  return *this;
}

auto runtime::add_subscriber(result<subscriber_type> type, const subscriber_options& how) -> runtime& {
  core_->add_subscriber(std::move(type), how);
  return *this;
}

auto runtime::subscribe(result<subscriber_type> type, const subscriber_options& how) -> result<void> {
  return core_->subscribe(std::move(type), how);
}

auto runtime::unsubscribe(std::string_view subscriber) -> pending<std::uint64_t> {
  return core_->deliveries().remove(subscriber);
}

auto runtime::subscriber_status_of(std::string_view subscriber) const -> result<subscriber_status> {
  return core_->deliveries().status(subscriber);
}

auto runtime::subscribers() const -> std::vector<subscriber_status> {
  return core_->deliveries().statuses();
}

auto runtime::pause_subscriber(std::string_view subscriber) -> pending<std::uint64_t> {
  return core_->deliveries().steer(subscriber, {{}, steer_delivery::wish::pause, {}, {}, {}});
}

auto runtime::resume_subscriber(std::string_view subscriber) -> pending<std::uint64_t> {
  return core_->deliveries().steer(subscriber, {{}, steer_delivery::wish::resume, {}, {}, {}});
}

auto runtime::dead_letters(const dead_letter_query& query) const -> result<dead_letter_page> {
  auto reader = core_->reader();
  if (!reader)
    return fail(runtime_errc::stopped, "dead letters cannot be read: the runtime was shut down");
  return list_dead_letters(*reader, query);
}

auto runtime::retry_dead_letters(std::string_view subscriber, std::vector<log_offset> offsets)
    -> pending<std::uint64_t> {
  return core_->deliveries().steer(subscriber, {{}, steer_delivery::wish::retry, std::move(offsets), {}, {}});
}

auto runtime::drop_dead_letters(std::string_view subscriber, std::vector<log_offset> offsets,
                                std::string reason) -> pending<std::uint64_t> {
  return core_->deliveries().steer(
      subscriber, {{}, steer_delivery::wish::drop, std::move(offsets), std::move(reason), {}});
}

auto runtime::dead_commands(const dead_command_query& query) const -> result<dead_command_page> {
  auto reader = core_->reader();
  if (!reader)
    return fail(runtime_errc::stopped, "dead commands cannot be read: the runtime was shut down");
  return list_dead_commands(*reader, query);
}

auto runtime::retry_dead_commands(std::vector<uuid> ids) -> pending<std::uint64_t> {
  return core_->deliveries().steer({steer_dead_commands::wish::retry, std::move(ids), {}, {}});
}

auto runtime::drop_dead_commands(std::vector<uuid> ids, std::string reason) -> pending<std::uint64_t> {
  return core_->deliveries().steer({steer_dead_commands::wish::drop, std::move(ids), std::move(reason), {}});
}

auto runtime::projection_status_of(std::string_view projection) const -> result<projection_status> {
  return core_->projections().status(projection);
}

auto runtime::projections() const -> std::vector<projection_status> {
  return core_->projections().statuses();
}

auto runtime::pause_projection(std::string_view projection) -> result<void> {
  return core_->projections().steer(projection, steer_projection::wish::pause);
}

auto runtime::resume_projection(std::string_view projection) -> result<void> {
  return core_->projections().steer(projection, steer_projection::wish::resume);
}

auto runtime::rebuild_projection(std::string_view projection, const rebuild_options& how) -> result<void> {
  return core_->projections().rebuild(projection, how);
}

auto runtime::abandon_rebuild(std::string_view projection) -> result<void> {
  return core_->projections().abandon_rebuild(projection);
}

auto runtime::add_query(std::string_view projection, query_handler handler) -> runtime& {
  core_->add_query(projection, std::move(handler));
  return *this;
}

auto runtime::add_topic(topic_type type) -> runtime& {
  core_->add_topic(std::move(type));
  return *this;
}

auto runtime::publish_encoded(std::string_view topic, result<encoded_message> message,
                              const publish_options& options) -> pending<published> {
  return core_->topics().publish(topic, std::move(message), options);
}

void runtime::ask(std::string_view query, std::any question, const query_options& options,
                  std::function<void(result<std::any>)> tell) {
  core_->queries().ask(query, std::move(question), options, std::move(tell));
}

auto runtime::projection_digest_of(std::string_view projection) const -> result<projection_digest> {
  return core_->digest_of_rows(projection);
}

auto runtime::change_stream(stream_step step) -> pending<stream_step_outcome> {
  return core_->change_stream(std::move(step));
}

auto runtime::read(std::string_view projection) const -> result<read_rows> {
  return core_->rows_of(projection);
}

auto runtime::start() -> result<void> {
  return core_->start();
}

auto runtime::journal() const -> const journal_reader& {
  return *core_->reader();
}

auto runtime::stats() const -> runtime_stats {
  return core_->stats();
}

auto runtime::measures() const -> runtime_measures {
  return core_->measures();
}

auto runtime::health() const -> result<void> {
  return core_->health();
}

auto runtime::subscribe(const subscribe_options& options, event_handler handler) -> result<subscription> {
  return core_->subscribe(options, std::move(handler));
}

auto runtime::checkpoints() const -> result<std::vector<stored_checkpoint>> {
  return core_->checkpoints();
}

auto runtime::drop_checkpoint(const std::string& name, log_id log) -> result<void> {
  return core_->drop_checkpoint(name, log);
}

auto runtime::shutdown() -> result<void> {
  return core_->shutdown();
}

auto runtime::given_up() const -> shutdown_report {
  return core_->given_up();
}

auto runtime::dispatch_encoded(std::string_view aggregate_type, std::string_view key,
                               result<encoded_message> command, const dispatch_options& options)
    -> pending<receipt> {
  return core_->dispatch(aggregate_type, key, std::move(command), options);
}

auto runtime::add_saga(result<saga_type> type, const saga_options& how) -> runtime& {
  core_->add_saga(std::move(type), how);
  return *this;
}

auto runtime::start_encoded(std::string_view saga, result<encoded_message> event,
                            const dispatch_options& options) -> pending<receipt> {
  return core_->start_saga(saga, std::move(event), options);
}

auto runtime::tell_saga(std::string_view saga, std::string_view key, result<encoded_message> wish,
                        const dispatch_options& options) -> pending<receipt> {
  return core_->tell_saga(saga, key, std::move(wish), options);
}

auto runtime::await_saga(std::string_view saga, std::string_view key, std::chrono::milliseconds timeout)
    -> pending<saga_look> {
  return core_->await_saga(saga, key, timeout);
}

auto runtime::saga_of(std::string_view saga, std::string_view key) const -> result<std::optional<saga_look>> {
  return core_->saga_of(saga, key);
}

auto runtime::sagas(const saga_query& query) const -> result<saga_page> {
  return core_->sagas(query);
}

auto runtime::change_timer(std::string_view aggregate_type, std::string_view key, const timer_wish& wish,
                           const dispatch_options& options) -> pending<receipt> {
  return core_->change_timer(aggregate_type, key, wish, options);
}

auto runtime::timers(const timer_range& range) const -> result<std::vector<pending_timer>> {
  return core_->timers(range);
}

auto runtime::replay(std::string_view aggregate_type, std::string_view key, aggregate_instance& into) const
    -> result<stream_version> {
  auto stream = stream_id::make(aggregate_type, key);
  if (!stream)
    return fail(stream.error());
  auto reader = core_->reader();
  if (!reader)
    return fail(runtime_errc::stopped, stream->name() + " cannot be read: the runtime was shut down");
  return recover_stream(*reader, *stream, into).map([](const recovered_stream& recovered) {
    return recovered.version;
  });
}

} // namespace tusker
