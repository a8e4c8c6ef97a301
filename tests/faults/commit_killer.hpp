#pragma once

#include "io_killer.hpp"

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <random>
#include <utility>

namespace tusker::faults {

inline constexpr std::array crash_moments{crash_moment::before_write, crash_moment::within_write,
                                          crash_moment::before_sync, crash_moment::before_publish,
                                          crash_moment::after_publish};

/// When a process dies: by itself at that moment of the commit behind so many others, or, without a moment, by its
/// parent.
struct planned_death {
  std::size_t commits = 0;
  std::optional<crash_moment> moment;
};

/// A death behind `opening_commits` to seven more; one in six is the parent's to bring.
[[nodiscard]] inline auto draw_death(std::mt19937& random, std::size_t opening_commits) -> planned_death {
  planned_death drawn;
  drawn.commits = opening_commits + random() % 8;
  if (auto lot = random() % (crash_moments.size() + 1); lot < crash_moments.size())
    drawn.moment = crash_moments.at(lot);
  return drawn;
}

/// Kills the process as planned, and calls `on_commit` behind each commit.
class commit_killer final : public io_watcher {
public:
  explicit commit_killer(
      const planned_death& plan, std::function<void()> on_commit = [] {}, commit_way way = commit_way::direct)
      : killer_(plan.commits, plan.moment.value_or(crash_moment::after_publish), way), eye_(way),
        dies_itself_(plan.moment.has_value()), on_commit_(std::move(on_commit)) {}

  [[nodiscard]] auto before(const io_operation& operation) -> io_verdict override {
    return dies_itself_ ? killer_.before(operation) : io_verdict{};
  }
  void after(const io_operation& operation) override {
    if (dies_itself_)
      killer_.after(operation);
    auto is_over = eye_.is_publishing(operation);
    eye_.see(operation);
    if (!is_over)
      return;
    on_commit_();
    killer_.committed();
  }

private:
  io_killer killer_;
  commit_eye eye_;
  bool dies_itself_;
  std::function<void()> on_commit_;
};

} // namespace tusker::faults
