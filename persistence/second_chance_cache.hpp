#pragma once

#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace tusker {

/// At most `entries_max` values by their keys. For a new one in a full cache a value makes room that was not used since
/// the cache's hand came by last (Corbató's second chance, or CLOCK): nearly the one used least recently, without a
/// list whose neighbours would be touched with each use. Entries lie in one row in the order in which they are
/// replaced, and are found by a table of small slots, so a new key in a full cache costs two places that the
/// processor does not have at hand. Not safe for several threads.
template <class Key, class Value>
class second_chance_cache {
public:
  explicit second_chance_cache(std::size_t entries_max) : entries_max_(entries_max) {
    assert(entries_max > 0 && entries_max < std::size_t{1} << 31U);
  }

  /// The value of `key`, which counts as a use; null when it is not here. Valid until the next `put`.
  [[nodiscard]] auto find(const Key& key) -> Value* {
    auto* found = find_entry(key, mark_of(key));
    if (found == nullptr)
      return nullptr;
    found->is_used = true;
    return &found->value;
  }

  /// Has the processor fetch the place where the search for `key` begins.
  void prefetch(const Key& key) const {
    if (!slots_.empty())
      __builtin_prefetch(&slots_[mark_of(key) & last_slot()]);
  }

  /// Sets the value of `key`, which counts as a use where it was here before. Valid until the next one.
  auto put(const Key& key, Value value) -> Value& {
    auto mark = mark_of(key);
    if (auto* present = find_entry(key, mark)) {
      present->is_used = true;
      return present->value = std::move(value);
    }
    auto copy = key; // Before anything is changed, since it may throw.
    auto place = entries_.size() < entries_max_ ? add_entry() : make_room();
    auto& added = entries_[place];
    added.key = std::move(copy);
    added.value = std::move(value);
    added.mark = mark;
    note(mark, place);
    return added.value;
  }

  [[nodiscard]] auto size() const -> std::size_t { return entries_.size(); }

private:
  /// What a slot knows of a key: the first slot of its search, and nearly always whether it is the key itself.
  using key_mark = std::uint32_t;

  struct entry {
    Key key;
    Value value;
    key_mark mark = 0;
    bool is_used = false; ///< Since the hand came by.
  };

  struct slot {
    key_mark mark = 0;
    std::uint32_t place_after = 0; ///< The entry's place and one; 0: the slot is free.
  };

  static auto mark_of(const Key& key) -> key_mark {
    std::uint64_t hash = std::hash<Key>()(key);
    return static_cast<key_mark>(hash ^ (hash >> 32U));
  }

  auto find_entry(const Key& key, key_mark mark) -> entry* {
    if (slots_.empty())
      return nullptr;
    for (auto at = mark & last_slot(); slots_[at].place_after != 0; at = (at + 1) & last_slot())
      if (slots_[at].mark == mark)
        if (auto& found = entries_[slots_[at].place_after - 1]; found.key == key)
          return &found;
    return nullptr;
  }

  auto add_entry() -> std::size_t {
    // At most half of the slots are taken, so searches are short.
    if (slots_.size() < 2 * (entries_.size() + 1))
      spread_out();
    entries_.emplace_back();
    return entries_.size() - 1;
  }

  void spread_out() {
    slots_.assign(std::bit_ceil(4 * (entries_.size() + 1)), slot{});
    for (std::size_t place = 0; place < entries_.size(); ++place)
      note(entries_[place].mark, place);
  }

  /// The place of an entry that nobody knows any more.
  auto make_room() -> std::size_t {
    while (std::exchange(entries_[hand_].is_used, false))
      move_hand();
    auto place = hand_;
    move_hand();
    forget(entries_[place].mark, place);
    // The next to go is known by now; the place where it is found is fetched until then.
    __builtin_prefetch(&slots_[entries_[hand_].mark & last_slot()]);
    return place;
  }

  void move_hand() { hand_ = hand_ + 1 == entries_.size() ? 0 : hand_ + 1; }

  void note(key_mark mark, std::size_t place) {
    auto at = mark & last_slot();
    while (slots_[at].place_after != 0)
      at = (at + 1) & last_slot();
    slots_[at] = {mark, static_cast<std::uint32_t>(place + 1)};
  }

  /// Frees the slot of an entry, and moves those behind it up that were to stand there.
  void forget(key_mark mark, std::size_t place) {
    auto free = mark & last_slot();
    while (slots_[free].place_after != place + 1)
      free = (free + 1) & last_slot();
    for (auto at = (free + 1) & last_slot(); slots_[at].place_after != 0; at = (at + 1) & last_slot()) {
      auto wanted = slots_[at].mark & last_slot();
      if (((at - wanted) & last_slot()) < ((at - free) & last_slot()))
        continue;
      slots_[free] = slots_[at];
      free = at;
    }
    slots_[free] = {};
  }

  /// A mask, since their number is a power of two.
  [[nodiscard]] auto last_slot() const -> std::uint32_t {
    return static_cast<std::uint32_t>(slots_.size() - 1);
  }

  std::size_t entries_max_;
  std::vector<entry> entries_;
  std::vector<slot> slots_;
  std::size_t hand_ = 0;
};

} // namespace tusker
