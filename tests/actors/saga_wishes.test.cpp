#include <tusker/actors/deterministic_runtime.hpp>
#include <tusker/persistence/memory_journal.hpp>
#include <tusker/persistence/saga_look.hpp>
#include <tusker/persistence/saga_wish.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>
#include <tusker_test/trip_saga.hpp>

#include <chrono>
#include <memory>
#include <utility>

using namespace tusker;     // NOLINT(google-build-using-namespace)
using namespace travelling; // NOLINT(google-build-using-namespace)
using namespace std::chrono_literals;

namespace {

/// A journal that outlives the nodes over it, and what they do in turn.
struct kept_journal {
  auto open_node() const -> deterministic_runtime {
    auto node =
        std::move(*deterministic_runtime::open({}, std::make_unique<forwarding_journal>(*journal), now));
    node->add<trip>().add<seat>().add<fare>().add_saga<booking>();
    REQUIRE(node->start());
    node.run();
    return node;
  }
  /// The next one begins when this one ended.
  void close(deterministic_runtime&& node) {
    auto ended = std::move(node);
    now = ended.clock().now();
  }
  [[nodiscard]] auto phase() const -> saga_phase { return look_at_saga(*journal, instance).value()->phase; }

  std::unique_ptr<tusker::journal> journal = std::move(*open_memory_journal());
  stream_id instance = *stream_id::make("booking", "t1");
  timestamp now{std::chrono::hours(500'000)};
};

} // namespace

TEST_CASE("the next node carries out what an operator left while none ran, once") {
  kept_journal kept;
  auto first = kept.open_node();
  (void)first->dispatch<trip>("t1", plan_trip{"t1", {"a"}, 500});
  first.run();
  kept.close(std::move(first));
  REQUIRE(kept.phase() == saga_phase::running);
  REQUIRE(leave_saga_wish(*kept.journal, kept.instance, compensate_saga{"the customer called"}, kept.now));
  CHECK(kept.phase() == saga_phase::running);

  auto second = kept.open_node();
  CHECK(kept.phase() == saga_phase::compensated);
  CHECK(second->load<trip>("t1")->state.now == "dropped");
  CHECK(second->timers().value().empty());
  auto look = look_at_saga(*kept.journal, kept.instance).value();
  auto transitions = look->transitions;
  kept.close(std::move(second));

  kept.close(kept.open_node());
  CHECK(look_at_saga(*kept.journal, kept.instance).value()->transitions == transitions);
}

TEST_CASE("a wish that cannot be met any more when the node runs is dropped") {
  kept_journal kept;
  auto first = kept.open_node();
  (void)first->dispatch<trip>("t1", plan_trip{"t1", {"a"}, 500});
  first.run();
  kept.close(std::move(first));
  REQUIRE(leave_saga_wish(*kept.journal, kept.instance, retry_saga{}, kept.now));

  auto second = kept.open_node();
  CHECK(kept.phase() == saga_phase::running);
  CHECK(second->timers().value().size() == 1); // the fare's deadline
  CHECK_FALSE(find_saga_wish(*kept.journal, kept.instance, kept.now).value());
  kept.close(std::move(second));
}
