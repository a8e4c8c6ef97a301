#pragma once

#include <tusker/actors/journal_messages.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>

namespace tusker {

/// Where the journal's actor is now, for all who append but routers, which are told. The supervisor sets it, at the
/// start and whenever the journal is lost or has come back. Outlives the journal's actors. Safe for threads.
class journal_access {
public:
  /// Called on the thread that sets, outside of all locks, at every change; must not throw and not block.
  using listener = std::function<void()>;
  using ticket = std::uint64_t;

  /// From now on it is this one; without an actor there is none until the next call. Whoever sets last when a node ends
  /// sets none: CAF waits for a detached actor until its last handle is gone.
  void set(journal_link link);

  [[nodiscard]] auto current() const -> journal_link;

  /// Calls `changed` at each change from now on. Returns what `forget` takes.
  auto watch(listener changed) -> ticket;

  /// The listener is not called any more, unless it is being called.
  void forget(ticket watching);

private:
  mutable std::mutex mutex_; // guards what follows
  journal_link link_;
  std::map<ticket, listener> listeners_;
  ticket last_ticket_ = 0;
};

} // namespace tusker
