#include <tusker/model/saga_call.hpp>

#include <tusker/model/aggregate_instance.hpp>

#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace tusker {

auto make_call_entry(saga_send send, const command_envelope& cause, timestamp now) -> outbox_entry {
  auto number = std::to_string(send.call);
  auto parts = std::array<std::string_view, 3>{"tusker.saga.call", cause.target.name(), number};
  auto meta = caused_by(cause);
  meta.user.insert_or_assign(std::string(saga_entry), cause.target.name());
  meta.user.insert_or_assign(std::string(saga_call_entry), number);
  return {derive_uuid(now, parts), send.target.name(), std::move(send.content), std::move(meta)};
}

auto saga_call_of(const metadata& meta) -> std::optional<saga_call> {
  auto saga = meta.user.find(std::string(saga_entry));
  auto call = meta.user.find(std::string(saga_call_entry));
  if (saga == meta.user.end() || call == meta.user.end())
    return std::nullopt;
  auto stream = stream_id::parse(saga->second);
  std::uint32_t number = 0;
  const auto& text = call->second;
  auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!stream || read.ec != std::errc() || read.ptr != text.data() + text.size())
    return std::nullopt;
  return saga_call{std::move(*stream), number};
}

auto saga_call_of(const outbox_entry& entry) -> std::optional<saga_call> {
  // A topic's name has a colon where a category has none.
  return stream_id::parse(entry.target) ? saga_call_of(entry.meta) : std::nullopt;
}

auto caller_of(const recorded_event& event) -> std::optional<stream_id> {
  const auto& meta = event.data.meta;
  auto call = saga_call_of(meta);
  if (!call)
    return std::nullopt;
  // Metadata may have been handed on; the id of the command was not.
  auto number = std::to_string(call->number);
  auto parts = std::array<std::string_view, 3>{"tusker.saga.call", call->saga.name(), number};
  if (derive_uuid(time_of(meta.causation_id), parts) != meta.causation_id)
    return std::nullopt;
  return std::move(call->saga);
}

auto answer_id_of(const outbox_entry& call) -> command_id {
  auto text = to_string(call.id);
  auto parts = std::array<std::string_view, 2>{"tusker.saga.answer", text};
  return command_id(derive_uuid(time_of(call.id), parts));
}

} // namespace tusker
