#pragma once

#include <tusker/model/aggregate.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>

/// The least aggregate with everything the runtime must cope with: events, a rejection, and code that throws.
namespace counting {

struct added {
  std::int64_t amount = 0;
  static constexpr auto schema = tusker::event("Added", 1, tusker::field("amount", &added::amount));
};

/// Its `evolve` throws, which users are told not to do.
struct poisoned {
  static constexpr auto schema = tusker::event("Poisoned", 1);
};

struct add {
  std::int64_t amount = 0;
  std::string counter = "default";
  static constexpr auto schema = tusker::command("Add", 1, tusker::field("amount", &add::amount),
                                                 tusker::field("counter", &add::counter));

  [[nodiscard]] auto aggregate_key() const -> std::string_view { return counter; }
};

/// Accepted, but nothing comes of it.
struct touch {
  static constexpr auto schema = tusker::command("Touch", 1);
};

struct crash_in_decide {
  static constexpr auto schema = tusker::command("CrashInDecide", 1);
};

struct crash_in_evolve {
  static constexpr auto schema = tusker::command("CrashInEvolve", 1);
};

struct not_positive {
  std::int64_t amount = 0;
  static constexpr auto schema =
      tusker::rejection("NotPositive", 1, tusker::field("amount", &not_positive::amount));
};

struct counter {
  static constexpr std::string_view type_name = "counter";
  struct state {
    std::int64_t total = 0;
    static constexpr auto schema = tusker::snapshot("CounterState", 1, tusker::field("total", &state::total));
  };
  using command = std::variant<add, touch, crash_in_decide, crash_in_evolve>;
  using event = std::variant<added, poisoned>;
  using rejection = std::variant<not_positive>;

  static auto decide(const state&, const add& wish, const tusker::context&) -> tusker::decision<counter> {
    if (wish.amount <= 0)
      return not_positive{wish.amount};
    return added{wish.amount};
  }
  static auto decide(const state&, const touch&, const tusker::context&) -> tusker::decision<counter> {
    return tusker::nothing_happened{};
  }
  static auto decide(const state&, const crash_in_decide&, const tusker::context&)
      -> tusker::decision<counter> {
    throw std::runtime_error("a fault in decide");
  }
  static auto decide(const state&, const crash_in_evolve&, const tusker::context&)
      -> tusker::decision<counter> {
    return poisoned{};
  }
  static auto evolve(state now, const added& event) -> state { return {now.total + event.amount}; }
  static auto evolve(state, const poisoned&) -> state { throw std::runtime_error("a fault in evolve"); }
};

} // namespace counting
