#include "counting_node.hpp"

#include <tusker/model/recorded_event.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <stdexcept>
#include <vector>

// Who subscribes sees each wanted event once, in order, none that is not durable, whatever dies in between.

using namespace tusker;
using std::chrono::seconds;

namespace {

using part_kind = node_part::part_kind;

/// Offsets of the events that a handler was given.
struct heard {
  std::vector<std::uint64_t> offsets;

  auto handler() -> event_handler {
    return [this](const recorded_event& event) -> result<void> {
      offsets.push_back(event.at.offset.value());
      return {};
    };
  }
};

using numbers = std::vector<std::uint64_t>;

auto must_subscribe(counting_node& node, const subscribe_options& options, event_handler handler)
    -> subscription {
  auto made = node.node->subscribe(options, std::move(handler));
  if (!made)
    throw std::logic_error(to_string(made.error()));
  return std::move(*made);
}

void add_many(counting_node& node, int count) {
  for (int at = 0; at < count; ++at)
    (void)node.add("a", 1);
  node.node.run();
}

} // namespace

TEST_CASE("a subscription tells what is there and then what comes, from where it was asked to") {
  counting_node node;
  add_many(node, 3);
  heard all;
  heard tail;
  heard fresh;
  auto first = must_subscribe(node, {}, all.handler());
  subscribe_options behind;
  behind.from = from_after{log_offset(2)};
  auto second = must_subscribe(node, behind, tail.handler());
  subscribe_options at_end;
  at_end.from = from_end{};
  auto third = must_subscribe(node, at_end, fresh.handler());
  node.node.run();
  CHECK(all.offsets == numbers{1, 2, 3});
  CHECK(first.status().phase == subscription_phase::live);
  CHECK(fresh.offsets.empty());
  add_many(node, 2);
  CHECK(all.offsets == numbers{1, 2, 3, 4, 5});
  CHECK(tail.offsets == numbers{3, 4, 5});
  CHECK(fresh.offsets == numbers{4, 5});
  CHECK(third.status().position == log_offset(5));
  CHECK(third.status().events == 2);
}

TEST_CASE("a subscription moves on over events that it does not want") {
  counting_node node;
  subscribe_options options;
  options.filter.stream_prefix = "counter-b";
  heard some;
  auto made = must_subscribe(node, options, some.handler());
  add_many(node, 5);
  CHECK(some.offsets.empty());
  CHECK(made.status().position == log_offset(5));
  CHECK(made.status().phase == subscription_phase::live);
  (void)node.add("b", 1);
  node.node.run();
  CHECK(some.offsets == numbers{6});
}

TEST_CASE("small batches tell the same as large ones") {
  counting_node node;
  add_many(node, 20);
  subscribe_options options;
  options.batch_events_max = GENERATE(as<std::size_t>(), 1, 3, 1'000);
  heard all;
  auto made = must_subscribe(node, options, all.handler());
  node.node.run();
  REQUIRE(all.offsets.size() == 20);
  for (std::uint64_t at = 0; at < 20; ++at)
    CHECK(all.offsets[at] == at + 1);
}

TEST_CASE("no event is told before its commit is durable") {
  counting_node node;
  heard all;
  auto made = must_subscribe(node, {}, all.handler());
  node.node.run();
  auto seen_before_commit = std::size_t{0};
  node.journal.before_append = [&](std::span<const append_item>) { seen_before_commit = all.offsets.size(); };
  (void)node.add("a", 1);
  while (node.node.run_once())
    CHECK(all.offsets.size() <= node.journal.head(log_id(0))->value());
  CHECK(seen_before_commit == 0);
  CHECK(all.offsets == numbers{1});
}

TEST_CASE("a handler that fails or throws ends its subscription before the event, and tells why") {
  counting_node node;
  add_many(node, 3);
  auto throws = GENERATE(false, true);
  auto made = must_subscribe(node, {}, [&](const recorded_event& event) -> result<void> {
    if (event.at.offset != log_offset(2))
      return {};
    if (throws)
      throw std::runtime_error("no more");
    return fail(journal_errc::storage_full, "no more");
  });
  heard other;
  auto untouched = must_subscribe(node, {}, other.handler());
  node.node.run();
  auto status = made.status();
  CHECK(status.phase == subscription_phase::failed);
  CHECK(status.position == log_offset(1));
  CHECK(status.events == 1);
  REQUIRE(status.failure);
  CHECK(status.failure->message().find("no more") != std::string::npos);
  CHECK(other.offsets == numbers{1, 2, 3});
  add_many(node, 1);
  CHECK(made.status().position == log_offset(1));
}

TEST_CASE("who stops a subscription, or lets go of it, hears nothing more") {
  counting_node node;
  heard all;
  auto made = must_subscribe(node, {}, all.handler());
  heard held;
  {
    auto gone = must_subscribe(node, {}, held.handler());
    add_many(node, 1);
  }
  made.stop();
  add_many(node, 1);
  CHECK(all.offsets == numbers{1});
  CHECK(held.offsets == numbers{1});
  CHECK(made.status().phase == subscription_phase::stopped);
}

TEST_CASE("a handler may stop its own subscription") {
  counting_node node;
  std::optional<subscription> made;
  heard all;
  made = must_subscribe(node, {}, [&](const recorded_event& event) -> result<void> {
    all.offsets.push_back(event.at.offset.value());
    made->stop();
    return {};
  });
  add_many(node, 3);
  CHECK(all.offsets == numbers{1});
}

TEST_CASE("a journal that is lost and opened again is neither skipped nor told twice") {
  counting_node node;
  node.journal.can_reopen = true;
  heard all;
  auto made = must_subscribe(node, {}, all.handler());
  add_many(node, 2);
  node.journal.next_failure_after_write = error(journal_errc::io_error, "the disk failed");
  (void)node.add("a", 1);
  node.node.run();
  node.node.advance(seconds(5));
  add_many(node, 2);
  CHECK(all.offsets == numbers{1, 2, 3, 4, 5});
  CHECK(made.status().phase == subscription_phase::live);
}

TEST_CASE("a shutdown ends subscriptions, and later ones are refused") {
  counting_node node;
  heard all;
  auto made = must_subscribe(node, {}, all.handler());
  add_many(node, 1);
  CHECK(node.node->shutdown());
  CHECK(made.status().phase == subscription_phase::stopped);
  CHECK(node.node->subscribe({}, all.handler()).error().code() == runtime_errc::stopped);
}

TEST_CASE("a handler that stops its subscription and then fails has stopped it") {
  counting_node node;
  std::optional<subscription> made;
  made = must_subscribe(node, {}, [&](const recorded_event&) -> result<void> {
    made->stop();
    return fail(journal_errc::storage_full, "no more");
  });
  add_many(node, 2);
  CHECK(made->status().phase == subscription_phase::stopped);
  CHECK_FALSE(made->status().failure);
}
