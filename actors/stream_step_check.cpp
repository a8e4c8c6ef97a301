#include <tusker/actors/stream_step_check.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/recorded_event.hpp>

#include <exception>
#include <string>
#include <variant>

namespace tusker {

auto check_readable(const aggregate_type& type, const stream_step& step) -> result<void> {
  const auto* put = std::get_if<put_event>(&step.change);
  if (put == nullptr)
    return {};
  if (!type.event_chain)
    return fail(type.event_chain.error());
  recorded_event event;
  event.stream = step.stream;
  event.version = stream_version(1);
  event.data.content = put->content;
  event.data.meta = put->meta;
  try {
    return type.make()->apply(event);
  } catch (const std::exception& thrown) {
    return fail(runtime_errc::aggregate_failed,
                "the aggregate of " + step.stream.name() + " cannot take the event: " + thrown.what());
  }
}

} // namespace tusker
