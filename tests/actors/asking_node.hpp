#pragma once

#include "counter.hpp"
#include "projecting_node.hpp"

#include <tusker/actors/deterministic_runtime.hpp>
#include <tusker/model/projection.hpp>
#include <tusker/persistence/memory_journal.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace counting {

struct find_total {
  using answer = std::optional<std::int64_t>;
  std::string counter;
  static constexpr auto schema =
      tusker::query("FindTotal", 1, tusker::field("counter", &find_total::counter));
};

struct largest_totals {
  using answer = std::vector<std::string>;
  std::uint32_t wanted = 0;
  static constexpr auto schema =
      tusker::query("LargestTotals", 1, tusker::field("wanted", &largest_totals::wanted));
};

/// Of no projection.
struct find_nothing {
  using answer = bool;
  static constexpr auto schema = tusker::query("FindTotl", 1);
};

/// Totals that answer queries.
struct asked_totals {
  static constexpr std::string_view name = "asked_totals";
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<counter>;
  using event = std::variant<added>;
  using query = std::variant<find_total, largest_totals>;

  static constexpr auto by_total = tusker::index("by_total", tusker::descending(&total_row::total));
  static constexpr auto rows = tusker::table<total_row>("totals", tusker::key(&total_row::counter), by_total);

  /// What a test lets a query do first.
  static inline std::function<tusker::result<void>()> before;

  static auto on(const added& event, const tusker::event_context& context, tusker::read_model& to)
      -> tusker::result<void> {
    return to.upsert(rows.at(std::string(context.stream().key())),
                     [&](total_row& row) { row.total += event.amount; });
  }

  static auto answer(const find_total& asked, const tusker::read_rows& from)
      -> tusker::result<find_total::answer> {
    if (auto fine = before ? before() : tusker::result<void>(); !fine)
      return tusker::fail(fine.error());
    auto row = from.get(rows.at(asked.counter));
    if (!row)
      return tusker::fail(row.error());
    return *row ? std::optional((*row)->total) : std::nullopt;
  }

  static auto answer(const largest_totals& asked, const tusker::read_rows& from)
      -> tusker::result<largest_totals::answer> {
    auto page = from.scan(rows.by(by_total), {.rows_max = asked.wanted});
    if (!page)
      return tusker::fail(page.error());
    std::vector<std::string> names;
    names.reserve(page->rows.size());
    for (const auto& row : page->rows)
      names.push_back(row.counter);
    return names;
  }
};

} // namespace counting

/// A deterministic node whose projection answers queries.
struct asking_node {
  explicit asking_node(const tusker::runtime_options& options = {}) {
    counting::asked_totals::before = nullptr;
    node = std::move(*tusker::deterministic_runtime::open(options, std::move(*tusker::open_memory_journal()),
                                                          store, tusker::timestamp{}));
    (*node)->add<counting::counter>().add_projection<counting::asked_totals>();
  }
  asking_node(const asking_node&) = delete;
  auto operator=(const asking_node&) -> asking_node& = delete;
  ~asking_node() { counting::asked_totals::before = nullptr; }

  std::shared_ptr<read_store_probe> store = std::make_shared<read_store_probe>();
  std::optional<tusker::deterministic_runtime> node;

  [[nodiscard]] auto operator->() -> tusker::runtime* { return node->operator->(); }

  void start() {
    if (auto started = (*node)->start(); !started)
      throw std::logic_error(to_string(started.error()));
    node->run();
  }
  /// Lets only the command have its effect: rows follow when actors run again.
  auto add(std::string_view key, std::int64_t amount) -> tusker::receipt {
    auto pending = (*node)->dispatch<counting::counter>(key, counting::add{amount});
    while (!pending.is_ready() && node->run_once()) {
    }
    return pending.get().value();
  }
};
