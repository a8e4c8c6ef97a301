#include "race.hpp"

#include <tusker/persistence/sample_item.test.hpp>

#include <atomic>
#include <map>
#include <mutex>
#include <thread>

namespace tusker::contract {

namespace {

using namespace sample;

/// What all threads of a race share.
class race {
public:
  race(journal& over, const race_options& options)
      : journal_(over), options_(options), running_(options.clients) {}

  auto run() -> fault_list {
    std::vector<std::thread> threads;
    for (std::size_t client = 0; client < options_.clients; ++client)
      threads.emplace_back([this, client] { compete(client); });
    for (std::size_t reader = 0; reader < options_.readers; ++reader)
      threads.emplace_back([this] { follow(); });
    for (auto& thread : threads)
      thread.join();
    judge();
    return faults_;
  }

private:
  /// Appends until this client has won as often as it has to. A loser tries again behind the version it was told.
  void compete(std::size_t client) {
    auto seen = empty_stream;
    for (std::size_t wins = 0; wins < options_.wins_each;) {
      auto mark = std::to_string(client) + "/" + std::to_string(wins);
      auto verdict = append(item_for(journal_, "order-1", events(1, mark), seen));
      if (const auto* won = std::get_if<appended>(&verdict)) {
        note_win(won->version, seen);
        seen = won->version;
        ++wins;
      } else if (const auto* lost = std::get_if<version_conflict>(&verdict)) {
        seen = lost->actual;
      } else {
        note("a client got neither a version nor a conflict");
        break;
      }
    }
    --running_;
  }

  /// A journal takes one call at a time; which client comes next is the scheduler's choice.
  auto append(const append_item& item) -> append_verdict {
    std::lock_guard lock(writer_);
    return append_one(journal_, item);
  }

  /// Reads behind the writers until they are done, and then once more.
  void follow() {
    auto after = before_all_events;
    for (auto last_round = false; !last_round;) {
      last_round = running_ == 0;
      // What was announced before the read must be in it; the slice may know more.
      auto announced = must(journal_.head(log_id(0)));
      do {
        auto slice = must(journal_.read_log(log_id(0), after, {5, 1U << 20U}, {}));
        if (slice.head < announced || slice.scanned_to > slice.head)
          note("a reader saw a head that steps back, or past it");
        for (const auto& event : slice.events)
          after = check_next(event, after);
        if (slice.scanned_to != after)
          return note("a reader was not shown all that was scanned");
      } while (after < announced);
    }
  }

  auto check_next(const recorded_event& event, log_offset after) -> log_offset {
    if (event.at.offset != after.next())
      note("a reader saw offset " + std::to_string(event.at.offset.value()) + " after " +
           std::to_string(after.value()));
    if (event.version.value() != event.at.offset.value())
      note("a reader saw version " + std::to_string(event.version.value()) + " at another offset");
    return event.at.offset;
  }

  void note_win(stream_version version, stream_version seen) {
    if (version != seen.next())
      note("a client that saw version " + std::to_string(seen.value()) + " won version " +
           std::to_string(version.value()));
    std::lock_guard lock(mutex_);
    ++winners_[version];
  }

  void note(const std::string& fault) {
    std::lock_guard lock(mutex_);
    faults_.push_back(fault);
  }

  void judge() {
    auto wins = stream_version(options_.clients * options_.wins_each);
    for (const auto& [version, count] : winners_)
      if (count != 1)
        faults_.push_back("version " + std::to_string(version.value()) + " has several winners");
    if (must(journal_.stream_head(stream_named("order-1"))) != wins || winners_.size() != wins.value())
      faults_.emplace_back("the stream's version is not the number of wins");
    auto found = faults_of_journal(journal_);
    faults_.insert(faults_.end(), found.begin(), found.end());
  }

  journal& journal_;
  race_options options_;
  std::atomic<std::size_t> running_;
  std::mutex writer_;
  std::mutex mutex_; // guards what follows
  std::map<stream_version, std::size_t> winners_;
  fault_list faults_;
};

} // namespace

auto faults_of_race(journal& empty, const race_options& options) -> fault_list {
  return race(empty, options).run();
}

} // namespace tusker::contract
