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
    -> delivery_outcome {
  if (stream && !is_known(sources.front(), message))
    if (auto unknown = sources.front().chain.upcast(message); !unknown)
      return {fail(unknown.error()), retry_prospect::none};
  auto prospect = retry_prospect::none;
  auto take = [&](const recorded_event& current, std::size_t index) -> result<void> {
    auto said = on(current, delivery_context(current, index, attempt));
    if (!said)
      return fail(said.error());
    if (!*said)
      prospect = retry_prospect::open;
    return *said;
  };
  return {for_each_wanted(sources, message, take), prospect};
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

} // namespace tusker
