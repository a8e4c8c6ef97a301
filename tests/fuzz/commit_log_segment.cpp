#include "fuzz_target.hpp"

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/commit_log_segment.hpp>
#include <tusker/persistence/crc32c.hpp>

#include <algorithm>

// The files of the commit log. The input is what stands behind a segment's header, or a whole segment; the batches are
// tried as they are, and once more with checksums that fit, since no mutation gets past one by chance.

namespace tusker::fuzz {

namespace {

auto sample_use() -> segment_header {
  segment_header use;
  use.salt.fill(5);
  use.generation = 3;
  use.first_sequence = 10;
  return use;
}

auto sample_batches() -> std::string {
  std::string bytes;
  for (std::uint64_t sequence = 10; sequence < 14; ++sequence)
    encode_segment_batch(bytes, sample_use(), {sequence, log_offset(sequence), "changes of a batch"});
  return bytes + std::string(40, '\0');
}

/// The same batches, each with a checksum of this use, as far as their lengths lead.
auto with_checksums(std::string bytes, const segment_header& use) -> std::string {
  auto seed = crc32c(byte_writer().raw(use.salt).little(use.generation).view());
  for (auto at = segment_header_bytes; at + 24 < bytes.size();) {
    byte_reader length(std::string_view(bytes).substr(at + 4));
    auto changes_bytes = std::min<std::size_t>(length.little<std::uint32_t>(), bytes.size() - at - 24);
    auto crc = crc32c(std::string_view(bytes).substr(at + 4, 20 + changes_bytes), seed);
    bytes.replace(at, 4, byte_writer().little(crc).view());
    at += segment_batch_bytes(changes_bytes);
  }
  return bytes;
}

void check_segment(std::string_view bytes, const segment_header& use) {
  segment_reader reader(bytes, use);
  auto next = use.first_sequence;
  auto from = segment_header_bytes;
  for (const auto& run : reader.find_runs()) {
    require(run.first_sequence >= next && run.last_sequence >= run.first_sequence, "sequences go back");
    require(run.begin >= from && run.end > run.begin && run.begin % 8 == 0, "batches overlap");
    std::string again;
    auto is_complete = reader.visit_run(run, [&](const logged_batch& batch) {
      auto at = run.begin + again.size();
      encode_segment_batch(again, use, batch);
      auto end = at + 24 + batch.changes.size();
      require(bytes.substr(at, end - at) == std::string_view(again).substr(at - run.begin, end - at),
              "a batch that was taken is encoded otherwise");
      return true;
    });
    require(is_complete && run.begin + again.size() == run.end, "a run does not come back");
    next = run.last_sequence + 1;
    from = run.end;
  }
}

} // namespace

auto seeds() -> std::vector<std::string> {
  auto whole = encode_segment_header(sample_use()) + sample_batches();
  return {sample_batches(), whole, whole.substr(0, segment_header_bytes)};
}

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  using namespace tusker::fuzz;
  auto in = text_of(data, size);
  (void)last_unproven_sequence(in);
  auto look = look_at_segment_header(in);
  if (look.state == segment_header_state::whole) {
    require(encode_segment_header(look.header).substr(0, 68) == in.substr(0, 68),
            "a header is encoded otherwise");
    check_segment(in, look.header);
  }
  auto bytes = encode_segment_header(sample_use()).append(in);
  check_segment(bytes, sample_use());
  check_segment(with_checksums(bytes, sample_use()), sample_use());
  return 0;
}
