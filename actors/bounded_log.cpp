#include <tusker/actors/bounded_log.hpp>

#include <chrono>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace tusker {

namespace {

class bounded_sink {
public:
  bounded_sink(log_sink to, std::shared_ptr<const wall_clock> clock)
      : to_(std::move(to)), clock_(std::move(clock)) {}

  void tell(const log_record& record) {
    auto skipped = enter(record.message);
    if (!skipped)
      return;
    try {
      if (*skipped == 0)
        return to_(record);
      auto with_count = record;
      with_count.fields.push_back({"not_told", std::to_string(*skipped)});
      to_(with_count);
    } catch (const std::exception&) { // NOLINT(bugprone-empty-catch): there is nobody to tell it to
    }
  }

private:
  struct second {
    wall_clock::steady_time begun;
    std::size_t told = 0;
    std::size_t skipped = 0;
  };

  /// How many of that message were passed over since the last one that was told; none: this one is passed over as well.
  auto enter(const std::string& message) -> std::optional<std::size_t> {
    auto now = clock_->steady();
    std::lock_guard lock(mutex_);
    // Messages are the node's own sentences, so there are few of them.
    auto [at, is_new] = seconds_.try_emplace(message, second{now});
    auto& current = at->second;
    if (now - current.begun >= std::chrono::seconds(1)) {
      current.begun = now;
      current.told = 0;
    }
    if (current.told >= told_a_second_max) {
      ++current.skipped;
      return std::nullopt;
    }
    ++current.told;
    return std::exchange(current.skipped, 0);
  }

  log_sink to_;
  std::shared_ptr<const wall_clock> clock_;
  std::mutex mutex_;
  std::map<std::string, second, std::less<>> seconds_;
};

} // namespace

auto bounded_log(log_sink to, std::shared_ptr<const wall_clock> clock) -> log_sink {
  if (!to)
    return to;
  auto sink = std::make_shared<bounded_sink>(std::move(to), std::move(clock));
  return [sink](const log_record& record) { sink->tell(record); };
}

} // namespace tusker
