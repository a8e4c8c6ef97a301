#include <tusker/model/timed_command.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/utf8.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <utility>

namespace tusker {

namespace {

/// How it is stored. The command's JSON stands in it as a text, so that it is given to the command byte by byte.
struct stored_timed_command {
  std::string name;
  std::string type;
  std::uint16_t version = 0;
  std::string command;
  std::string subject;
  uuid correlation_id;
  uuid causation_id;
  std::string traceparent;
  std::map<std::string, std::string> user;

  // The dot keeps it apart from the types of users, which are identifiers.
  static constexpr auto schema = record(
      "tusker.TimedCommand", field("name", &stored_timed_command::name),
      field("type", &stored_timed_command::type), field("version", &stored_timed_command::version),
      field("command", &stored_timed_command::command), field("subject", &stored_timed_command::subject),
      field("correlation_id", &stored_timed_command::correlation_id),
      field("causation_id", &stored_timed_command::causation_id),
      field("traceparent", &stored_timed_command::traceparent), field("user", &stored_timed_command::user));
};

} // namespace

auto timer_key_of(const stream_id& owner, std::string_view name, timestamp due) -> result<timer_key> {
  if (name.empty() || name.size() > timer_name_bytes_max || !is_utf8(name))
    return fail(model_errc::invalid_name, tusker::quoted(name.substr(0, timer_name_bytes_max)) +
                                              " cannot name a timer: a name has 1 to " +
                                              std::to_string(timer_name_bytes_max) + " bytes of UTF-8");
  // The id's time counts from 1970 on.
  if (due < timestamp{} || due > timestamp_max)
    return fail(model_errc::malformed_time,
                "the timer " + tusker::quoted(name) + " is due outside of the years 1970 to 9999");
  // The id keeps milliseconds of the time; the parts keep all of it, for the id alone names the command later.
  auto time = std::to_string(due.time_since_epoch().count());
  auto parts = std::array<std::string_view, 4>{"tusker.timer", owner.name(), name, time};
  return timer_key{due, derive_uuid(due, parts)};
}

auto make_timer(const stream_id& owner, timestamp due, const timed_command& content) -> result<timer_entry> {
  auto key = timer_key_of(owner, content.name, due);
  if (!key)
    return fail(key.error());
  const auto& [name, command, meta] = content;
  auto stored = encode_message(stored_timed_command{name, command.type, command.version.value(), command.json,
                                                    meta.subject, meta.correlation_id, meta.causation_id,
                                                    meta.traceparent, meta.user});
  if (!stored)
    return fail(stored.error());
  return timer_entry{*key, owner, std::move(*stored)};
}

auto timed_command_in(const timer_entry& timer) -> result<timed_command> {
  constexpr auto& schema = stored_timed_command::schema;
  if (timer.content.type != schema.name || timer.content.version != schema.version)
    return fail(model_errc::unknown_command_type, "the timer holds " + tusker::quoted(timer.content.type) +
                                                      ", which is no command of an aggregate");
  return decode<stored_timed_command>(timer.content.json).map([](stored_timed_command stored) {
    return timed_command{std::move(stored.name),
                         {std::move(stored.type), schema_version(stored.version), std::move(stored.command)},
                         {std::move(stored.subject), stored.correlation_id, stored.causation_id,
                          std::move(stored.traceparent), std::move(stored.user)}};
  });
}

} // namespace tusker
