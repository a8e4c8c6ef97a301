#include <tusker/persistence/saga_transitions.hpp>

namespace tusker {

auto trace_saga(const journal_reader& journal, const stream_id& instance) -> result<saga_trace> {
  saga_trace trace;
  auto read = for_each_transition(
      journal, instance, [&](const saga_transition& transition) { return trace.apply(transition.record); });
  if (!read)
    return fail(read.error());
  return trace;
}

} // namespace tusker
