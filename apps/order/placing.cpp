#include <order/placing.hpp>

#include <order/domain/command_ids.hpp>
#include <order/domain/order.hpp>
#include <order/fulfilling.hpp>
#include <order/problem_text.hpp>
#include <tusker/load/closed_loops.hpp>

#include <tusker/cli/interruption.hpp>
#include <tusker/cli/number_text.hpp>

#include <string>
#include <unordered_map>
#include <utility>

namespace order_demo {

namespace {

using tusker::load::closed_loops;
using tusker::load::loop_answer;
using tusker::load::loop_task;

class placing {
public:
  placing(tusker::runtime& node, order_source& source, const demo_options& options, demo_console& console)
      : node_(node), source_(source), options_(options), console_(console) {}

  auto run() && -> placing_result {
    closed_loops loops(options_.in_flight);
    started_ = clock::now();
    loops.run([this] { return next(); }, [this](const auto& answer) { on_answer(answer); });
    result_.took = clock::now() - started_;
    result_.overloaded = loops.overloaded();
    return std::move(result_);
  }

private:
  using clock = std::chrono::steady_clock;

  /// An order on its way.
  struct open_order {
    sourced_order what;
    /// It was answered at once: nothing was done about it.
    bool was_refused = false;
  };

  auto next() -> std::optional<loop_task> {
    if (result_.ended_by || tusker::cli::was_interrupted())
      return std::nullopt;
    auto sourced = source_.next();
    if (!sourced) {
      result_.ended_by = sourced.error();
      return std::nullopt;
    }
    if (!*sourced)
      return std::nullopt;
    auto number = (*sourced)->number;
    result_.fates.resize(number + 1);
    auto& open = open_.emplace(number, open_order{std::move(**sourced)}).first->second;
    // References into an unordered_map stay good while others come and go; this one goes when it is answered.
    return loop_task{number, [this, &open] { return send(open); }};
  }

  auto send(open_order& open) -> tusker::pending<tusker::receipt> {
    const auto& wish = open.what.order;
    tusker::dispatch_options options;
    options.command_id = command_id_of(wish);
    options.meta.subject = wish.customer_id;
    auto answer = options_.place_only ? node_.dispatch<order>(wish.order_id, wish, options)
                                      : place_and_fulfil(node_, wish, options);
    open.was_refused = answer.is_ready();
    return answer;
  }

  void on_answer(const loop_answer& answer) {
    auto sent = open_.extract(answer.number);
    if (!answer.outcome && sent.mapped().was_refused && is_given_up(answer.outcome.error()))
      return leave_out(answer.number);
    result_.latencies.record(answer.latency);
    result_.fates[answer.number] =
        answer.outcome ? on_receipt(*answer.outcome) : on_error(sent.mapped().what, answer.outcome.error());
    if (console_.progress.is_due())
      show_progress();
  }

  /// It came to a closed gate: it has no effect, as if it had not been sent.
  void leave_out(std::uint64_t number) {
    if (number + 1 == result_.fates.size())
      result_.fates.pop_back();
  }

  auto on_receipt(const tusker::receipt& receipt) -> order_fate {
    if (receipt.kind == tusker::receipt_kind::repeated) {
      ++result_.duplicates;
      return order_fate::duplicate;
    }
    ++result_.placed;
    return order_fate::placed;
  }

  auto on_error(const sourced_order& sent, const tusker::error& failure) -> order_fate {
    auto problem = problem_text(sent.place, "order", sent.order.order_id, failure);
    if (is_given_up(failure)) {
      console_.stopped.add(problem);
      return order_fate::unknown;
    }
    if (failure.code() == tusker::runtime_errc::rejected) {
      ++result_.rejected;
      console_.rejected.add(problem);
      return order_fate::rejected;
    }
    ++result_.failed;
    console_.failed.add(problem);
    if (is_fatal(failure))
      result_.ended_by = failure;
    return order_fate::failed;
  }

  void show_progress() {
    using tusker::cli::fixed;
    auto seconds = std::chrono::duration<double>(clock::now() - started_).count();
    auto answered = result_.latencies.count();
    console_.progress.show("placing  " + fixed(100 * source_.progress(), 0) + " %  " +
                           tusker::cli::grouped(answered) + " orders  " +
                           fixed(static_cast<double>(answered) / seconds, 0) + " a second");
  }

  tusker::runtime& node_;
  order_source& source_;
  const demo_options& options_;
  demo_console& console_;
  clock::time_point started_;
  std::unordered_map<std::uint64_t, open_order> open_;
  placing_result result_;
};

} // namespace

auto place_orders(tusker::runtime& node, order_source& source, const demo_options& options,
                  demo_console& console) -> placing_result {
  return placing(node, source, options, console).run();
}

} // namespace order_demo
