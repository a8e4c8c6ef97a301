#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/steady_append.hpp>
#include <tusker/model/outbox_entry.hpp>
#include <tusker/persistence/append_verdict.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tusker {

/// Brings what waits in the outboxes to its topics.
///
///   a shard is announced ─▶ due ─ a page is read ─▶ at work: each entry is appended to its topic, under its id
///                            ▲                          └─ all have a verdict ─▶ those in their topics are settled ─┐
///                            └──────────── the page was full, or the shard was announced meanwhile ─────────────────┘
///
/// It first looks at all shards. Of a page, entries with the same topic and key go one after the other, the others at
/// the same time; pages of a shard follow each other. Entries are settled after their appends are durable and never
/// before, so whatever dies in between, an entry is appended again: and then its receipt says that it is there
/// already. An entry that cannot be published (its target is no topic, or the journal refuses it) stays where it is
/// and is counted.
class outbox_actor_state {
public:
  using pointer = outbox_actor::stateful_pointer<outbox_actor_state>;

  outbox_actor_state() = default;
  outbox_actor_state(const outbox_actor_state&) = delete;
  auto operator=(const outbox_actor_state&) -> outbox_actor_state& = delete;
  ~outbox_actor_state();

  void init(pointer self, std::shared_ptr<const node_context> node);
  void on_walk();
  void on_retry(const retry_append& message) { appends_.on_retry(message); }

  static inline const char* name = "tusker.outbox";

private:
  /// Entries of one topic and key, by their number in the page, in order.
  using lane = std::deque<std::size_t>;

  struct page {
    std::vector<outbox_entry> entries;
    std::map<std::pair<std::string, std::string>, lane> lanes; ///< By topic and key.
    std::vector<uuid> settled;
    std::size_t open = 0; ///< Entries that have no verdict yet.
    bool is_full = false; ///< There may be more behind it.
  };

  void walk_due();
  [[nodiscard]] auto next_due() const -> std::optional<shard_id>;
  [[nodiscard]] auto read(shard_id shard, const std::optional<uuid>& after) const
      -> result<std::vector<outbox_entry>>;
  void begin_page(shard_id shard, std::vector<outbox_entry> entries);
  void begin_entry(shard_id shard, std::size_t number);
  void on_verdict(shard_id shard, std::size_t number, const append_verdict& verdict);
  void settle(shard_id shard);
  void end_page(shard_id shard);
  void close_page(shard_id shard);
  void pass_over(shard_id shard);
  void forget_passed_over(shard_id shard);
  [[nodiscard]] auto settling_stream(shard_id shard) -> const stream_id&;

  pointer self_ = nullptr;
  std::shared_ptr<const node_context> node_;
  steady_append appends_;
  std::size_t page_max_ = 1;
  std::map<shard_id, std::optional<uuid>> due_; ///< Behind which id to look.
  std::map<shard_id, page> at_work_;
  std::size_t in_flight_ = 0;                      ///< Entries of all pages.
  std::map<shard_id, std::uint64_t> passed_over_;  ///< Entries that stay, as of the last look.
  std::map<shard_id, stream_id> settling_streams_; ///< Found so far.
  std::uint32_t failed_reads_ = 0;                 ///< In a row.
  bool is_read_delayed_ = false;
};

[[nodiscard]] auto make_outbox_actor(outbox_actor_state::pointer self,
                                     std::shared_ptr<const node_context> node) -> outbox_actor::behavior_type;

} // namespace tusker
