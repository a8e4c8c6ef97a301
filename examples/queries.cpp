// A projection that answers queries: who has most, and what one has right after a command.
#include <tusker/actors/runtime.hpp>

#include <iostream>
#include <optional>
#include <tuple>
#include <variant>
#include <vector>

struct scored {
  std::int64_t points;
  static constexpr auto schema = tusker::event("Scored", 1, tusker::field("points", &scored::points));
};
struct score {
  std::int64_t points;
  static constexpr auto schema = tusker::command("Score", 1, tusker::field("points", &score::points));
};
struct no_points {
  static constexpr auto schema = tusker::rejection("NoPoints", 1);
};

struct player {
  static constexpr std::string_view type_name = "player";
  using state = std::int64_t;
  using command = std::variant<score>;
  using event = std::variant<scored>;
  using rejection = std::variant<no_points>;

  static auto decide(state, const score& s, const tusker::context&) -> tusker::decision<player> {
    if (s.points <= 0)
      return no_points{};
    return scored{s.points};
  }
  static auto evolve(state points, const scored& s) -> state { return points + s.points; }
};

struct standing {
  std::string name;
  std::int64_t points = 0;
  static constexpr auto schema = tusker::record("Standing", tusker::field("name", &standing::name),
                                                tusker::field("points", &standing::points));
};

struct find_points {
  using answer = std::optional<std::int64_t>;
  std::string name;
  static constexpr auto schema = tusker::query("FindPoints", 1, tusker::field("name", &find_points::name));
};
struct find_best {
  using answer = std::vector<standing>;
  std::uint32_t wanted;
  static constexpr auto schema = tusker::query("FindBest", 1, tusker::field("wanted", &find_best::wanted));
};

struct ranking {
  static constexpr std::string_view name = "ranking";
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<player>;
  using event = std::variant<scored>;
  using query = std::variant<find_points, find_best>;

  static constexpr auto best = tusker::index("best", tusker::descending(&standing::points));
  static constexpr auto rows = tusker::table<standing>("standings", tusker::key(&standing::name), best);

  static auto on(const scored& s, const tusker::event_context& at, tusker::read_model& to)
      -> tusker::result<void> {
    return to.upsert(rows.at(std::string(at.stream().key())), [&](standing& row) { row.points += s.points; });
  }
  static auto answer(const find_points& q, const tusker::read_rows& from)
      -> tusker::result<find_points::answer> {
    return from.get(rows.at(q.name)).map([](const auto& row) {
      return row ? std::optional(row->points) : std::nullopt;
    });
  }
  static auto answer(const find_best& q, const tusker::read_rows& from) -> tusker::result<find_best::answer> {
    return from.scan(rows.by(best), {.rows_max = q.wanted}).map([](auto page) {
      return std::move(page.rows);
    });
  }
};

int main(int argc, char** argv) {
  auto node = tusker::runtime::open({.journal = {.directory = argc > 1 ? argv[1] : "ranking-data"}});
  if (!node)
    return std::cerr << to_string(node.error()) << '\n', 1;
  if (auto started = node->add<player>().add_projection<ranking>().start(); !started)
    return std::cerr << to_string(started.error()) << '\n', 1;
  (void)node->dispatch<player>("ann", score{3}).get();
  auto receipt = node->dispatch<player>("bob", score{5}).get();
  if (!receipt)
    return std::cerr << to_string(receipt.error()) << '\n', 1;
  auto points = node->query(find_points{"bob"}, {.seen = receipt->seen}).get();
  auto best = node->query(find_best{10}, {.seen = receipt->seen}).get();
  if (!points || !best)
    return std::cerr << to_string(points ? best.error() : points.error()) << '\n', 1;
  std::cout << "bob: " << points->value_or(0) << '\n';
  for (const auto& row : *best)
    std::cout << row.points << ' ' << row.name << '\n';
}
