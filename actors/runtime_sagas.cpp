// The part of `runtime_core` that hosts sagas.

#include <tusker/actors/runtime_core.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/model/quoted_text.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace tusker {

/// A saga is an aggregate type that is told of events by a subscriber.
void runtime_core::add_saga(result<saga_type> type, const saga_options& options) {
  std::lock_guard lock(life_);
  auto added = result<void>();
  if (!type)
    added = fail(type.error());
  else if (phase_ != phase::adding)
    added = fail(runtime_errc::already_started, "saga '" + type->name + "' was added after the start");
  else
    added = bus_.add(type->instances);
  if (!added) {
    if (!fault_)
      fault_ = added.error();
    return;
  }
  auto shared = std::make_shared<const saga_type>(std::move(*type));
  (void)deliveries_.add(make_saga_feed(shared),
                        feed_options_of(options)); // what is wrong with it, `start` says
  sagas_.emplace(shared->name, shared);
}

auto runtime_core::find_saga(std::string_view saga) const -> result<std::shared_ptr<const saga_type>> {
  if (auto found = sagas_.find(saga); found != sagas_.end())
    return found->second;
  std::vector<std::string> known;
  known.reserve(sagas_.size());
  for (const auto& [name, type] : sagas_)
    known.push_back(name);
  return fail(runtime_errc::unknown_saga,
              "there is no saga " + tusker::quoted(saga) + name_hint(saga, known));
}

auto runtime_core::start_saga(std::string_view saga, result<encoded_message> given,
                              const dispatch_options& options) -> pending<receipt> {
  auto type = find_saga(saga);
  if (!type)
    return send(fail(type.error()), options);
  if (!given)
    return send(fail(given.error()), options);
  const auto& event = *given;
  const auto& starts = (*type)->starts;
  auto start =
      std::find_if(starts.begin(), starts.end(), [&](const auto& each) { return each.first == event.type; });
  if (start == starts.end()) {
    std::vector<std::string> known;
    known.reserve(starts.size());
    for (const auto& each : starts)
      known.push_back(each.first);
    return send(
        fail(model_errc::unknown_event_type, "saga " + tusker::quoted(saga) + " does not start with " +
                                                 tusker::quoted(event.type) + name_hint(event.type, known)),
        options);
  }
  recorded_event happened;
  happened.stream = *stream_id::make(start->second, "-");
  happened.data.content = event;
  happened.data.meta = options.meta;
  auto telling = make_telling(**type, happened, 0);
  if (!telling)
    return send(fail(telling.error()), options);
  telling->id = new_command_id(options);
  return send(std::move(telling), options);
}

auto runtime_core::tell_saga(std::string_view saga, std::string_view key, result<encoded_message> wish,
                             const dispatch_options& options) -> pending<receipt> {
  if (auto type = find_saga(saga); !type)
    return send(fail(type.error()), options);
  return dispatch(saga, key, std::move(wish), options);
}

auto runtime_core::await_saga(std::string_view saga, std::string_view key, std::chrono::milliseconds timeout)
    -> pending<saga_look> {
  auto state = std::make_shared<pending_state<saga_look>>();
  auto answer = pending<saga_look>(state);
  auto type = find_saga(saga);
  auto instance = stream_id::make(saga, key);
  auto journal = reader();
  if (!type)
    (void)state->complete(fail(type.error()));
  else if (!instance)
    (void)state->complete(fail(instance.error()));
  else if (!journal)
    (void)state->complete(
        fail(runtime_errc::stopped, "no saga can be waited for: the runtime was shut down"));
  else {
    // First it waits, then it looks: an end between the two is not missed.
    auto number = saga_board_->wait(*instance, timeout, state);
    auto look = look_at_saga(*journal, *instance);
    if (!look || (*look && is_at_rest((*look)->phase))) {
      saga_board_->forget(number);
      (void)state->complete(look ? result<saga_look>(std::move(**look)) : fail(look.error()));
    }
  }
  return answer;
}

auto runtime_core::saga_of(std::string_view saga, std::string_view key) const
    -> result<std::optional<saga_look>> {
  if (auto type = find_saga(saga); !type)
    return fail(type.error());
  auto instance = stream_id::make(saga, key);
  if (!instance)
    return fail(instance.error());
  auto journal = reader();
  if (!journal)
    return fail(runtime_errc::stopped, "no saga can be read: the runtime was shut down");
  return look_at_saga(*journal, *instance);
}

auto runtime_core::sagas(const saga_query& query) const -> result<saga_page> {
  if (auto type = find_saga(query.saga); !type)
    return fail(type.error());
  auto journal = reader();
  if (!journal)
    return fail(runtime_errc::stopped, "no sagas can be read: the runtime was shut down");
  return list_sagas(*journal, query);
}

} // namespace tusker
