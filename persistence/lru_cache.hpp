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
    auto found = places_.find(key);
    if (found == places_.end())
      return nullptr;
    entries_.splice(entries_.begin(), entries_, found->second);
    return &found->second->second;
  }

  /// Sets the value of `key`; the one that was idle longest makes room.
  auto put(const Key& key, Value value) -> Value& {
    if (auto* present = find(key))
      return *present = std::move(value);
    if (entries_.size() == entries_max_) {
      places_.erase(entries_.back().first);
      entries_.pop_back();
    }
    entries_.emplace_front(key, std::move(value));
    places_.emplace(key, entries_.begin());
    return entries_.front().second;
  }

  void erase(const Key& key) {
    auto found = places_.find(key);
    if (found == places_.end())
      return;
    entries_.erase(found->second);
    places_.erase(found);
  }

  [[nodiscard]] auto size() const -> std::size_t { return entries_.size(); }

private:
  std::size_t entries_max_;
  std::list<std::pair<Key, Value>> entries_;
  std::unordered_map<Key, typename std::list<std::pair<Key, Value>>::iterator> places_;
};

} // namespace tusker
