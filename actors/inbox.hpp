#pragma once

#include <cassert>
#include <mutex>
#include <utility>
#include <vector>

namespace tusker {

/// Beside an actor's mailbox, what many send it: whoever puts something in wakes the owner only when that one does not
/// look by itself, so a crowd of senders costs it one message and not one each. What one thread puts in comes out in
/// that order; towards messages in the mailbox there is none. It is bounded by its senders, each of which has a
/// limited number of things under way, and an owner that dies closes it: its successor has another. Safe for threads.
template <class Item>
class inbox {
public:
  /// `wake` is called, with a lock held, if the owner does not look by itself. It may throw: then nothing was put. What
  /// is put into a closed one is gone, as a message to an actor that has ended.
  template <class Wake>
  void put(Item&& item, Wake wake) {
    std::lock_guard lock(mutex_);
    if (is_closed_)
      return;
    if (!is_owner_awake_)
      wake();
    items_.push_back(std::move(item));
    is_owner_awake_ = true;
  }

  /// For the owner, once it was woken and then until there is nothing: into `items` goes all that came. When nothing
  /// did, the next one to put something wakes it. REQUIRES: `items` is empty; its memory is used again.
  void take(std::vector<Item>& items) {
    assert(items.empty());
    std::lock_guard lock(mutex_);
    items.swap(items_);
    is_owner_awake_ = !items.empty();
  }

  /// The owner has ended: what is here is gone, and what is still to come.
  void close() {
    std::vector<Item> gone; // Let go of without the lock.
    std::lock_guard lock(mutex_);
    is_closed_ = true;
    gone.swap(items_);
  }

private:
  std::mutex mutex_; // guards what follows
  std::vector<Item> items_;
  bool is_owner_awake_ = false;
  bool is_closed_ = false;
};

} // namespace tusker
