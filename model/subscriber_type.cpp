#include <tusker/model/subscriber_type.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/quoted_text.hpp>

#include <algorithm>

namespace tusker {

namespace {

auto is_known(const event_source& source, const recorded_event& message) -> bool {
  return std::find(source.stored.begin(), source.stored.end(), message.data.content.type) !=
         source.stored.end();
}

} // namespace

auto subscriber_type::wants(const recorded_event& message) const -> bool {
  // What a journal was asked for may be more: names that begin with that of the topic.
  return !stream || message.stream == *stream;
}

auto subscriber_type::handle(const recorded_event& message, const delivery_attempt& attempt) const
    -> result<void> {
  if (stream && !is_known(sources.front(), message))
    if (auto unknown = sources.front().chain.upcast(message); !unknown)
      return fail(unknown.error());
  return for_each_wanted(sources, message, [&](const recorded_event& current, std::size_t index) {
    return on(current, delivery_context(current, index, attempt));
  });
}

auto check_subscriber_name(std::string_view name) -> result<void> {
  if (is_topic_name(name))
    return {};
  return fail(
      model_errc::invalid_name,
      "subscriber " + tusker::quoted(name) +
          ": a name takes 1 to 64 lower-case letters, digits, underscores and dashes, a letter first");
}

auto delivery_stream(std::string_view subscriber) -> stream_id {
  return stream_id::make(delivery_category, subscriber).value();
}

auto is_final_failure(const error& failure) -> bool {
  auto code = failure.code();
  return code == model_errc::unknown_event_type || code == model_errc::unsupported_schema_version ||
         code == model_errc::schema_mismatch || code == model_errc::malformed_json ||
         code == model_errc::upcast_failed;
}

} // namespace tusker
