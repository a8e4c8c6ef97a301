#include <order/stocking.hpp>

#include <order/domain/command_ids.hpp>
#include <order/domain/inventory.hpp>
#include <order/problem_text.hpp>
#include <tusker/load/closed_loops.hpp>

#include <tusker/cli/interruption.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <utility>

namespace order_demo {

namespace {

using tusker::load::closed_loops;
using tusker::load::loop_answer;
using tusker::load::loop_task;

/// The articles that were sent and not yet answered, and how it goes.
class stocking {
public:
  stocking(tusker::runtime& node, const catalogue_source& articles, demo_console& console)
      : node_(node), articles_(articles), console_(console) {}

  auto run(std::size_t in_flight_max) && -> tusker::result<void> {
    closed_loops(in_flight_max)
        .run([this] { return next(); }, [this](const auto& answer) { on_answer(answer); });
    if (failure_)
      return tusker::fail(*failure_);
    return {};
  }

private:
  /// An article on its way.
  struct open_article {
    catalogue_article what;
    /// It was answered at once: nothing was done about it.
    bool was_refused = false;
  };

  auto next() -> std::optional<loop_task> {
    if (failure_ || tusker::cli::was_interrupted())
      return std::nullopt;
    auto article = articles_();
    if (!article) {
      failure_ = article.error();
      return std::nullopt;
    }
    if (!*article)
      return std::nullopt;
    auto number = sent_++;
    auto& open = open_.emplace(number, open_article{std::move(**article)}).first->second;
    // The article stands in the map until it is answered.
    return loop_task{number, [this, &open] { return send(open); }};
  }

  auto send(open_article& open) -> tusker::pending<tusker::receipt> {
    const auto& delivery = open.what.delivery;
    auto answer = node_.dispatch<inventory>(delivery.sku, delivery, {.command_id = command_id_of(delivery)});
    open.was_refused = answer.is_ready();
    return answer;
  }

  void on_answer(const loop_answer& answer) {
    auto article = open_.extract(answer.number);
    if (answer.outcome)
      return;
    // One that came to a closed gate has no effect, as if it had not been sent.
    if (article.mapped().was_refused && is_given_up(answer.outcome.error()))
      return;
    const auto& [place, delivery] = article.mapped().what;
    auto problem = problem_text(place, "article", delivery.sku, answer.outcome.error());
    if (is_given_up(answer.outcome.error()))
      return console_.stopped.add(problem);
    console_.failed.add(problem);
    if (is_fatal(answer.outcome.error()))
      failure_ = answer.outcome.error();
  }

  tusker::runtime& node_;
  const catalogue_source& articles_;
  demo_console& console_;
  std::uint64_t sent_ = 0;
  std::map<std::uint64_t, open_article> open_;
  std::optional<tusker::error> failure_;
};

} // namespace

auto receive_articles(tusker::runtime& node, const catalogue_source& articles, std::size_t in_flight_max,
                      demo_console& console) -> tusker::result<void> {
  return stocking(node, articles, console).run(in_flight_max);
}

} // namespace order_demo
