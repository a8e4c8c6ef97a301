#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/cli/node_changes.hpp>
#include <tusker/config/log_record.hpp>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace tusker::cli {

/// Looks at a node again and again, on a thread of its own, and tells what has changed.
class node_watch {
public:
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

  const runtime& node_;
  log_sink tell_;
  std::chrono::milliseconds every_;
  node_look last_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool is_ending_ = false;
  std::thread thread_;
};

} // namespace tusker::cli
