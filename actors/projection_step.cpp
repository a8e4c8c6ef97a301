#include <tusker/actors/projection_step.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/located_error.hpp>
#include <tusker/persistence/read_store_errc.hpp>

#include <exception>
#include <string>
#include <utility>

namespace tusker {

namespace {

/// How much of a failure a dead letter keeps, in bytes.
constexpr std::size_t failure_bytes_max = 1'000;

auto thrown_error(const recorded_event& event, const std::string& what) -> tl::unexpected<error> {
  return fail(located({runtime_errc::handler_failed, "the projection's handler threw" + what}, event));
}

auto call(const projection_type& type, const recorded_event& event, read_model& to) -> result<void> {
  try {
    return type.handle(event, to);
  } catch (const std::exception& thrown) {
    return thrown_error(event, std::string(": ") + thrown.what());
  } catch (...) {
    return thrown_error(event, "");
  }
}

} // namespace

auto projection_step::handle(const recorded_event& event) -> event_outcome {
  using what = event_outcome::what;
  if (events_ >= events_max_)
    return {what::step_full};
  rows_.mark();
  auto outcome = judge(call(*type_, event, rows_));
  if (outcome.became == what::handled)
    ++events_;
  else
    rows_.undo();
  // The event alone is too much for a commit.
  if (outcome.became == what::step_full && events_ == 0)
    return {what::handler_failed, located({read_store_errc::too_large,
                                           "its changes are more than one commit to the read store holds"},
                                          event)};
  return outcome;
}

auto projection_step::judge(const result<void>& handled) -> event_outcome {
  using what = event_outcome::what;
  if (auto failure = rows_.take_store_failure())
    return {what::store_failed, std::move(*failure)};
  if (!handled)
    return {what::handler_failed, handled.error()};
  return {rows_.fits() ? what::handled : what::step_full};
}

void projection_step::skip(const recorded_event& event, const error& why) {
  rows_.put_dead_letter(dead_letter_of(event, to_string(why).substr(0, failure_bytes_max)));
  ++events_;
  ++skipped_;
}

auto projection_step::take() -> std::vector<read_write> {
  events_ = 0;
  skipped_ = 0;
  return rows_.take();
}

} // namespace tusker
