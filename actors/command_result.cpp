#include <tusker/actors/command_result.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>

namespace tusker {

namespace {

auto describe(const command_envelope& command) -> std::string {
  return command.content.type + " to " + command.target.name();
}

} // namespace

auto to_answer(const command_envelope& command, const command_outcome& outcome, receipt_kind kind)
    -> result<receipt> {
  if (outcome.rejection)
    return fail(runtime_errc::rejected,
                describe(command) + ": " + outcome.rejection->type + " " + outcome.rejection->json,
                *outcome.rejection);
  return receipt{command.id,          command.target, outcome.version,       outcome.at,
                 outcome.event_count, kind,           seen_token(outcome.at)};
}

auto conflict_error(const command_envelope& command, stream_version actual) -> error {
  return {journal_errc::version_conflict,
          describe(command) + ": expected version " + to_string(command.expected) +
              ", the stream has version " + std::to_string(actual.value()),
          version_conflict{command.expected, actual}};
}

auto reused_error(const command_envelope& command) -> error {
  return {journal_errc::command_id_reused, describe(command) + ": command id " + to_string(command.id) +
                                               " was used before for another command"};
}

auto expired_error(const command_envelope& command, timestamp kept_from) -> error {
  return {journal_errc::command_expired,
          describe(command) + ": command id " + to_string(command.id) + " is of " +
              to_string(time_of(command.id.value())) + ", results are kept from " + to_string(kept_from) +
              " on: whether it was carried out before is not known, so it is not carried out now"};
}

auto timer_gone_error(const command_envelope& command) -> error {
  return {runtime_errc::timer_gone, describe(command) + ": the timer that was due at " +
                                        to_string(command.fires->key.due) +
                                        " was cancelled, replaced or answered before"};
}

auto fenced_error(const command_envelope& command, epoch current) -> error {
  return {journal_errc::fenced, describe(command) + ": the shard has a new owner, at epoch " +
                                    std::to_string(current.value()) + "; this node may not write to it"};
}

} // namespace tusker
