#include <tusker/persistence/append_check.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker_test/catch.hpp>

#include <array>
#include <string>
#include <vector>

namespace tusker {

namespace {

constexpr shard_count one_shard{1};

auto item() -> append_item {
  append_item made;
  made.stream = stream_id::make("order", "1").value();
  made.events.resize(1);
  made.events[0].content = {"Placed", schema_version(1), "{}"};
  made.command = command_id(uuid{{1}});
  return made;
}

/// Facts that note who asked, and fail where they are told to.
struct noting_facts {
  std::string asked;
  std::string fails_at;
  bool has_the_timer = true;

  auto owner_of(shard_id shard) -> result<shard_owner> {
    return answer("owner", shard_owner{shard, epoch(0), "", {}});
  }
  auto has_timer(shard_id, const timer_entry&) -> result<bool> { return answer("timer", has_the_timer); }
  auto receipt_of(const append_item&) -> result<std::optional<stored_receipt>> {
    return answer("receipt", std::optional<stored_receipt>());
  }
  auto standing_of(const stream_id&) -> result<stream_standing> {
    return answer("stream", stream_standing());
  }
  auto snapshot_of(const stream_id&) -> result<std::optional<stream_version>> {
    return answer("snapshot", std::optional<stream_version>());
  }

private:
  template <class Value>
  auto answer(const std::string& fact, Value value) -> result<Value> {
    asked += fact + " ";
    if (fact == fails_at)
      return fail(journal_errc::corrupt, fact);
    return value;
  }
};

auto refusal(const append_item& of, noting_facts& facts) -> result<std::optional<append_verdict>> {
  return refusal_of(of, append_limits(), one_shard, facts);
}

} // namespace

TEST_CASE("facts are asked for in the order of checks, and only as long as they are needed") {
  noting_facts facts;
  CHECK_FALSE(refusal(item(), facts).value());
  CHECK(facts.asked == "owner receipt stream ");
  facts.asked.clear();
  auto without_command = item();
  without_command.command = {};
  CHECK_FALSE(refusal(without_command, facts).value());
  CHECK(facts.asked == "owner stream ");
  facts.asked.clear();
  auto firing = item();
  firing.fires.emplace();
  firing.fires->owner = firing.stream;
  firing.fires->content = {"Remind", schema_version(1), "{}"};
  CHECK_FALSE(refusal(firing, facts).value());
  CHECK(facts.asked == "owner timer receipt stream ");
  facts.asked.clear();
  facts.has_the_timer = false;
  CHECK(refusal(firing, facts).value() == append_verdict(timer_gone()));
  CHECK(facts.asked == "owner timer ");
  facts.asked.clear();
  auto stale = item();
  stale.shard_epoch = epoch(1);
  CHECK(refusal(stale, facts).value() == append_verdict(fenced{epoch(0)}));
  CHECK(facts.asked == "owner ");
  facts.asked.clear();
  CHECK(refusal({}, facts).value());
  CHECK(facts.asked.empty());
}

TEST_CASE("a fact that cannot be had is the batch's error, not the item's verdict") {
  for (const auto* fact : {"owner", "receipt", "stream"}) {
    noting_facts facts;
    facts.fails_at = fact;
    auto judged = refusal(item(), facts);
    REQUIRE_FALSE(judged);
    CHECK(judged.error().code() == journal_errc::corrupt);
    CHECK(judged.error().message() == fact);
  }
}

TEST_CASE("an event's size counts its type, its content and its metadata") {
  auto event = item().events[0];
  CHECK(size_of(event) == 8);
  event.meta.subject = "sub";
  event.meta.traceparent = "trace";
  event.meta.user = {{"ab", "cde"}};
  CHECK(size_of(event) == 21);
  auto two = item();
  two.events.push_back(event);
  CHECK(size_of(two) == 29);
}

TEST_CASE("a refusal says what is wrong with which stream, how much, and the limit") {
  auto limits = append_limits();
  limits.event_bytes_max = 7;
  auto refusal = shape_refusal(item(), limits, one_shard);
  REQUIRE(refusal);
  CHECK(std::get<refused>(*refusal).why.message() ==
        "the append to order-1 has 8 bytes in one message (Placed), the limit is 7");
}

TEST_CASE("a receipt keeps what the item came to") {
  auto rejected = item();
  rejected.events.clear();
  rejected.rejection = encoded_message{"No", schema_version(1), "{}"};
  rejected.command_hash.bytes = {9};
  rejected.time = timestamp{std::chrono::microseconds(5)};
  auto recorded = appended{stream_version(3), {log_id(0), log_offset(8)}};
  auto receipt = receipt_for(rejected, recorded);
  CHECK(receipt.hash == rejected.command_hash);
  CHECK(receipt.outcome ==
        command_outcome{recorded.version, recorded.at, 0, rejected.rejection, rejected.time});
}

TEST_CASE("a claim of a shard past the last one is refused with the shards there are") {
  CHECK_FALSE(claim_refusal(std::array{shard_claim{shard_id(7), epoch(0)}}, shard_count(8)));
  auto refusal = claim_refusal(std::array{shard_claim{shard_id(8), epoch(0)}}, shard_count(8));
  REQUIRE(refusal);
  CHECK(refusal->message() == "shard 8 cannot be claimed: the journal has shards 0 to 7");
}

TEST_CASE("everything an item holds counts against its limits, not its events alone") {
  append_limits limits;
  limits.event_bytes_max = 100;
  limits.item_bytes_max = 250;
  auto step = append_item();
  step.stream = *stream_id::make("order", "1");
  step.shard = shard_of(step.stream, shard_count(64));
  step.outbox.push_back({{}, std::string(101, 't'), {"Pay", schema_version(1), "{}"}, {}});
  CHECK(shape_refusal(step, limits, shard_count(64)));
  step.outbox.front().target = "payment-1";
  CHECK_FALSE(shape_refusal(step, limits, shard_count(64)));
  step.outbox.front().content.type = "";
  CHECK(shape_refusal(step, limits, shard_count(64)));
  step.outbox.clear();
  step.timers.assign(3, {{}, step.stream, {"Remind", schema_version(1), std::string(80, ' ')}});
  CHECK(shape_refusal(step, limits, shard_count(64)));
  step.timers.pop_back();
  CHECK_FALSE(shape_refusal(step, limits, shard_count(64)));
  step.notes.push_back({std::string(60, 'k'), {"Noted", schema_version(1), "{}"}});
  CHECK(shape_refusal(step, limits, shard_count(64)));
  step.notes.front().key = "k";
  CHECK_FALSE(shape_refusal(step, limits, shard_count(64)));
}

TEST_CASE("a stream that was closed takes what only takes back, of any kind") {
  auto closed = stream_standing{stream_version(1), stream_state::tombstoned};
  auto nothing = item();
  nothing.events.clear();
  CHECK(stream_refusal(nothing, closed));
  auto cancelling = nothing;
  cancelling.timers_cancelled.emplace_back();
  auto settling = nothing;
  settling.outbox_settled.emplace_back();
  auto removing = nothing;
  removing.notes_removed.emplace_back("a");
  auto firing = nothing;
  firing.fires.emplace();
  for (const auto& clearing : {cancelling, settling, removing, firing}) {
    CHECK_FALSE(stream_refusal(clearing, closed));
    auto noting = clearing;
    noting.notes.push_back({"b", {"Noted", schema_version(1), "{}"}});
    CHECK(stream_refusal(noting, closed));
  }
}

TEST_CASE("a stream of the runtime may answer the timer of another stream, no other one") {
  auto answering = item();
  answering.fires.emplace();
  answering.fires->owner = stream_id::make("order", "2").value();
  answering.fires->content = {"Remind", schema_version(1), "{}"};
  CHECK(shape_refusal(answering, append_limits(), one_shard));
  answering.stream = stream_id::make("tusker_dead_commands", "0").value();
  CHECK_FALSE(shape_refusal(answering, append_limits(), one_shard));
}

} // namespace tusker
