// A trip is a seat and a bed: both or none. The saga books one after the other, and gives back the first if the second
// is not to be had.
#include <tusker/actors/runtime.hpp>

#include <iostream>
#include <variant>

using namespace std::chrono_literals;

struct planned {
  std::string trip, train, hotel;
  static constexpr auto schema =
      tusker::event("Planned", 1, tusker::field("trip", &planned::trip),
                    tusker::field("train", &planned::train), tusker::field("hotel", &planned::hotel));
};
struct plan {
  std::string trip, train, hotel;
  static constexpr auto schema =
      tusker::command("Plan", 1, tusker::field("trip", &plan::trip), tusker::field("train", &plan::train),
                      tusker::field("hotel", &plan::hotel));
};
struct trip {
  static constexpr std::string_view type_name = "trip";
  struct state {};
  using command = std::variant<plan>;
  using event = std::variant<planned>;
  static auto decide(const state&, const plan& wish, const tusker::context&) -> tusker::decision<trip> {
    return planned{wish.trip, wish.train, wish.hotel};
  }
  static auto evolve(state now, const planned&) -> state { return now; }
};

struct taken {
  std::string by;
  static constexpr auto schema = tusker::event("Taken", 1, tusker::field("by", &taken::by));
};
struct given_back {
  static constexpr auto schema = tusker::event("GivenBack", 1);
};
struct take {
  std::string by;
  static constexpr auto schema = tusker::command("Take", 1, tusker::field("by", &take::by));
};
struct give_back {
  std::string by;
  static constexpr auto schema = tusker::command("GiveBack", 1, tusker::field("by", &give_back::by));
};
struct not_free {
  static constexpr auto schema = tusker::rejection("NotFree", 1);
};

/// A train's or a hotel's one place.
struct place {
  static constexpr std::string_view type_name = "place";
  struct state {
    std::string holder;
  };
  using command = std::variant<take, give_back>;
  using event = std::variant<taken, given_back>;
  using rejection = std::variant<not_free>;
  static auto decide(const state& now, const take& wish, const tusker::context&) -> tusker::decision<place> {
    if (!now.holder.empty())
      return not_free{};
    return taken{wish.by};
  }
  static auto decide(const state& now, const give_back& wish, const tusker::context&)
      -> tusker::decision<place> {
    if (now.holder != wish.by)
      return tusker::nothing_happened{};
    return given_back{};
  }
  static auto evolve(const state&, const taken& event) -> state { return {event.by}; }
  static auto evolve(const state&, const given_back&) -> state { return {}; }
};

struct booking {
  static constexpr std::string_view type_name = "booking";
  using state = planned;
  static auto evolve(const state&, const planned& event) -> state { return event; }
  static auto table() -> tusker::saga_table<booking> {
    using tusker::to;
    return tusker::saga_table<booking>(1)
        .start<trip, planned>(&planned::trip)
        .step("train")
        .send<place>([](const state& now) { return to(now.train, take{now.trip}); })
        .undo<place>([](const state& now) { return to(now.train, give_back{now.trip}); })
        .step("hotel")
        .send<place>([](const state& now) { return to(now.hotel, take{now.trip}); })
        .undo<place>([](const state& now) { return to(now.hotel, give_back{now.trip}); });
  }
};

int main(int argc, char** argv) {
  auto node = tusker::runtime::open({.journal = {.directory = argc > 1 ? argv[1] : "sagas-data"}});
  if (!node)
    return std::cerr << to_string(node.error()) << '\n', 1;
  node->add<trip>().add<place>().add_saga<booking>();
  if (auto started = node->start(); !started)
    return std::cerr << to_string(started.error()) << '\n', 1;
  for (const auto& wish : {plan{"rome", "night-train", "albergo"}, plan{"pisa", "day-train", "albergo"}}) {
    if (auto placed = node->dispatch<trip>(wish.trip, wish).get(); !placed)
      return std::cerr << to_string(placed.error()) << '\n', 1;
    auto end = node->await_saga<booking>(wish.trip, 30s).get();
    if (!end)
      return std::cerr << to_string(end.error()) << '\n', 1;
    std::cout << wish.trip << " is " << name_of(end->phase);
    std::cout << (end->why.empty() ? "" : ": " + end->failed_step + ", " + end->why) << '\n';
  }
  return 0;
}
