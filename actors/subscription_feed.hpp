#pragma once

#include <tusker/actors/node_context.hpp>
#include <tusker/actors/subscription_actor.hpp>

#include <caf/actor_system.hpp>
#include <caf/exit_reason.hpp>
#include <caf/send.hpp>
#include <caf/system_messages.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <functional>
#include <memory>
#include <utility>

namespace tusker {

/// What a consumer does about its subscription.
struct feed_handlers {
  std::function<void(const event_batch& batch)> on_batch;
  /// The subscription has died; the feed is closed. Whoever opens it again goes on where he is.
  std::function<void()> on_lost;
};

/// The consumer's end of a subscription: makes it, keeps two pulls ahead so that the next batch is read while one is
/// handled, notices when it dies, and ends it. Used by the actor `Self` points to, whose down handler asks `on_down`.
template <class Self>
class subscription_feed {
public:
  subscription_feed() = default;
  subscription_feed(const subscription_feed&) = delete;
  auto operator=(const subscription_feed&) -> subscription_feed& = delete;
  // Also when the consumer crashed: a subscription has nobody else who would end it.
  ~subscription_feed() { close(); }

  /// REQUIRES: closed; `self` outlives this.
  void open(Self self, const std::shared_ptr<const node_context>& context,
            const subscription_actor_state::settings& reads, feed_handlers handlers) {
    self_ = self;
    auto reader = spawn_subscription(self_->system(), context, reads);
    // A pull that it has taken is not answered when it dies.
    self_->monitor(reader);
    open_ = std::make_shared<connection>(connection{std::move(reader), std::move(handlers)});
    for (auto ahead = 0; ahead < pulls_ahead; ++ahead)
      pull();
  }

  /// One batch more, for one that was handled. Does nothing when it is closed.
  void pull(std::shared_ptr<const log_slice> handled = {}) {
    if (!open_)
      return;
    // Answers that come after it was closed, or after its end, find nobody.
    auto asked = std::weak_ptr(open_);
    self_->request(open_->reader, caf::infinite, pull_events{std::move(handled)})
        .then(
            [asked](const event_batch& batch) {
              if (auto live = asked.lock())
                live->handlers.on_batch(batch);
            },
            [this, asked](const caf::error&) {
              if (auto live = asked.lock())
                lose(live);
            });
  }

  void on_down(const caf::down_msg& down) {
    // One that ended in order has told why in a batch, which this message may have overtaken.
    auto has_crashed = down.reason && down.reason != caf::exit_reason::normal;
    if (has_crashed && open_ && open_->reader.address() == down.source)
      lose(open_);
  }

  /// Lets the subscription die as if it had crashed.
  void crash() {
    if (open_)
      self_->send_exit(open_->reader, caf::exit_reason::kill);
  }

  void close() {
    if (auto live = std::exchange(open_, nullptr))
      caf::anon_send_exit(live->reader, caf::exit_reason::user_shutdown);
  }

private:
  static constexpr int pulls_ahead = 2;

  struct connection {
    subscription_actor reader;
    feed_handlers handlers;
  };

  /// Takes a copy, so that the handlers outlive the feed if that is what they end.
  void lose(std::shared_ptr<connection> lost) { // NOLINT(performance-unnecessary-value-param)
    open_ = nullptr;
    lost->handlers.on_lost();
  }

  Self self_ = nullptr;
  std::shared_ptr<connection> open_;
};

} // namespace tusker
