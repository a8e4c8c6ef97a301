#include <tusker/actors/open_publish.hpp>

#include <tusker/actors/publish_gate.hpp>

#include <utility>

namespace tusker {

void open_publish::complete(result<published> answer) {
  if (is_answered_.exchange(true))
    return;
  made_of_.counters->count_publish(answer);
  // Before the answer: whoever publishes the next one in his callback finds the place free.
  made_of_.gate->leave(*this);
  made_of_.caller->complete(std::move(answer));
}

} // namespace tusker
