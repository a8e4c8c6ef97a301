#pragma once

#include <tusker/model/command_envelope.hpp>
#include <tusker/model/context.hpp>
#include <tusker/model/encoded_message.hpp>
#include <tusker/model/event_data.hpp>
#include <tusker/model/outbox_entry.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/saga_ending.hpp>
#include <tusker/model/timer_change.hpp>
#include <tusker/model/topic_message.hpp>
#include <tusker/model/upcaster_chain.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// What a command came to before it is durable, encoded.
struct encoded_decision {
  std::vector<event_data> events;
  std::optional<encoded_message> rejection;
  /// What is published with it; none with a rejection.
  std::vector<topic_message> messages = {};
  timer_change timers = {};
  /// Commands that are sent with it.
  std::vector<outbox_entry> calls = {};
  /// The command was none of its business: nothing is recorded, not even a receipt.
  bool is_void = false;
};

/// One aggregate with its state, seen without its type: what the actor that owns it needs.
///
/// recorded events ─ apply ─▶ state ─ decide ─▶ pending events ─┬─ confirm ─▶ state
///                                                              └─ discard ─▶ as before
class aggregate_instance {
public:
  aggregate_instance() = default;
  aggregate_instance(const aggregate_instance&) = delete;
  auto operator=(const aggregate_instance&) -> aggregate_instance& = delete;
  virtual ~aggregate_instance() = default;

  /// Takes in the next event of its stream, whatever it says in today's types: one, several or none. Errors: those of
  /// `upcaster_chain::upcast`, and `schema_mismatch`; each names stream, version and position. The state is then as
  /// before.
  [[nodiscard]] virtual auto apply(const recorded_event& event) -> result<void> = 0;

  /// Puts a snapshot in the place of the initial state. Returns whether it did: one that is not of this state's type
  /// and schema version, or cannot be read, is passed over. REQUIRES: nothing was applied yet.
  [[nodiscard]] virtual auto restore(const encoded_message& snapshot) -> bool = 0;

  /// The state as a snapshot; none when its type declares none, or it cannot be encoded.
  [[nodiscard]] virtual auto take_snapshot() const -> std::optional<encoded_message> = 0;

  /// Decides about a command; the state does not change before `confirm`. Errors:
  /// `model_errc::unknown_command_type`, `unsupported_schema_version`, `schema_mismatch`, `malformed_json`,
  /// `not_encodable`.
  [[nodiscard]] virtual auto decide(const command_envelope& command, const context& given)
      -> result<encoded_decision> = 0;

  /// The events of the last decision are durable: they become part of the state.
  virtual void confirm() = 0;

  /// The events of the last decision were not recorded.
  virtual void discard() = 0;

  /// Whether nothing will happen to it by itself any more: it need not stay in memory.
  [[nodiscard]] virtual auto is_at_rest() const -> bool { return false; }

  /// How it has ended, where that is all there is to tell of it; none where its stream tells more, or it has not.
  [[nodiscard]] virtual auto ending() const -> std::optional<saga_ending> { return std::nullopt; }

  /// What keeps it from going on until somebody decides, for people; empty where nothing does.
  [[nodiscard]] virtual auto standstill() const -> std::string { return {}; }
};

/// An aggregate's type, seen without the type: what the runtime needs to host it.
struct aggregate_type {
  std::string name;
  std::vector<std::string> command_names;
  std::vector<std::string> event_names;
  /// Makes an instance in its initial state.
  std::function<std::unique_ptr<aggregate_instance>()> make;
  /// The way of its stored events to today's types, for everybody who reads them; or what is wrong with its upcasters.
  result<upcaster_chain> event_chain = make_upcaster_chain(std::vector<message_type>());
};

/// The id of the event number `index` (from 0) that a command led to.
[[nodiscard]] auto derive_event_id(const command_envelope& command, timestamp time, std::size_t index)
    -> event_id;

/// The metadata of what a command leads to: its own, with itself as the cause, and as the correlation if it has none.
[[nodiscard]] auto caused_by(const command_envelope& command) -> metadata;

/// The events as they go to the journal: ids, time and the command's metadata added, the command as their cause.
[[nodiscard]] auto to_event_data(std::vector<encoded_message> contents, const command_envelope& command,
                                 timestamp time) -> std::vector<event_data>;

} // namespace tusker
