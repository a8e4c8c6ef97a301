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

auto compare_messages(const std::vector<encoded_message>& expected,
                      const std::vector<encoded_message>& actual) -> verdict {
  if (expected == actual)
    return {};
  return verdict("expected\n" + describe(expected) + "but got\n" + describe(actual));
}

} // namespace tusker
