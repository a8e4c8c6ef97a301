#pragma once

#include <tusker/model/saga_phase.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tusker {

class runtime;

/// What can only be counted by looking through the journal.
struct journal_counts {
  std::map<std::string, std::map<saga_phase, std::uint64_t>> sagas; ///< By name and phase.
  std::map<std::string, std::uint64_t> dead_letters; ///< By what they are of: `dead_letter_origins`.
  std::chrono::steady_clock::time_point counted{};   ///< When that was; the epoch: not yet.
};

/// Counts again and again, on a thread of its own, so that nobody who asks waits for it: as often as it was told, and
/// never for more than a tenth of the time.
class journal_tally {
public:
  /// REQUIRES: `node` outlives this, and is shut down after `stop`.
  journal_tally(const runtime& node, std::vector<std::string> sagas, std::chrono::milliseconds every);
  journal_tally(const journal_tally&) = delete;
  auto operator=(const journal_tally&) -> journal_tally& = delete;
  ~journal_tally() { stop(); }

  /// Counts no more; waits for the page that is being read.
  void stop();

  [[nodiscard]] auto read() const -> journal_counts;

private:
  void run();
  [[nodiscard]] auto count() const -> journal_counts;
  void count_sagas(const std::string& saga, journal_counts& into) const;
  void count_dead_letters(journal_counts& into) const;
  [[nodiscard]] auto has_ended() const -> bool;

  const runtime& node_;
  std::vector<std::string> sagas_;
  std::chrono::milliseconds every_;
  mutable std::mutex mutex_;
  std::condition_variable ends_;
  bool has_ended_ = false;
  journal_counts counts_;
  std::thread thread_;
};

} // namespace tusker
