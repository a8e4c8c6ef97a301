// The part of `runtime_core` that does what operators do by hand.

#include <tusker/actors/runtime_core.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/stream_step_check.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/random_id.hpp>
#include <tusker/persistence/read_view.hpp>

#include <string>
#include <utility>

namespace tusker {

auto runtime_core::change_stream(stream_step step) -> pending<stream_step_outcome> {
  auto hosted = bus_.types().find(std::string(step.stream.category()));
  auto readable = hosted == bus_.types().end() ? result<void>() : check_readable(*hosted->second, step);
  if (!readable) {
    auto refused = std::make_shared<pending_state<stream_step_outcome>>();
    (void)refused->complete(fail(readable.error()));
    return pending<stream_step_outcome>(std::move(refused));
  }
  if (step.under.value().is_nil())
    step.under = command_id(random_uuid(parts_.clock->now()));
  return deliveries_.take(std::move(step));
}

auto runtime_core::digest_of_rows(std::string_view projection) const -> result<projection_digest> {
  auto found = projections_.find(projection);
  if (!found)
    return fail(found.error());
  if (!found->store)
    return fail(runtime_errc::stopped, "the rows of projection " + tusker::quoted(projection) +
                                           " cannot be read: the runtime has not started or was shut down");
  auto view = found->store->view(projection);
  if (!view)
    return fail(view.error());
  const auto& model = (*view)->entry();
  return digest_of(**view).map([&](std::string digest) {
    return projection_digest{model.version, model.offset_of(log_id(0)), std::move(digest)};
  });
}

} // namespace tusker
