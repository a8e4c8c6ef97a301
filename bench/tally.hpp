#pragma once

#include <tusker/model/aggregate.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace tusker::bench {

struct tallied {
  std::int64_t amount = 0;
  static constexpr auto schema = event("Tallied", 1, field("amount", &tallied::amount));
};

struct add_to_tally {
  std::int64_t amount = 0;
  static constexpr auto schema = command("AddToTally", 1, field("amount", &add_to_tally::amount));
};

struct not_tallied {
  static constexpr auto schema = rejection("NotTallied", 1);
};

/// The aggregate that the measurements of the runtime use: a sum, so that its state tells how many commands had their
/// effect.
struct tally {
  static constexpr std::string_view type_name = "tally";
  using state = std::int64_t;
  using command = std::variant<add_to_tally>;
  using event = std::variant<tallied>;
  using rejection = std::variant<not_tallied>;

  static auto decide(state, const add_to_tally& wish, const context&) -> decision<tally> {
    if (wish.amount <= 0)
      return not_tallied{};
    return tallied{wish.amount};
  }
  static auto evolve(state sum, const tallied& event) -> state { return sum + event.amount; }
};

/// The key of the tally with that number.
[[nodiscard]] inline auto tally_key(std::uint64_t number) -> std::string {
  return "t-" + std::to_string(number);
}

} // namespace tusker::bench
