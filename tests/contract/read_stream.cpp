#include "engine.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

namespace tusker::contract {

using namespace sample;

namespace {

constexpr std::size_t no_bytes_max = std::size_t{1} << 30U;

/// Ten events of `order-5` among those of its neighbours in every order that an index could mix up.
auto journal_of_neighbours(const engine& made_by) -> journal_under_test {
  auto journal = journal_under_test(made_by);
  for (std::size_t at = 0; at < 5; ++at)
    for (const auto* stream : {"order-4", "order-5", "order-6"})
      record(*journal, {item_for(*journal, stream, events(2, stream + std::to_string(at)))});
  return journal;
}

auto versions_of(const std::vector<recorded_event>& events) -> std::vector<std::uint64_t> {
  std::vector<std::uint64_t> versions;
  versions.reserve(events.size());
  for (const auto& event : events)
    versions.push_back(event.version.value());
  return versions;
}

auto read(const journal_under_test& journal, std::uint64_t from, read_limit limit, read_direction direction)
    -> stream_slice {
  return must(journal->read_stream(stream_named("order-5"), stream_version(from), limit, direction));
}

using versions = std::vector<std::uint64_t>;

} // namespace

TEST_CASE("a stream is read forward from its beginning, its middle and its end") {
  auto journal = journal_of_neighbours(GENERATE(from_range(engines())));
  auto from = [&](std::uint64_t version) { return read(journal, version, {}, read_direction::forward); };
  CHECK(versions_of(from(0).events) == versions{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  CHECK(versions_of(from(1).events) == versions{1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
  CHECK(versions_of(from(8).events) == versions{8, 9, 10});
  CHECK(versions_of(from(10).events) == versions{10});
  CHECK(from(0).head == stream_version(10));
  CHECK_FALSE(from(0).next);
}

TEST_CASE("a stream is read backward from its end, its middle and past its end") {
  auto journal = journal_of_neighbours(GENERATE(from_range(engines())));
  auto from = [&](std::uint64_t version) { return read(journal, version, {}, read_direction::backward); };
  CHECK(versions_of(from(3).events) == versions{3, 2, 1});
  CHECK(versions_of(from(10).events) == versions{10, 9, 8, 7, 6, 5, 4, 3, 2, 1});
  CHECK(versions_of(from(99).events) == versions{10, 9, 8, 7, 6, 5, 4, 3, 2, 1});
  CHECK(versions_of(from(UINT64_MAX).events).size() == 10);
  CHECK(from(0).events.empty());
  CHECK_FALSE(from(3).next);
}

TEST_CASE("a read past the end of a stream is empty and knows the head") {
  auto journal = journal_of_neighbours(GENERATE(from_range(engines())));
  for (auto from : {std::uint64_t{11}, std::uint64_t{UINT64_MAX}}) {
    auto slice = read(journal, from, {}, read_direction::forward);
    CHECK(slice.events.empty());
    CHECK(slice.head == stream_version(10));
    CHECK_FALSE(slice.next);
  }
}

TEST_CASE("a stream that nobody wrote is an empty slice") {
  auto journal = journal_of_neighbours(GENERATE(from_range(engines())));
  for (const auto& stream : {stream_named("order-55"), stream_named("payment-5"), stream_id()}) {
    for (auto direction : {read_direction::forward, read_direction::backward}) {
      auto slice = must(journal->read_stream(stream, stream_version(1), {}, direction));
      CHECK(slice.events.empty());
      CHECK(slice.head == empty_stream);
      CHECK_FALSE(slice.next);
      CHECK(must(journal->stream_head(stream)) == empty_stream);
    }
  }
}

TEST_CASE("slices limited by events go on where they ended, in both directions") {
  auto journal = journal_of_neighbours(GENERATE(from_range(engines())));
  auto first = read(journal, 2, {3, no_bytes_max}, read_direction::forward);
  CHECK(versions_of(first.events) == versions{2, 3, 4});
  CHECK(first.next == stream_version(5));
  auto back = read(journal, 9, {3, no_bytes_max}, read_direction::backward);
  CHECK(versions_of(back.events) == versions{9, 8, 7});
  CHECK(back.next == stream_version(6));
  auto stream = stream_named("order-5");
  auto all = whole_stream(*journal, stream);
  for (std::size_t count : {0U, 1U, 3U, 5U, 10U, 11U}) {
    CHECK(whole_stream(*journal, stream, {count, no_bytes_max}) == all);
    CHECK(whole_stream(*journal, stream, {count, no_bytes_max}, read_direction::backward).size() == 10);
  }
}

TEST_CASE("slices limited by bytes hold at least one event and lose none") {
  auto journal = journal_under_test(GENERATE(from_range(engines())));
  std::vector<event_data> sized;
  for (std::size_t bytes : {10U, 5'000U, 10U, 10U, 3'000U, 3'000U, 10U})
    sized.push_back(event_of("Sized", std::string(bytes, static_cast<char>('a' + sized.size()))));
  record(*journal, {item_for(*journal, "order-5", sized)});
  auto stream = stream_named("order-5");
  auto all = whole_stream(*journal, stream);
  REQUIRE(all.size() == sized.size());
  CHECK(read(journal, 2, {100, 1'000}, read_direction::forward).events.size() == 1);
  CHECK(read(journal, 1, {100, 1'000}, read_direction::forward).events.size() == 1);
  CHECK(read(journal, 3, {100, 1'000}, read_direction::forward).events.size() == 2);
  for (std::size_t bytes : {0U, 1U, 100U, 4'000U, 7'000U, 100'000U}) {
    CHECK(whole_stream(*journal, stream, {100, bytes}) == all);
    auto reversed = whole_stream(*journal, stream, {100, bytes}, read_direction::backward);
    CHECK(std::vector(reversed.rbegin(), reversed.rend()) == all);
    CHECK(whole_log(*journal, {100, bytes}) == all);
  }
}

} // namespace tusker::contract
