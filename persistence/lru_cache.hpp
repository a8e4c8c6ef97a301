#pragma once

#include <cassert>
#include <cstddef>
#include <list>
#include <unordered_map>
#include <utility>

namespace tusker {

/// The `entries_max` values used last. Not safe for several threads.
template <class Key, class Value>
class lru_cache {
public:
  explicit lru_cache(std::size_t entries_max) : entries_max_(entries_max) { assert(entries_max > 0); }

  /// The value of `key`, now the one used last; null when it is not here. Valid until the next `put` or `erase`.
  [[nodiscard]] auto find(const Key& key) -> Value* {
    auto found = entries_.find(key);
    if (found == entries_.end())
      return nullptr;
    ages_.splice(ages_.begin(), ages_, found->second.age);
    return &found->second.value;
  }

  /// Sets the value of `key`; the one that was idle longest makes room, and its memory is used again.
  auto put(const Key& key, Value value) -> Value& {
    if (auto* present = find(key))
      return *present = std::move(value);
    if (entries_.size() < entries_max_) {
      ages_.push_front(nullptr);
      auto added = entries_.emplace(key, entry{std::move(value), ages_.begin()}).first;
      ages_.front() = &*added;
      return added->second.value;
    }
    auto reused = entries_.extract(ages_.back()->first);
    reused.key() = key;
    reused.mapped().value = std::move(value);
    ages_.splice(ages_.begin(), ages_, reused.mapped().age); // which says where it is, now as before
    return entries_.insert(std::move(reused)).position->second.value;
  }

  void erase(const Key& key) {
    auto found = entries_.find(key);
    if (found == entries_.end())
      return;
    ages_.erase(found->second.age);
    entries_.erase(found);
  }

  [[nodiscard]] auto size() const -> std::size_t { return entries_.size(); }

private:
  struct entry;
  using age_list = std::list<const std::pair<const Key, entry>*>; ///< The one used last first.

  struct entry {
    Value value;
    typename age_list::iterator age;
  };

  std::size_t entries_max_;
  std::unordered_map<Key, entry> entries_; // its entries stay where they are
  age_list ages_;
};

} // namespace tusker
