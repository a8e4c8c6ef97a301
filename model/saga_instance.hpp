#pragma once

#include <tusker/model/aggregate_instance.hpp>
#include <tusker/model/saga_data.hpp>
#include <tusker/model/saga_machine.hpp>
#include <tusker/model/saga_progress.hpp>
#include <tusker/model/saga_record.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace tusker {

/// One instance of a saga that is declared as a table, hosted like an aggregate: what it is told are its commands, its
/// transitions are its events. A transition brings along what is sent and the timers, and so all of it is one commit
/// with the receipt for the input.
class saga_instance final : public aggregate_instance {
public:
  /// The declaration of that version, or today's for none, with the data of an instance that has not begun; null when
  /// there is no such version.
  using opener = std::function<std::unique_ptr<saga_data>(std::optional<std::uint32_t> version)>;

  explicit saga_instance(opener open) : open_(std::move(open)) {}

  [[nodiscard]] auto apply(const recorded_event& event) -> result<void> override;
  [[nodiscard]] auto restore(const encoded_message& snapshot) -> bool override;
  [[nodiscard]] auto take_snapshot() const -> std::optional<encoded_message> override;
  [[nodiscard]] auto decide(const command_envelope& command, const context& given)
      -> result<encoded_decision> override;
  void confirm() override;
  void discard() override;
  [[nodiscard]] auto is_at_rest() const -> bool override;
  [[nodiscard]] auto ending() const -> std::optional<saga_ending> override;
  [[nodiscard]] auto standstill() const -> std::string override;

  [[nodiscard]] auto progress() const -> const saga_progress& { return progress_; }

private:
  struct turn;

  [[nodiscard]] auto open(std::optional<std::uint32_t> version) -> result<void>;
  [[nodiscard]] auto on_told(turn& now, const tell_saga& told) -> result<void>;
  [[nodiscard]] auto on_answer(turn& now, answer_saga answer) -> result<void>;
  void on_reminder(turn& now, const remind_saga& reminder);
  void on_retry(turn& now);
  void on_compensate(turn& now, const compensate_saga& wish);
  [[nodiscard]] auto finish(turn& now, const command_envelope& command, const context& given)
      -> result<encoded_decision>;

  opener open_;
  std::unique_ptr<saga_data> data_; ///< Once it has begun.
  saga_progress progress_;
  /// The latest time of its transitions, kept and as decided: the ids of calls rise by it, also after the clock was set
  /// back.
  timestamp latest_{};
  timestamp tried_latest_{};
  bool is_beginning_ = false; ///< The decision that is not confirmed is the first.
  /// What the last transition says, kept and as decided.
  saga_ending last_;
  std::optional<saga_ending> tried_last_;
};

/// What the runtime may send an instance by name, and what its stream holds.
[[nodiscard]] auto saga_command_names() -> std::vector<std::string>;
[[nodiscard]] auto saga_event_names() -> std::vector<std::string>;

/// A saga's own events, as everybody reads them.
[[nodiscard]] auto saga_event_chain() -> const result<upcaster_chain>&;

} // namespace tusker
