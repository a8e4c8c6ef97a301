#pragma once

#include <tusker/model/aggregate.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/saga_input.hpp>
#include <tusker/model/saga_step.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/model/variant_codec.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

/// A call of a saga of free form was answered. Only sagas hear of it that have it among their inputs.
struct call_answered {
  std::string call; ///< Its name.
  call_outcome outcome = call_outcome::accepted;
  /// The rejection's type, or what failed.
  std::string detail;

  static constexpr auto schema =
      command("tusker.CallAnswered", 1, field("call", &call_answered::call),
              field("outcome", &call_answered::outcome), field("detail", &call_answered::detail));
};

/// What a saga of free form makes of an input: commands that it sends, reminders to itself, and its end. All of it is
/// durable with the input, or nothing.
///
///   return saga_decision<loyalty>().send<account>("bonus", customer, add_points{10}).complete();
template <class S>
class saga_decision {
public:
  struct call {
    std::string name;
    result<saga_command> command;
  };
  struct reminder {
    std::string name;
    timestamp due;
    std::optional<result<encoded_message>> message; ///< None: it is cancelled.
  };

  /// Sends a command; its name is for `call_answered`, and for people.
  template <aggregate A, class Command>
  auto send(std::string name, std::string_view key, const Command& command) && -> saga_decision&& {
    static_assert(is_alternative_of<Command, typename A::command>,
                  "a saga sends an aggregate one of the aggregate's own commands");
    auto target = stream_id::make(A::type_name, key);
    auto content = encode_message(command);
    calls_.push_back({std::move(name), target && content ? result<saga_command>(saga_command{
                                                               std::move(*target), std::move(*content)})
                                                         : fail(target ? content.error() : target.error())});
    return std::move(*this);
  }

  /// Brings the saga one of its own inputs at that time, or late rather than never. Name and time name the reminder.
  template <class Message>
  auto remind(std::string name, timestamp due, const Message& message) && -> saga_decision&& {
    static_assert(is_alternative_of<Message, typename S::input>, "a reminder is one of the saga's inputs");
    reminders_.push_back({std::move(name), due, encode_message(message)});
    return std::move(*this);
  }
  auto cancel_reminder(std::string name, timestamp due) && -> saga_decision&& {
    reminders_.push_back({std::move(name), due, std::nullopt});
    return std::move(*this);
  }

  /// It is over, and all went well.
  auto complete() && -> saga_decision&& {
    end_ = end_kind::completed;
    return std::move(*this);
  }
  /// It is over; what it had done is undone.
  auto compensated(std::string why) && -> saga_decision&& {
    end_ = end_kind::compensated;
    why_ = std::move(why);
    return std::move(*this);
  }

  enum class end_kind { none, completed, compensated };

  [[nodiscard]] auto calls() const -> const std::vector<call>& { return calls_; }
  [[nodiscard]] auto reminders() const -> const std::vector<reminder>& { return reminders_; }
  [[nodiscard]] auto end() const -> end_kind { return end_; }
  [[nodiscard]] auto why() const -> const std::string& { return why_; }

private:
  std::vector<call> calls_;
  std::vector<reminder> reminders_;
  end_kind end_ = end_kind::none;
  std::string why_;
};

} // namespace tusker
