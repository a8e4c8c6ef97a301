#pragma once

#include <tusker/actors/pending.hpp>
#include <tusker/model/receipt.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace tusker::load {

/// A command that is to be sent. `send` may be called again: the command's id gives it its effect once.
struct loop_task {
  std::uint64_t number = 0; ///< For the one who made it.
  std::function<pending<receipt>()> send;
};

/// What came of it.
struct loop_answer {
  std::uint64_t number = 0;
  result<receipt> outcome;
  std::chrono::nanoseconds latency{}; ///< From the first sending to the answer.
};

/// So many clients, each of which sends its next command when its last was answered.
///
/// The runtime's threads only leave a note that an answer came. Everything else, reading the input included, is done
/// by the thread that called `run`: so callbacks are short, and `next` and `answered` need no lock.
///
/// A command that is answered `overloaded` waits for the next answer to another one, which makes room, and is sent
/// again; after `attempts_max` times the answer counts.
class closed_loops {
public:
  static constexpr std::uint32_t attempts_max = 1'000;

  /// REQUIRES: `in_flight_max` is at least 1.
  explicit closed_loops(std::size_t in_flight_max);

  /// Takes tasks from `next` until there is none, and gives each one's answer to `answered`, in the order of answers.
  /// Returns when all were answered.
  void run(const std::function<std::optional<loop_task>()>& next,
           const std::function<void(const loop_answer&)>& answered);

  /// How often a command was sent again because of `overloaded`.
  [[nodiscard]] auto overloaded() const -> std::uint64_t { return overloaded_; }

private:
  using clock = std::chrono::steady_clock;
  class mailbox;

  /// One client, and what it waits for.
  struct client {
    loop_task task;
    clock::time_point sent_at;
    std::uint32_t attempts = 0;
  };

  void fill(const std::function<std::optional<loop_task>()>& next);
  void send(std::size_t index);

  std::vector<client> clients_;
  std::vector<std::size_t> idle_;
  std::deque<std::size_t> waiting_; ///< Those that were answered `overloaded`.
  std::size_t in_flight_ = 0;
  bool is_dry_ = false; ///< `next` has no more.
  std::uint64_t overloaded_ = 0;
  std::shared_ptr<mailbox> mailbox_;
};

} // namespace tusker::load
