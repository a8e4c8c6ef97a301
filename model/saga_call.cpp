#include <tusker/model/saga_call.hpp>

#include <tusker/model/aggregate_instance.hpp>

#include <array>
#include <charconv>
#include <chrono>
#include <string>
#include <utility>

namespace tusker {

namespace {

/// The time, then the low twelve bits of the number where a UUIDv7 may have a counter (RFC 9562, section 6.2), then
/// hash bits. An outbox is read in the order of ids, so calls of one millisecond, too, are found in the order of their
/// making.
auto id_of_call(timestamp time, std::string_view saga, std::uint32_t call) -> uuid {
  auto number = std::to_string(call);
  auto id = derive_uuid(time, std::array<std::string_view, 3>{"tusker.saga.call", saga, number});
  id.bytes[6] = static_cast<std::uint8_t>(0x70U | ((call >> 8U) & 0x0FU));
  id.bytes[7] = static_cast<std::uint8_t>(call & 0xFFU);
  return id;
}

} // namespace

auto make_call_entry(saga_send send, const command_envelope& cause, timestamp time) -> outbox_entry {
  auto meta = caused_by(cause);
  meta.user.insert_or_assign(std::string(saga_entry), cause.target.name());
  meta.user.insert_or_assign(std::string(saga_call_entry), std::to_string(send.call));
  // Where the twelve bits begin anew the millisecond is one more.
  auto id = id_of_call(time + std::chrono::milliseconds(send.call >> 12U), cause.target.name(), send.call);
  return {id, send.target.name(), std::move(send.content), std::move(meta)};
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
  if (id_of_call(time_of(meta.causation_id), call->saga.name(), call->number) != meta.causation_id)
    return std::nullopt;
  return std::move(call->saga);
}

auto answer_id_of(const outbox_entry& call) -> command_id {
  auto text = to_string(call.id);
  auto parts = std::array<std::string_view, 2>{"tusker.saga.answer", text};
  return command_id(derive_uuid(time_of(call.id), parts));
}

} // namespace tusker
