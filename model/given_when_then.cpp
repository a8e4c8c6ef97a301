#include <tusker/model/given_when_then.hpp>

namespace tusker {

namespace {

auto describe(const std::vector<encoded_message>& messages) -> std::string {
  if (messages.empty())
    return "  (nothing)\n";
  std::string text;
  for (const auto& message : messages)
    text += "  " + message.type + " " + message.json + "\n";
  return text;
}

} // namespace

auto stored(std::string type, std::uint16_t version, std::string json) -> encoded_message {
  return {std::move(type), schema_version(version), std::move(json)};
}

auto compare_timer(const timer_wish* actual, std::string_view name,
                   const std::optional<result<encoded_message>>& expected) -> verdict {
  if (expected && !*expected)
    return verdict(to_string(expected->error()));
  if (actual == nullptr)
    return verdict("nothing is said about the timer '" + std::string(name) + "' at that time");
  if (actual->command && !*actual->command)
    return verdict(to_string(actual->command->error()));
  auto commands_of = [](const std::optional<result<encoded_message>>& command) {
    return command ? std::vector{**command} : std::vector<encoded_message>();
  };
  return compare_messages(commands_of(expected), commands_of(actual->command));
}

auto compare_messages(const std::vector<encoded_message>& expected,
                      const std::vector<encoded_message>& actual) -> verdict {
  if (expected == actual)
    return {};
  return verdict("expected\n" + describe(expected) + "but got\n" + describe(actual));
}

} // namespace tusker
