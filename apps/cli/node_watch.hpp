#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/cli/node_changes.hpp>
#include <tusker/config/log_record.hpp>
#include <tusker/model/timestamp.hpp>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace tusker::cli {

/// Looks at a node again and again, on a thread of its own, and tells what has changed. Dead letters of subscribers are
/// told one by one with their correlation ids, as far as there are not too many of them.
class node_watch {
public:
  /// Dead letters that are told one by one between two looks; the number of all is told besides.
  static constexpr std::size_t letters_told_max = 20;

  /// REQUIRES: `node` has started, stays where it is and outlives this; `tell` is good for as long.
  node_watch(const runtime& node, log_sink tell, std::chrono::milliseconds every);
  node_watch(const node_watch&) = delete;
  auto operator=(const node_watch&) -> node_watch& = delete;
  ~node_watch();

  /// Looks once more and no more then: best before the node is shut down.
  void finish();

private:
  void run();
  void look();
  void tell_letters(const node_look& now);

  const runtime& node_;
  log_sink tell_;
  std::chrono::milliseconds every_;
  node_look last_;
  timestamp looked_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool is_ending_ = false;
  std::thread thread_;
};

} // namespace tusker::cli
