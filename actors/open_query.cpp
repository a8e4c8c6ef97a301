#include <tusker/actors/open_query.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/quoted_text.hpp>

#include <utility>

namespace tusker {

open_query::~open_query() {
  if (!is_answered_)
    complete(fail(runtime_errc::overloaded, "query " + tusker::quoted(route().handler.query) +
                                                ": the part of the node that had it died; ask again"));
}

void open_query::complete(result<std::any> answer) {
  if (is_answered_.exchange(true)) {
    ++made_of_.counters->late_query_answers;
    return;
  }
  made_of_.counters->count_query(answer ? std::error_code() : answer.error().code());
  // Before the answer: whoever asks the next one in his callback finds the place free.
  made_of_.gate->leave(*this);
  made_of_.tell(std::move(answer));
}

} // namespace tusker
