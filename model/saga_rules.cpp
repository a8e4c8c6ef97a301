#include <tusker/model/model_errc.hpp>
#include <tusker/model/topic_name.hpp>
#include <tusker/model/typed_saga.hpp>

#include <set>
#include <string>

namespace tusker {

namespace {

auto invalid(const saga_step_rules& step, const std::string& why) -> error {
  return {model_errc::invalid_saga, "step '" + step.name + "' " + why};
}

auto check_policy(const saga_step_rules& step, const retry_policy& policy) -> result<void> {
  if (policy.attempts_max < 1 || policy.factor < 1 || policy.delay_base.count() < 0 ||
      policy.delay_max < policy.delay_base || policy.jitter < 0 || policy.jitter > 1)
    return fail(
        invalid(step, "has retries that cannot be: attempts_max and factor are at least 1, delay_max is not "
                      "below delay_base, jitter is from 0 to 1"));
  return {};
}

} // namespace

auto check_saga_rules(const std::vector<saga_step_rules>& rules) -> result<void> {
  std::set<std::string> names;
  if (rules.size() < 2)
    return fail(model_errc::invalid_saga, "it has no step");
  for (const auto& step : rules) {
    if (!is_topic_name(step.name)) {
      return fail(
          model_errc::invalid_name,
          "'" + step.name +
              "' cannot name a step: lower-case letters, digits, dashes and underscores, a letter first");
    }
    if (!names.insert(step.name).second)
      return fail(invalid(step, "is there twice"));
    if (step.parallel < 1 || step.parallel > saga_parallel_max)
      return fail(invalid(step, "has " + std::to_string(step.parallel) +
                                    " items at a time: parallel is from 1 to " +
                                    std::to_string(saga_parallel_max)));
    if (step.deadline && step.deadline->count() < 1)
      return fail(invalid(step, "has a deadline of less than a millisecond"));
    for (const auto& policy : {step.retries, step.undo_retries})
      if (auto checked = check_policy(step, policy); !checked)
        return checked;
  }
  return {};
}

} // namespace tusker
