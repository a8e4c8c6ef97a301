#include "asking_node.hpp"

#include <tusker/persistence/read_store_errc.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>

// A projection gets an index that the rows it has made so far are not in.

using namespace tusker;
using counting::asked_totals;
using counting::find_total;
using counting::largest_totals;

namespace {

using counters = std::vector<std::string>;

/// What `asked_totals` was before somebody asked for the largest.
struct totals_without_index {
  static constexpr std::string_view name = asked_totals::name;
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<counting::counter>;
  using event = std::variant<counting::added>;

  static constexpr auto rows =
      tusker::table<counting::total_row>("totals", tusker::key(&counting::total_row::counter));

  static auto on(const counting::added& event, const event_context& context, read_model& to) -> result<void> {
    return to.upsert(rows.at(std::string(context.stream().key())),
                     [&](counting::total_row& row) { row.total += event.amount; });
  }
};

/// A node whose program is another one each time it starts. Journal and read store are the same.
struct changing_node {
  changing_node() {
    asked_totals::before = nullptr;
    start<totals_without_index>();
    add("a", 3);
    add("b", 8);
    REQUIRE(status().position == log_offset(2));
  }

  template <class Projection>
  void start(std::uint32_t version = Projection::version) {
    node.reset();
    node = std::move(*deterministic_runtime::open({}, std::make_unique<forwarding_journal>(*log), store,
                                                  timestamp{std::chrono::hours(500'000)}));
    auto type = describe_projection<Projection>().value();
    type.version = projection_version(version);
    (*node)->template add<counting::counter>().add_projection(std::move(type), {});
    REQUIRE((*node)->start());
    node->run();
  }

  void add(std::string_view key, std::int64_t amount) {
    auto pending = (*node)->dispatch<counting::counter>(key, counting::add{amount});
    node->run();
    REQUIRE(pending.get());
  }

  template <class Query>
  auto ask(Query query) -> result<typename Query::answer> {
    auto pending = (*node)->query(std::move(query));
    node->run();
    return pending.get();
  }

  [[nodiscard]] auto status() -> projection_status {
    return (*node)->projection_status_of(asked_totals::name).value();
  }

  void rebuild() {
    REQUIRE((*node)->rebuild_projection(asked_totals::name));
    node->run();
  }

  std::unique_ptr<journal> log = std::move(*open_memory_journal());
  std::shared_ptr<read_store_probe> store = std::make_shared<read_store_probe>();
  std::optional<deterministic_runtime> node;
};

} // namespace

TEST_CASE("a query by an index that the rows were made without is told so until they are made anew") {
  changing_node of;
  of.start<asked_totals>();
  CHECK(of.ask(find_total{"b"}).value() == 8);
  auto refused = of.ask(largest_totals{2});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code() == read_store_errc::unknown_index);
  for (const auto* part : {"'asked_totals'", "table 'totals'", "index 'by_total'", "rebuild"})
    CHECK(refused.error().message().find(part) != std::string::npos);
  of.rebuild();
  CHECK(of.ask(largest_totals{2}).value() == counters{"b", "a"});
}

TEST_CASE("a projection stops before it puts a row into an index that the others are not in") {
  changing_node of;
  of.start<asked_totals>();
  of.add("c", 5);
  CHECK(of.status().phase == projection_phase::failed);
  REQUIRE(of.status().failure);
  CHECK(of.status().failure->code() == read_store_errc::unknown_index);
  CHECK(of.status().position == log_offset(2));
  CHECK(of.ask(find_total{"b"}).value() == 8);
  CHECK_FALSE(of.ask(largest_totals{3}));
  of.rebuild();
  CHECK(of.status().phase == projection_phase::live);
  CHECK(of.ask(largest_totals{3}).value() == counters{"b", "c", "a"});
}

TEST_CASE("a projection whose version was raised with its indexes makes its rows anew by itself") {
  changing_node of;
  of.start<asked_totals>(2);
  of.add("c", 5);
  CHECK(of.status().phase == projection_phase::live);
  CHECK(of.ask(largest_totals{3}).value() == counters{"b", "c", "a"});
}
