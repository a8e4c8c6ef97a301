#include <tusker/bench/open_load.hpp>

#include <tusker/bench/bench_node.hpp>
#include <tusker/cli/own_memory.hpp>

#include <array>
#include <sys/resource.h>
#include <thread>
#include <utility>

namespace tusker::bench {

namespace {

/// Clients are on other machines as a rule. Here they are a thread that takes what the node leaves of the processor;
/// whether it is enough to offer what it should is claimed too. In Linux a thread has a niceness of its own.
void give_way() {
  constexpr int niceness = 10;
  (void)::setpriority(PRIO_PROCESS, 0, niceness);
}

} // namespace

/// Answers come on threads of the runtime, refusals on the one that sends.
struct open_load::notes {
  explicit notes(std::uint64_t aggregates) : book(aggregates) {}

  void take(std::uint64_t aggregate, const result<receipt>& answer, std::chrono::nanoseconds latency) {
    std::lock_guard lock(mutex);
    book.answered(aggregate, answer);
    if (answer)
      accepted.record(latency);
    else if (answer.error().code() == runtime_errc::overloaded)
      refused.record(latency);
    else
      ++other_errors;
  }

  std::mutex mutex;
  answer_book book;
  load::latency_histogram accepted;
  load::latency_histogram refused;
  std::uint64_t other_errors = 0;
};

open_load::open_load(runtime& node, std::uint64_t aggregates, double per_second)
    : node_(node), aggregates_(aggregates), per_second_(per_second),
      notes_(std::make_shared<notes>(aggregates)) {}

auto open_load::run(std::chrono::duration<double> length) && -> outcome {
  double seconds = 0;
  std::thread([&] {
    give_way();
    seconds = send_for(length);
  }).join();
  look_at_memory(1);
  (void)node_.shutdown();
  std::lock_guard lock(notes_->mutex);
  return {std::move(notes_->book),
          std::move(notes_->accepted),
          std::move(notes_->refused),
          notes_->other_errors,
          sent_,
          seconds,
          std::move(memory_mb_)};
}

auto open_load::send_for(std::chrono::duration<double> length) -> double {
  constexpr std::chrono::microseconds pause{500};
  auto begun = clock::now();
  std::chrono::duration<double> passed{0};
  while (passed < length) {
    auto due = static_cast<std::uint64_t>(per_second_ * passed.count());
    // Whoever is behind looks at the clock now and then all the same.
    for (auto most = sent_ + 1'000; sent_ < due && sent_ < most;)
      send();
    if (sent_ >= due)
      std::this_thread::sleep_for(pause);
    look_at_memory(passed / length);
    passed = clock::now() - begun;
  }
  return passed.count();
}

void open_load::send() {
  auto number = sent_++ % aggregates_;
  {
    std::lock_guard lock(notes_->mutex);
    notes_->book.sent(number);
  }
  auto sent_at = clock::now();
  add_one(node_, number).then([notes = notes_, number, sent_at](const result<receipt>& answer) {
    notes->take(number, answer, clock::now() - sent_at);
  });
}

void open_load::look_at_memory(double part) {
  constexpr std::array moments{0.1, 0.5, 1.0};
  if (memory_mb_.size() < moments.size() && part >= moments[memory_mb_.size()])
    memory_mb_.push_back(cli::own_memory_mb());
}

} // namespace tusker::bench
