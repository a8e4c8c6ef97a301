#include "verdict_text.hpp"

#include <tusker/model/visitor.hpp>

namespace tusker::contract {

namespace {

auto place(stream_version version, position at) -> std::string {
  return "version " + std::to_string(version.value()) + " at " + std::to_string(at.offset.value());
}

auto outcome_text(const command_outcome& outcome) -> std::string {
  auto rejection = outcome.rejection ? ", rejected: " + outcome.rejection->type : std::string();
  return place(outcome.version, outcome.at) + ", " + std::to_string(outcome.event_count) + " events" +
         rejection;
}

} // namespace

auto to_text(const append_verdict& verdict) -> std::string {
  return std::visit(
      visitor{
          [](const appended& is) { return "appended " + place(is.version, is.at); },
          [](const version_conflict& is) {
            return "conflict: expected " + to_string(is.expected) + ", actual " +
                   std::to_string(is.actual.value());
          },
          [](const duplicate_command& is) { return "duplicate of " + outcome_text(is.first); },
          [](const command_id_reused&) { return std::string("command id reused"); },
          [](const command_expired& is) { return "expired, kept from " + to_string(is.kept_from); },
          [](const fenced& is) { return "fenced by epoch " + std::to_string(is.current.value()); },
          [](const refused& is) { return "refused: " + to_string(is.why); },
          [](const timer_gone&) { return std::string("timer gone"); },
      },
      verdict);
}

auto refusal_code(const append_verdict& verdict) -> std::string {
  const auto* refusal = std::get_if<refused>(&verdict);
  return refusal != nullptr ? refusal->why.code().message() : to_text(verdict);
}

} // namespace tusker::contract
