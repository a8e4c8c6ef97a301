#pragma once

#include <tusker/actors/journal_access.hpp>
#include <tusker/actors/journal_messages.hpp>
#include <tusker/actors/type_ids.hpp>
#include <tusker/persistence/append_item.hpp>
#include <tusker/persistence/append_verdict.hpp>

#include <caf/actor_cast.hpp>
#include <caf/duration.hpp>
#include <caf/error.hpp>
#include <caf/send.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>

namespace tusker {

/// What becomes of an item for which the journal has no room.
enum class when_full {
  wait,  ///< It is sent again until there is room.
  refuse ///< It is over: `refused`, because of `journal_errc::storage_full`.
};

/// Has items recorded for an actor, and sees each through until the journal has a verdict about it.
///
///   begin ─▶ at the journal ── verdict ─▶ `then`, and forgotten
///              ▲      └─ the journal died, failed or is full ─▶ waiting (100 ms, 200 ms, … 10 s, or until it is back)
///              └────────────────── the same item again ─────────────────┘
///
/// What an item came to when the journal died is not known, so only items that may be recorded again are given to it:
/// those with a command id, whose receipt tells, and those that put or take away the same entries again. Items that
/// are begun together may be recorded in another order when the journal fails meanwhile: who needs an order waits for
/// the verdict. What is under way ends with its actor: nothing is sent then, and `then` is not called. It holds as
/// many items as were begun, and sets no limit. REQUIRES: it is a part of its actor's state, and the actor's interface
/// has `caf::reacts_to<retry_append>`, which brings the message to `on_retry`.
class steady_append {
public:
  /// Told once, on the actor's turn; may begin other items.
  using callback = std::function<void(const append_verdict&)>;

  /// The ways to the journal and through time, for who is no actor.
  struct ways {
    /// Asks the journal's actor, and tells what it said; no answer when it died.
    std::function<void(const journal_link&, append_request, std::function<void(const append_answer*)>)> ask;
    /// Brings the message to `on_retry` after that time.
    std::function<void(std::chrono::milliseconds, retry_append)> later;
  };

  steady_append() = default;
  steady_append(const steady_append&) = delete;
  auto operator=(const steady_append&) -> steady_append& = delete;
  ~steady_append();

  /// Before everything else.
  template <class Actor>
  void init(Actor* self, std::shared_ptr<journal_access> journal) {
    auto address = self->address();
    auto changed = [address] {
      if (auto alive = caf::actor_cast<typename Actor::actor_hdl>(address))
        caf::anon_send(alive, retry_append{0});
    };
    auto ask = [self](const journal_link& link, append_request request,
                      const std::function<void(const append_answer*)>& tell) {
      self->request(link.actor, caf::infinite, std::move(request))
          .then([tell](const append_answer& answer) { tell(&answer); },
                [tell](const caf::error&) { tell(nullptr); });
    };
    auto later = [self](std::chrono::milliseconds delay, retry_append message) {
      self->delayed_send(self, delay, message);
    };
    init({std::move(ask), std::move(later)}, std::move(journal), std::move(changed));
  }
  void init(ways how, std::shared_ptr<journal_access> journal, journal_access::listener changed);

  /// Returns its number, for `forget`.
  auto begin(append_item item, callback then, when_full full = when_full::wait) -> std::uint64_t;

  /// The item is not sent again, and nobody is told of it. Whether it is recorded is not known. One that is at the
  /// journal still counts until the journal is done with it.
  void forget(std::uint64_t number);

  void on_retry(const retry_append& message);

  /// How many items are under way.
  [[nodiscard]] auto size() const -> std::size_t { return open_.size(); }

private:
  enum class phase { at_journal, waiting };

  struct entry {
    append_item item;
    callback then;
    when_full full = when_full::wait;
    phase at = phase::waiting;
    std::uint64_t generation = 0; ///< Of the journal that it was sent to last.
    std::uint32_t attempts = 0;
    bool is_forgotten = false;
  };

  void send(std::uint64_t number, entry& open);
  void on_answer(std::uint64_t number, std::uint32_t attempt, const append_answer* answer);
  void finish(std::uint64_t number, const append_verdict& verdict);
  void send_what_the_last_one_had();

  ways how_;
  std::shared_ptr<journal_access> journal_;
  journal_access::ticket watching_ = 0;
  std::map<std::uint64_t, entry> open_; ///< By number: what was begun first is sent first.
  std::uint64_t last_number_ = 0;
};

} // namespace tusker
