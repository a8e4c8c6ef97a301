#pragma once

#include <tusker/actors/inbox.hpp>

#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace tusker {

/// To the owner of an inbox: there is something in it.
struct look_at_inbox {};

/// Whoever has an inbox.
using inbox_owner = caf::typed_actor<caf::reacts_to<look_at_inbox>>;

void wake(const inbox_owner& owner);

/// The way to an actor by its inbox.
template <class Item>
struct inbox_link {
  inbox_owner owner;
  std::shared_ptr<inbox<Item>> items;

  void put(Item&& item) const {
    items->put(std::move(item), [this] { wake(owner); });
  }
};

/// What an owner does when it was woken: `handle` gets all that there is, and what comes meanwhile, for a number of
/// rounds. Returns whether it has to look again, which it should after others had their turn. `taken` is the owner's,
/// for its memory.
template <class Item, class Handle>
[[nodiscard]] auto empty_inbox(inbox<Item>& from, std::vector<Item>& taken, Handle handle) -> bool {
  constexpr int rounds_max = 4;
  for (int round = 0; round < rounds_max; ++round) {
    taken.clear(); // Also of what a handler that threw had left: it is not to come back.
    from.take(taken);
    if (taken.empty())
      return false;
    for (auto& item : taken)
      handle(item);
  }
  taken.clear();
  return true;
}

} // namespace tusker
