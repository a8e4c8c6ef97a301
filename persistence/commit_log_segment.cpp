#include <tusker/persistence/commit_log_segment.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/byte_writer.hpp>
#include <tusker/persistence/crc32c.hpp>

#include <algorithm>
#include <cassert>
#include <limits>

namespace tusker {

namespace {

constexpr std::string_view magic = "TUSKLOG1";
constexpr std::uint32_t header_version = 1;
constexpr std::size_t header_crc_at = segment_header_bytes - 4;

constexpr std::size_t crc_bytes = 4;
constexpr std::size_t batch_alignment = 8;
constexpr std::size_t smallest_batch_bytes = segment_batch_front_bytes + batch_alignment;

auto is_zeros(std::string_view bytes) -> bool {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

/// What every header begins with.
auto front_of_headers() -> std::string {
  return std::move(byte_writer().bytes(magic).little(header_version)).take();
}

/// Whether a header begins as it must, or would if all of it had been written.
auto is_front(std::string_view block) -> bool {
  auto front = front_of_headers();
  auto is_right = [](char ought, char is) { return is == ought || is == 0; };
  return std::equal(front.begin(), front.end(), block.begin(), is_right);
}

/// What stands before the changes.
struct batch_front {
  std::uint32_t crc = 0;
  std::uint32_t changes_bytes = 0;
  std::uint64_t sequence = 0;
  log_offset head;
};

/// REQUIRES: there are enough bytes for it.
auto read_front(std::string_view bytes, std::size_t at) -> batch_front {
  byte_reader in(bytes.substr(at, segment_batch_front_bytes));
  batch_front front;
  front.crc = in.little<std::uint32_t>();
  front.changes_bytes = in.little<std::uint32_t>();
  front.sequence = in.little<std::uint64_t>();
  front.head = log_offset(in.little<std::uint64_t>());
  return front;
}

/// The front of a batch whose changes are within the bytes too; none when the bytes cannot be a batch.
auto front_at(std::string_view bytes, std::size_t at) -> std::optional<batch_front> {
  if (at > bytes.size() || bytes.size() - at < segment_batch_front_bytes)
    return std::nullopt;
  auto front = read_front(bytes, at);
  if (front.changes_bytes == 0 || front.changes_bytes > bytes.size() - at - segment_batch_front_bytes)
    return std::nullopt;
  return front;
}

auto checksum_seed(const segment_header& use) -> std::uint32_t {
  return crc32c(byte_writer().raw(use.salt).little(use.generation).view());
}

} // namespace

auto encode_segment_header(const segment_header& header) -> std::string {
  byte_writer out;
  out.bytes(front_of_headers()).raw(header.journal.bytes).raw(header.salt);
  out.little(header.generation).little(header.first_sequence).little(header.capacity);
  out.bytes(std::string(header_crc_at - out.view().size(), '\0'));
  return std::move(out.little(crc32c(out.view()))).take();
}

auto look_at_segment_header(std::string_view bytes) -> segment_header_look {
  auto block = bytes.substr(0, segment_header_bytes);
  if (block.size() < segment_header_bytes)
    return {segment_header_state::unreadable, {}};
  if (is_zeros(block))
    return {segment_header_state::blank, {}};
  if (!is_front(block))
    return {segment_header_state::other_format, {}};
  auto crc = byte_reader(block.substr(header_crc_at)).little<std::uint32_t>();
  if (crc != crc32c(block.substr(0, header_crc_at)))
    return {segment_header_state::unreadable, {}};
  byte_reader in(block.substr(front_of_headers().size()));
  segment_header header;
  in.raw(header.journal.bytes);
  in.raw(header.salt);
  header.generation = in.little<std::uint64_t>();
  header.first_sequence = in.little<std::uint64_t>();
  header.capacity = in.little<std::uint64_t>();
  return {segment_header_state::whole, header};
}

auto segment_batch_bytes(std::size_t changes_bytes) -> std::size_t {
  return (segment_batch_front_bytes + changes_bytes + batch_alignment - 1) / batch_alignment *
         batch_alignment;
}

auto claimed_batch_bytes(std::string_view bytes, std::uint64_t sequence) -> std::size_t {
  if (bytes.size() < segment_batch_front_bytes)
    return 0;
  auto front = read_front(bytes, 0);
  return front.changes_bytes != 0 && front.sequence == sequence ? segment_batch_bytes(front.changes_bytes)
                                                                : 0;
}

void encode_segment_batch(std::string& to, const segment_header& use, const logged_batch& batch) {
  assert(!batch.changes.empty() && batch.changes.size() <= std::numeric_limits<std::uint32_t>::max());
  byte_writer front;
  front.little(static_cast<std::uint32_t>(batch.changes.size())).little(batch.sequence);
  front.little(batch.head.value());
  auto crc = crc32c(batch.changes, crc32c(front.view(), checksum_seed(use)));
  auto end = to.size() + segment_batch_bytes(batch.changes.size());
  to.reserve(end);
  to.append(byte_writer().little(crc).view()).append(front.view()).append(batch.changes);
  to.resize(end, '\0');
}

segment_reader::segment_reader(std::string_view bytes, const segment_header& use)
    : bytes_(bytes), first_sequence_(use.first_sequence), seed_(checksum_seed(use)) {}

auto segment_reader::batch_at(std::size_t at, std::uint64_t lowest) const -> std::optional<logged_batch> {
  auto front = front_at(bytes_, at);
  // The sequence first: it rules out nearly all that is no batch, without a checksum over megabytes.
  if (!front || front->sequence < lowest || front->sequence - lowest > bytes_.size() / smallest_batch_bytes)
    return std::nullopt;
  auto summed = bytes_.substr(at + crc_bytes, segment_batch_front_bytes - crc_bytes + front->changes_bytes);
  if (crc32c(summed, seed_) != front->crc)
    return std::nullopt;
  return logged_batch{front->sequence, front->head,
                      bytes_.substr(at + segment_batch_front_bytes, front->changes_bytes)};
}

auto segment_reader::find_batch(std::size_t from, std::uint64_t lowest) const -> std::optional<std::size_t> {
  for (auto at = from; at < bytes_.size(); at += batch_alignment)
    if (batch_at(at, lowest))
      return at;
  return std::nullopt;
}

auto segment_reader::run_from(std::size_t at, std::uint64_t lowest) const -> batch_run {
  auto batch = batch_at(at, lowest);
  assert(batch);
  batch_run run{batch->sequence, batch->sequence, at, at};
  for (; batch && batch->sequence <= run.last_sequence + 1;
       batch = batch_at(run.end, run.last_sequence + 1)) {
    run.last_sequence = batch->sequence;
    run.end += segment_batch_bytes(batch->changes.size());
  }
  return run;
}

auto segment_reader::find_runs() const -> std::vector<batch_run> {
  std::vector<batch_run> runs;
  auto from = segment_header_bytes;
  auto lowest = first_sequence_;
  for (auto at = find_batch(from, lowest); at; at = find_batch(from, lowest)) {
    runs.push_back(run_from(*at, lowest));
    from = runs.back().end;
    lowest = runs.back().last_sequence + 1;
  }
  return runs;
}

auto last_unproven_sequence(std::string_view bytes) -> std::uint64_t {
  auto at = segment_header_bytes;
  auto first = front_at(bytes, at);
  if (!first)
    return 0;
  auto last = first;
  auto next = first;
  do {
    last = next;
    at += segment_batch_bytes(last->changes_bytes);
    next = front_at(bytes, at);
  } while (next && next->sequence == last->sequence + 1);
  return last->sequence > first->sequence ? last->sequence : 0;
}

} // namespace tusker
