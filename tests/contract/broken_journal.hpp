#pragma once

#include <tusker/persistence/journal.hpp>
#include <tusker_test/forwarding_journal.hpp>

namespace tusker::contract {

/// A control overrides what it wants to break.
class broken_journal : public forwarding_journal {
public:
  explicit broken_journal(journal& sound) : forwarding_journal(sound) {}

protected:
  [[nodiscard]] auto sound() const -> journal& { return engine(); }
};

/// Changes every item before it is appended.
class changing_journal final : public broken_journal {
public:
  using change = void (*)(append_item& item);

  changing_journal(journal& sound, change by) : broken_journal(sound), change_(by) {}

  [[nodiscard]] auto append(std::span<const append_item> batch)
      -> result<std::vector<append_verdict>> override {
    std::vector<append_item> changed(batch.begin(), batch.end());
    for (auto& item : changed)
      change_(item);
    return sound().append(changed);
  }

private:
  change change_;
};

} // namespace tusker::contract
