// The part of `runtime_core` that does what operators do by hand, and finds the rows they look at.

#include <tusker/actors/runtime_core.hpp>

#include <tusker/actors/rows_digest.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/actors/stream_step_check.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/persistence/random_id.hpp>

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

auto runtime_core::store_of(std::string_view projection) const -> result<std::shared_ptr<const read_store>> {
  auto found = projections_.find(projection);
  if (!found)
    return fail(found.error());
  if (!found->store)
    return fail(runtime_errc::stopped, "the rows of projection " + tusker::quoted(projection) +
                                           " cannot be read: the runtime has not started or was shut down");
  return found->store;
}

auto runtime_core::digest_of_rows(std::string_view projection) const -> result<projection_digest> {
  auto store = store_of(projection);
  auto view = store ? (*store)->view(projection) : fail(store.error());
  return view ? digest_rows(**view) : fail(view.error());
}

} // namespace tusker
