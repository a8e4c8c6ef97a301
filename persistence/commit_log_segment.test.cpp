#include <tusker/persistence/commit_log_segment.hpp>

#include <tusker/persistence/commit_log_batch.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

#include <array>
#include <cstdio>
#include <numeric>
#include <string>
#include <vector>

namespace tusker {

using namespace sample;

namespace {

auto to_hex(std::string_view bytes) -> std::string {
  std::string hex;
  for (auto byte : bytes) {
    auto text = std::array<char, 3>{};
    std::snprintf(text.data(), text.size(), "%02x", static_cast<unsigned>(static_cast<unsigned char>(byte)));
    hex.append(text.data());
  }
  return hex;
}

auto sample_use(std::uint64_t generation = 4, std::uint64_t first_sequence = 10) -> segment_header {
  segment_header use;
  use.journal = id_numbered(1);
  std::iota(use.salt.begin(), use.salt.end(), std::uint8_t{100});
  use.generation = generation;
  use.first_sequence = first_sequence;
  use.capacity = 4'096;
  return use;
}

auto sample_batch(std::uint64_t sequence, std::string_view changes = "some changes") -> logged_batch {
  return {sequence, log_offset(sequence * 2), changes};
}

/// A segment with these batches, filled up with zeros.
auto segment_of(const segment_header& use, const std::vector<logged_batch>& batches) -> std::string {
  auto bytes = encode_segment_header(use);
  for (const auto& batch : batches)
    encode_segment_batch(bytes, use, batch);
  bytes.resize(use.capacity);
  return bytes;
}

auto batches_in(std::string_view bytes, const segment_header& use) -> std::vector<logged_batch> {
  segment_reader reader(bytes, use);
  std::vector<logged_batch> all;
  for (const auto& run : reader.find_runs()) {
    CHECK(reader.visit_run(run, [&](const logged_batch& batch) {
      all.push_back(batch);
      return true;
    }));
  }
  return all;
}

using sequences = std::vector<std::uint64_t>;

auto sequences_in(std::string_view bytes, const segment_header& use) -> sequences {
  sequences all;
  for (const auto& batch : batches_in(bytes, use))
    all.push_back(batch.sequence);
  return all;
}

} // namespace

TEST_CASE("a segment has the bytes of the worked example in docs/storage_format.md") {
  segment_header use;
  use.journal = must(parse_uuid("019aaffb-0740-7000-8000-000000000005"));
  std::iota(use.salt.begin(), use.salt.end(), std::uint8_t{0});
  use.generation = 1;
  use.first_sequence = 1;
  use.capacity = std::uint64_t{4} << 20U;
  auto bytes = encode_segment_header(use);
  REQUIRE(bytes.size() == 512);
  CHECK(to_hex(bytes.substr(0, 68)) ==
        "5455534b4c4f473101000000019aaffb074070008000000000000005000102030405060708090a0b0c0d0e0f"
        "010000000000000001000000000000000000400000000000");
  CHECK(bytes.substr(68, 440) == std::string(440, '\0'));
  CHECK(to_hex(bytes.substr(508)) == "bcb7a6ae");

  using namespace std::string_view_literals;
  commit_log_batch changes;
  changes.add({2, row_change_kind::put_new, "\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\1"sv, "\0\0\0\0\0\0\0\1"sv});
  auto entry = must(parse_uuid("019aaffb-0740-7000-8000-000000000004"));
  auto key = std::string("\0\x36", 2) + std::string(entry.bytes.begin(), entry.bytes.end());
  changes.add({9, row_change_kind::erase, key, ""});
  std::string batch;
  encode_segment_batch(batch, use, {1, log_offset(1), changes.view()});
  CHECK(to_hex(batch) == "ef3256f836000000010000000000000001000000000000000202100008000000"
                         "0000000000000001000000000000000100000000000000010309120000"
                         "36019aaffb0740700080000000000000040000");
}

TEST_CASE("a segment's header comes back") {
  auto use = sample_use();
  auto look = look_at_segment_header(encode_segment_header(use));
  CHECK(look.state == segment_header_state::whole);
  CHECK(look.header == use);
}

TEST_CASE("a header of zeros is blank, and one that is short or changed is never whole") {
  CHECK(look_at_segment_header(std::string(600, '\0')).state == segment_header_state::blank);
  auto whole = encode_segment_header(sample_use());
  CHECK(look_at_segment_header(std::string_view(whole).substr(0, 511)).state ==
        segment_header_state::unreadable);
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 16);
    auto expected = at < 12 ? segment_header_state::other_format : segment_header_state::unreadable;
    CHECK(look_at_segment_header(changed).state == expected);
  }
}

TEST_CASE("a header of which a part was written is unreadable") {
  auto whole = encode_segment_header(sample_use());
  for (std::size_t at = 1; at < whole.size(); ++at) {
    auto front = whole.substr(0, at) + std::string(whole.size() - at, '\0');
    auto back = std::string(at, '\0') + whole.substr(at);
    CHECK(look_at_segment_header(front).state == segment_header_state::unreadable);
    CHECK(look_at_segment_header(back).state == segment_header_state::unreadable);
  }
}

TEST_CASE("batches come back from a segment as they were appended, in order") {
  auto use = sample_use();
  auto long_changes = std::string(700, 'x');
  std::vector<logged_batch> all{sample_batch(10), sample_batch(11, long_changes), sample_batch(12, "x")};
  auto bytes = segment_of(use, all);
  CHECK(batches_in(bytes, use) == all);
  CHECK(segment_reader(bytes, use).find_runs().size() == 1);
  CHECK(batches_in(segment_of(use, {}), use).empty());
}

TEST_CASE("a batch begins at a multiple of eight and ends in zeros") {
  auto use = sample_use();
  for (std::size_t bytes = 1; bytes <= 17; ++bytes) {
    std::string encoded;
    encode_segment_batch(encoded, use, sample_batch(10, std::string(bytes, 'x')));
    CHECK(encoded.size() == segment_batch_bytes(bytes));
    CHECK(encoded.size() % 8 == 0);
    CHECK(encoded.substr(24 + bytes) == std::string(encoded.size() - 24 - bytes, '\0'));
  }
}

TEST_CASE("a batch that is damaged is left out, and those behind it are found") {
  auto use = sample_use();
  auto whole = segment_of(use, {sample_batch(10), sample_batch(11), sample_batch(12), sample_batch(13)});
  auto size = segment_batch_bytes(sample_batch(10).changes.size());
  auto begin = segment_header_bytes + size;
  for (auto at = begin; at < begin + 24 + sample_batch(11).changes.size(); ++at) {
    auto damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    CHECK(sequences_in(damaged, use) == sequences{10, 12, 13});
    auto runs = segment_reader(damaged, use).find_runs();
    REQUIRE(runs.size() == 2);
    CHECK(runs[0] == batch_run{10, 10, segment_header_bytes, begin});
    CHECK(runs[1].begin == begin + size);
  }
}

TEST_CASE("batches of another use of the segment are none of this one's") {
  auto use = sample_use(4, 1'000);
  auto bytes = segment_of(use, {sample_batch(1'000), sample_batch(1'001)});
  auto newer = use;
  ++newer.generation;
  CHECK(sequences_in(bytes, newer).empty());
  auto salted = use;
  ++salted.salt[15];
  CHECK(sequences_in(bytes, salted).empty());
  // A use that has the same salt and generation, but began elsewhere: the sequences are too low, or too far off.
  auto later = use;
  later.first_sequence = 1'001;
  CHECK(sequences_in(bytes, later) == sequences{1'001});
  auto earlier = use;
  earlier.first_sequence = 1'000 - 4'096 / 32;
  CHECK(sequences_in(bytes, earlier) == sequences{1'000, 1'001});
  --earlier.first_sequence;
  CHECK(sequences_in(bytes, earlier).empty());
}

TEST_CASE("changes that hold a batch which has all but the salt right pass for none") {
  auto use = sample_use();
  auto guessed = use;
  ++guessed.salt[0];
  auto salt_of_imitation = GENERATE(0, 1);
  std::string imitation;
  encode_segment_batch(imitation, salt_of_imitation == 0 ? guessed : use, sample_batch(12));
  auto bytes = segment_of(use, {sample_batch(10), sample_batch(11, imitation)});
  CHECK(sequences_in(bytes, use) == sequences{10, 11});
  // Torn: then what is behind the last whole batch is searched.
  auto begin = segment_header_bytes + segment_batch_bytes(sample_batch(10).changes.size());
  bytes[begin] = static_cast<char>(bytes[begin] ^ 1);
  // The control: with the salt it would pass.
  CHECK(sequences_in(bytes, use) == (salt_of_imitation == 0 ? sequences{10} : sequences{10, 12}));
}

TEST_CASE("a length that reaches past the end of the file is no batch") {
  auto use = sample_use();
  auto bytes = segment_of(use, {sample_batch(10, std::string(3'000, 'x'))});
  CHECK(sequences_in(bytes, use) == sequences{10});
  CHECK(sequences_in(std::string_view(bytes).substr(0, segment_header_bytes + 24 + 2'999), use).empty());
  CHECK(sequences_in(std::string_view(bytes).substr(0, 100), use).empty());
}

TEST_CASE("batches whose header is lost are seen from the second on") {
  auto use = sample_use();
  auto last_in = [&](const std::vector<logged_batch>& batches) {
    return last_unproven_sequence(segment_of(use, batches));
  };
  CHECK(last_in({}) == 0);
  CHECK(last_in({sample_batch(10)}) == 0);
  CHECK(last_in({sample_batch(10), sample_batch(11)}) == 11);
  CHECK(last_in({sample_batch(10), sample_batch(11), sample_batch(12)}) == 12);
  // What an earlier use left behind the first batch.
  CHECK(last_in({sample_batch(10), sample_batch(4), sample_batch(5)}) == 0);
}

} // namespace tusker
