#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/bench/client_record.hpp>
#include <tusker/bench/timed_window.hpp>

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <vector>

namespace tusker::bench {

/// Clients of a node as a user would write them: each sends its next command where the answer to its last one comes,
/// in `then`, on a thread of the runtime. They know nothing of each other.
class closed_clients {
public:
  using time_point = timed_window::time_point;

  /// What a client makes of an answer.
  enum class verdict {
    done,  ///< It was an operation; the next one begins.
    again, ///< The operation goes on with another command, and its time too.
    failed ///< The client ends with the answer's error.
  };

  /// Sends a client's next command.
  using sender = std::function<pending<receipt>(unsigned client)>;
  /// Looks at its answer, which came at that time.
  using judge = std::function<verdict(unsigned client, const result<receipt>& answer, time_point at)>;

  closed_clients(unsigned clients, const timed_window& window) : window_(window), clients_(clients) {}

  /// Returns when all clients have ended: when the window is over, or one's operation failed. A command that is under
  /// way when the window closes is waited for, and counts as done if it is.
  [[nodiscard]] auto run(sender sends, judge judges) -> std::vector<client_record>;

  /// A command is an operation when there is a receipt.
  [[nodiscard]] static auto receipt_is_done(unsigned client, const result<receipt>& answer, time_point at)
      -> verdict;

private:
  struct client {
    client_record record;
    time_point begun;
  };

  void send(unsigned index);
  void on_answer(unsigned index, const result<receipt>& answer);
  void end();

  const timed_window& window_;
  sender send_;
  judge judge_;
  std::vector<client> clients_;
  std::mutex mutex_; // guards what follows
  std::condition_variable ended_one_;
  std::size_t ended_ = 0;
};

} // namespace tusker::bench
