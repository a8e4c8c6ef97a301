#include <tusker/actors/outbox_actor.hpp>

#include <tusker/actors/outbox_board.hpp>
#include <tusker/actors/publish_item.hpp>
#include <tusker/actors/thrown_error.hpp>
#include <tusker/model/retry_policy.hpp>
#include <tusker/model/saga_call.hpp>
#include <tusker/model/stream_in_shard.hpp>
#include <tusker/model/topic_outbox.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <caf/actor_cast.hpp>
#include <caf/actor_system.hpp>
#include <caf/send.hpp>
#include <caf/stateful_actor.hpp>
#include <caf/typed_event_based_actor.hpp>

#include <algorithm>
#include <exception>
#include <variant>

namespace tusker {

namespace {

constexpr std::size_t page_entries_max = 100;
constexpr retry_policy read_delays{std::chrono::milliseconds(100), 2.0, std::chrono::seconds(10), 0.0, 0};

} // namespace

outbox_actor_state::~outbox_actor_state() {
  // Its successor counts anew.
  for (const auto& [shard, count] : passed_over_)
    node_->counters->outbox_stuck -= count;
}

void outbox_actor_state::init(pointer self, std::shared_ptr<const node_context> node) {
  self_ = self;
  node_ = std::move(node);
  appends_.init(self_, node_->journal);
  const auto& options = node_->options;
  page_max_ = std::min(
      {page_entries_max, options.outbox_in_flight_max, options.journal.limits.item_side_entries_max});
  // An address keeps nobody alive: the board outlives its listeners.
  auto address = self_->address();
  node_->outbox->listen([address] {
    if (auto relay = caf::actor_cast<outbox_actor>(address))
      caf::anon_send(relay, walk_outbox{});
  });
  for (std::uint16_t shard = 0; shard < node_->reader->shards().value(); ++shard)
    due_.emplace(shard_id(shard), std::nullopt);
  self_->send(self_, walk_outbox{});
}

void outbox_actor_state::on_walk() {
  is_read_delayed_ = false;
  for (auto shard : node_->outbox->take())
    due_[shard] = std::nullopt;
  walk_due();
}

/// As many pages as may be in flight.
void outbox_actor_state::walk_due() {
  while (!is_read_delayed_ && in_flight_ + page_max_ <= node_->options.outbox_in_flight_max) {
    auto shard = next_due();
    if (!shard)
      return;
    auto after = due_.at(*shard);
    auto entries = read(*shard, after);
    if (!entries) {
      is_read_delayed_ = true;
      self_->delayed_send(self_, delay_after(read_delays, ++failed_reads_, 0), walk_outbox{});
      return;
    }
    failed_reads_ = 0;
    due_.erase(*shard);
    if (!after)
      forget_passed_over(*shard);
    if (!entries->empty())
      begin_page(*shard, std::move(*entries));
  }
}

/// A shard has one page at a time: entries of one key are in several.
auto outbox_actor_state::next_due() const -> std::optional<shard_id> {
  for (const auto& [shard, after] : due_)
    if (!at_work_.contains(shard))
      return shard;
  return std::nullopt;
}

auto outbox_actor_state::read(shard_id shard, const std::optional<uuid>& after) const
    -> result<std::vector<outbox_entry>> {
  try {
    return node_->reader->read_outbox(shard, after, page_max_);
  } catch (const std::exception& thrown) {
    return fail(journal_errc::io_error, std::string("the journal's engine threw: ") + thrown.what());
  }
}

void outbox_actor_state::begin_page(shard_id shard, std::vector<outbox_entry> entries) {
  auto& made = at_work_[shard];
  made.is_full = entries.size() == page_max_;
  made.entries = std::move(entries);
  in_flight_ += made.entries.size();
  std::vector<std::size_t> first;
  first.reserve(made.entries.size());
  for (std::size_t number = 0; number < made.entries.size(); ++number) {
    const auto& entry = made.entries[number];
    auto topic = topic_of(entry);
    if (topic.empty()) {
      // The calls of sagas have their own way.
      if (!saga_call_of(entry))
        pass_over(shard);
      continue;
    }
    ++made.open;
    auto key = message_key(entry.meta);
    if (key.empty()) {
      first.push_back(number);
      continue;
    }
    auto& waiting = made.lanes[{std::string(topic), std::string(key)}];
    waiting.push_back(number);
    if (waiting.size() == 1)
      first.push_back(number);
  }
  if (made.open == 0)
    return close_page(shard);
  for (auto number : first)
    begin_entry(shard, number);
}

void outbox_actor_state::begin_entry(shard_id shard, std::size_t number) {
  const auto& entry = at_work_.at(shard).entries[number];
  auto item = make_publish_item(*node_, topic_of(entry), message_id(entry.id), entry.content, entry.meta);
  appends_.begin(std::move(item), [this, shard, number](const append_verdict& verdict) {
    on_verdict(shard, number, verdict);
  });
}

void outbox_actor_state::on_verdict(shard_id shard, std::size_t number, const append_verdict& verdict) {
  auto& work = at_work_.at(shard);
  const auto& entry = work.entries[number];
  auto is_there =
      std::holds_alternative<appended>(verdict) || std::holds_alternative<duplicate_command>(verdict);
  if (is_there) {
    work.settled.push_back(entry.id);
    ++node_->counters->outbox_published;
  } else {
    pass_over(shard);
  }
  if (auto key = message_key(entry.meta); !key.empty()) {
    auto& waiting = work.lanes.at({std::string(topic_of(entry)), std::string(key)});
    waiting.pop_front();
    if (!waiting.empty())
      begin_entry(shard, waiting.front());
  }
  if (--work.open == 0)
    settle(shard);
}

/// Only now: what is settled is durable in its topic.
void outbox_actor_state::settle(shard_id shard) {
  auto& work = at_work_.at(shard);
  if (work.settled.empty())
    return end_page(shard);
  append_item item;
  item.shard = shard;
  item.shard_epoch = node_->epochs[shard.value()];
  item.stream = settling_stream(shard);
  item.expected = any;
  item.time = node_->clock->now();
  item.outbox_settled = work.settled;
  // Whatever comes of it: an entry that stays is found again, and its receipt too.
  appends_.begin(std::move(item), [this, shard](const append_verdict&) { end_page(shard); });
}

void outbox_actor_state::end_page(shard_id shard) {
  close_page(shard);
  walk_due();
}

void outbox_actor_state::close_page(shard_id shard) {
  auto done = at_work_.extract(shard);
  in_flight_ -= done.mapped().entries.size();
  // One that was announced meanwhile is looked at from its beginning, which is no less.
  if (done.mapped().is_full)
    due_.try_emplace(shard, done.mapped().entries.back().id);
}

void outbox_actor_state::pass_over(shard_id shard) {
  ++passed_over_[shard];
  ++node_->counters->outbox_stuck;
}

void outbox_actor_state::forget_passed_over(shard_id shard) {
  if (auto known = passed_over_.extract(shard))
    node_->counters->outbox_stuck -= known.mapped();
}

/// A step belongs to a stream, and what it settles to the stream's shard; who put the entries is not known any more.
/// The stream has no events.
auto outbox_actor_state::settling_stream(shard_id shard) -> const stream_id& {
  auto found = settling_streams_.find(shard);
  if (found == settling_streams_.end())
    found = settling_streams_.emplace(shard, stream_in_shard("tusker_outbox", shard, node_->reader->shards()))
                .first;
  return found->second;
}

auto make_outbox_actor(outbox_actor_state::pointer self, std::shared_ptr<const node_context> node)
    -> outbox_actor::behavior_type {
  self->set_exception_handler(error_of_exception);
  auto& state = self->state;
  state.init(self, std::move(node));
  return {
      [&state](const walk_outbox&) { state.on_walk(); },
      [&state](const retry_append& message) { state.on_retry(message); },
  };
}

} // namespace tusker
