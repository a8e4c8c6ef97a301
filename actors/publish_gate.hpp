#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/command_gate.hpp>
#include <tusker/actors/open_publish.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace tusker {

/// Lets publishes into a node, no more than its limit at one time, keeps them until they are answered, and knows who
/// publishes now. What a publisher had that died is here, so its successor goes on with it. Safe for threads.
class publish_gate {
public:
  explicit publish_gate(std::size_t inside_max) : inside_max_(inside_max) {}

  /// What has entered is kept until it leaves.
  [[nodiscard]] auto enter(const std::shared_ptr<open_publish>& publish) -> gate_verdict;
  void leave(const open_publish& publish);

  /// Sends it to the publisher. Without one it waits for the next, which takes up all that is here.
  /// REQUIRES: it has entered.
  void submit(const std::shared_ptr<open_publish>& publish) const;

  /// Publishes go there from now on.
  void set_publisher(publisher_actor publisher);

  void open();
  /// From now on nobody enters.
  void close();

  /// All that wait, in the order in which they came.
  [[nodiscard]] auto all() const -> std::vector<std::shared_ptr<open_publish>>;
  /// Answers all that wait.
  void answer_all(const error& why) const;
  /// Waits until nobody is inside. Returns whether that came within `timeout`.
  [[nodiscard]] auto wait_until_empty(std::chrono::milliseconds timeout) -> bool;

  [[nodiscard]] auto inside_max() const -> std::size_t { return inside_max_; }

private:
  std::size_t inside_max_;
  mutable std::mutex mutex_; // guards what follows
  std::condition_variable emptied_;
  std::map<std::uint64_t, std::shared_ptr<open_publish>> inside_; ///< By number, in order.
  std::unordered_map<const open_publish*, std::uint64_t> numbers_;
  std::uint64_t last_number_ = 0;
  publisher_actor publisher_;
  bool is_open_ = false;
};

} // namespace tusker
