#include <tusker/actors/delivery_rules.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/content_hash.hpp>
#include <tusker/model/parked_message.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <array>
#include <variant>

namespace tusker {

namespace {

constexpr std::size_t key_bytes_max = 100;

} // namespace

auto lane_key_of(std::string_view key) -> std::string {
  if (key.size() <= key_bytes_max)
    return std::string(key);
  auto parts = std::array<std::string_view, 1>{key};
  uuid hashed;
  hashed.bytes = hash_of(parts).bytes;
  return to_string(hashed);
}

auto kept_failure(std::string text) -> std::string {
  if (text.size() > failure_bytes_max) {
    text.resize(failure_bytes_max);
    // Not in the middle of a character.
    while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U)
      text.pop_back();
    if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0x80U)
      text.pop_back();
    text += "…";
  }
  return text;
}

auto outcome_of_step(const append_verdict& verdict, std::string_view subscriber) -> result<void> {
  if (std::holds_alternative<appended>(verdict) || std::holds_alternative<duplicate_command>(verdict))
    return {};
  if (const auto* no = std::get_if<refused>(&verdict))
    return fail(no->why);
  if (std::holds_alternative<fenced>(verdict))
    return fail(runtime_errc::subscriber_displaced,
                "another node owns subscriber " + tusker::quoted(subscriber) + " now");
  return fail(journal_errc::invalid_item,
              "the journal refused a step of subscriber " + tusker::quoted(subscriber));
}

} // namespace tusker
