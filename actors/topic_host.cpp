#include <tusker/actors/topic_host.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/append_check.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/random_id.hpp>

#include <utility>
#include <vector>

namespace tusker {

namespace {

auto check_topic(const topic_type& type) -> result<void> {
  if (auto stream = topic_stream(type.name); !stream)
    return fail(stream.error());
  if (!type.chain)
    return fail(type.chain.error().code(), "topic " + type.name + ": " + type.chain.error().message());
  return {};
}

} // namespace

topic_host::topic_host(const runtime_options& options, std::shared_ptr<runtime_counters> counters,
                       std::shared_ptr<const wall_clock> clock, std::shared_ptr<command_book> book)
    : message_bytes_max_(options.command_bytes_max), default_timeout_(options.dispatch_timeout),
      counters_(std::move(counters)), clock_(std::move(clock)), book_(std::move(book)),
      gate_(std::make_shared<publish_gate>(options.publishes_in_flight_max)) {}

void topic_host::add(topic_type type) {
  std::lock_guard lock(mutex_);
  auto checked = check_topic(type);
  if (checked && topics_.contains(type.name))
    checked = fail(runtime_errc::duplicate_type, "the topic '" + type.name + "' was added twice");
  if (!checked) {
    if (fault_)
      fault_ = checked;
    return;
  }
  auto name = type.name;
  topics_.emplace(std::move(name), std::make_shared<const topic_type>(std::move(type)));
}

auto topic_host::open() -> result<void> {
  std::lock_guard lock(mutex_);
  return fault_;
}

auto topic_host::find(std::string_view topic) const -> result<std::shared_ptr<const topic_type>> {
  std::lock_guard lock(mutex_);
  auto found = topics_.find(topic);
  if (found != topics_.end())
    return found->second;
  std::vector<std::string> known;
  known.reserve(topics_.size());
  for (const auto& [name, type] : topics_)
    known.push_back(name);
  return fail(runtime_errc::unknown_topic,
              "no topic " + tusker::quoted(topic) + " was added" + name_hint(topic, known));
}

auto topic_host::check(std::string_view topic, const result<encoded_message>& message,
                       const publish_options& options, const metadata& meta) const -> result<void> {
  if (!message)
    return fail(message.error());
  auto type = find(topic);
  if (!type)
    return fail(type.error());
  const auto& chain = *(*type)->chain;
  if (!chain.is_current(*message))
    return fail(undeclared_error({message->type, message->version}, chain.declared(),
                                 model_errc::unknown_event_type));
  if (options.id && options.id->is_nil())
    return fail(model_errc::malformed_id, message->type + ": the message id is nil, which names no message");
  if (auto bytes = size_of(*message) + size_of(meta); bytes > message_bytes_max_)
    return fail(journal_errc::too_large, message->type + ": the message has " + std::to_string(bytes) +
                                             " bytes with its metadata, the limit (command_bytes_max) is " +
                                             std::to_string(message_bytes_max_));
  return check_dispatch_timeout("the publish's timeout (ms)", options.timeout.value_or(default_timeout_));
}

auto topic_host::publish(std::string_view topic, result<encoded_message> message,
                         const publish_options& options) -> pending<published> {
  ++counters_->publishes;
  auto caller = std::make_shared<pending_state<published>>();
  auto refuse = [&](const error& why) {
    auto answer = result<published>(fail(why));
    counters_->count_publish(answer);
    caller->complete(std::move(answer));
    return pending<published>(caller);
  };
  auto meta = options.meta;
  if (!options.key.empty())
    set_message_key(meta, options.key);
  if (auto checked = check(topic, message, options, meta); !checked)
    return refuse(checked.error());
  auto id = options.id ? *options.id : message_id(random_uuid(clock_->now()));
  auto timeout = options.timeout.value_or(default_timeout_);
  auto open = std::make_shared<open_publish>(open_publish::parts{
      std::string(topic), id, std::move(*message), std::move(meta), timeout, caller, counters_, gate_});
  if (auto verdict = gate_->enter(open); verdict != gate_verdict::entered)
    return refuse(refusal(verdict));
  gate_->submit(open);
  return pending<published>(std::move(caller));
}

auto topic_host::refusal(gate_verdict verdict) const -> error {
  if (verdict == gate_verdict::full) {
    return {runtime_errc::overloaded, "publishes_in_flight_max (" + std::to_string(gate_->inside_max()) +
                                          ") is reached; try again later"};
  }
  auto stopped =
      error(runtime_errc::stopped, "the runtime takes no messages: it has not started or was shut down");
  return book_->failure().value_or(std::move(stopped));
}

} // namespace tusker
