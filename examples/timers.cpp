// A seat is held for a moment, and is free again unless it was paid for: by a timer that is durable with the event.
#include <tusker/actors/runtime.hpp>

#include <condition_variable>
#include <iostream>
#include <mutex>
#include <variant>

using namespace std::chrono_literals;

struct held {
  tusker::timestamp until;
  static constexpr auto schema = tusker::event("Held", 1, tusker::field("until", &held::until));
};
struct released {
  static constexpr auto schema = tusker::event("Released", 1);
};
struct hold {
  static constexpr auto schema = tusker::command("Hold", 1);
};
struct release {
  static constexpr auto schema = tusker::command("Release", 1);
};
struct pay {
  static constexpr auto schema = tusker::command("Pay", 1);
};
struct paid {
  static constexpr auto schema = tusker::event("Paid", 1);
};

struct seat {
  static constexpr std::string_view type_name = "seat";
  struct state {
    tusker::timestamp until;
  };
  using command = std::variant<hold, release, pay>;
  using event = std::variant<held, released, paid>;

  static auto decide(const state&, const hold&, const tusker::context& given) -> tusker::decision<seat> {
    auto until = given.now() + 200ms;
    return tusker::decision<seat>(held{until}).set_timer("hold", until, release{});
  }
  static auto decide(const state& now, const pay&, const tusker::context&) -> tusker::decision<seat> {
    return tusker::decision<seat>(paid{}).cancel_timer("hold", now.until);
  }
  static auto decide(const state&, const release&, const tusker::context&) -> tusker::decision<seat> {
    return released{};
  }
  static auto evolve(state, const held& event) -> state { return {event.until}; }
  static auto evolve(state now, const released&) -> state { return now; }
  static auto evolve(state now, const paid&) -> state { return now; }
};

/// Waits until somebody says that it is over.
class moment {
public:
  void come() {
    std::lock_guard lock(mutex_);
    has_come_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return has_come_; });
  }

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool has_come_ = false;
};

int main(int argc, char** argv) {
  auto node = tusker::runtime::open({.journal = {.directory = argc > 1 ? argv[1] : "timers-data"}});
  if (!node)
    return std::cerr << to_string(node.error()) << '\n', 1;
  if (auto started = node->add<seat>().start(); !started)
    return std::cerr << to_string(started.error()) << '\n', 1;
  moment release_came;
  auto listening = node->subscribe({.from = tusker::from_end{}}, [&](const tusker::recorded_event& event) {
    std::cout << event.stream.name() << ": " << event.data.content.type << '\n';
    if (event.data.content.type == "Released")
      release_came.come();
    return tusker::result<void>();
  });
  if (!listening)
    return std::cerr << to_string(listening.error()) << '\n', 1;
  (void)node->dispatch<seat>("12-a", hold{}).get();
  (void)node->dispatch<seat>("12-a", pay{}).get(); // its timer is cancelled
  (void)node->dispatch<seat>("12-b", hold{}).get();
  std::cout << node->timers()->size() << " timer waits\n";
  release_came.wait(); // of 12-b, even if this program had ended meanwhile and was started again
}
