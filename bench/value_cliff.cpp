#include <tusker/bench/value_cliff.hpp>

#include <tusker/bench/order_document.hpp>
#include <tusker/bench/raw_environment.hpp>
#include <tusker/bench/spread.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/bench/trial_codec.hpp>
#include <tusker/bench/work_folder.hpp>
#include <tusker/persistence/crc32c.hpp>
#include <tusker/persistence/lmdb_keys.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace tusker::bench {

namespace {

constexpr std::uint64_t batch_events = 64;
constexpr std::uint64_t different_documents = 1'000;
/// A record's header and metadata when the metadata are empty: they are never packed.
constexpr std::size_t front_bytes = 116;
constexpr std::array<std::size_t, 7> sizes{500, 1'340, 1'500, 2'030, 2'100, 4'090, 8'000};
constexpr std::array codecs{trial_codec::plain, trial_codec::zstd, trial_codec::lz4};

using documents = std::vector<std::string>;

/// One size in one form, and what each round took.
struct trial {
  trial_codec codec;
  std::vector<double> pack_seconds = {};
  std::vector<double> unpack_seconds = {};
  std::vector<double> append_seconds = {};
  std::vector<double> strict_seconds = {};
  std::vector<double> read_seconds = {};
  std::uint64_t used_bytes = 0;
  std::uint64_t packed_bytes = 0; ///< Of all documents together.
  bool is_right = true;
};

auto make_documents(std::size_t value_bytes, std::uint64_t count) -> documents {
  documents made;
  for (std::uint64_t n = 0; n < count; ++n)
    made.push_back(large_order_document(n, value_bytes - front_bytes));
  return made;
}

/// Packs and unpacks each document once.
void measure_codec(trial& one, const documents& plain) {
  documents packed;
  packed.reserve(plain.size());
  stopwatch pack_watch;
  for (const auto& document : plain)
    packed.push_back(pack(one.codec, document).value_or(std::string()));
  one.pack_seconds.push_back(pack_watch.seconds());
  std::size_t right = 0;
  stopwatch unpack_watch;
  for (std::size_t at = 0; at < plain.size(); ++at)
    right += unpack(one.codec, packed[at], plain[at].size()) == plain[at] ? 1U : 0U;
  one.unpack_seconds.push_back(unpack_watch.seconds());
  one.is_right = one.is_right && right == plain.size();
  one.packed_bytes = 0;
  for (const auto& text : packed)
    one.packed_bytes += text.size();
}

auto append_all(const raw_environment& env, MDB_dbi table, trial_codec codec, const documents& plain,
                std::uint64_t events) -> result<void> {
  const std::string front(front_bytes - sizeof(std::uint32_t), 'h');
  for (std::uint64_t from = 0; from < events; from += batch_events) {
    auto transaction = env.begin(0);
    if (!transaction)
      return fail(transaction.error());
    for (auto n = from; n < std::min(from + batch_events, events); ++n) {
      auto value = front + pack(codec, plain[n % plain.size()]).value_or(std::string());
      auto crc = crc32c(value);
      value.insert(0, reinterpret_cast<const char*>(&crc), sizeof(crc));
      if (auto put = lmdb_put(*transaction, table, event_key(log_offset(n + 1)), value, MDB_APPEND); !put)
        return put;
    }
    if (auto done = std::move(*transaction).commit(); !done)
      return done;
  }
  return {};
}

/// How many events come back as they were stored.
auto read_all(const raw_environment& env, MDB_dbi table, trial_codec codec, const documents& plain)
    -> result<std::uint64_t> {
  auto transaction = env.begin(MDB_RDONLY);
  auto cursor = transaction ? lmdb_cursor::open(*transaction, table) : fail(transaction.error());
  if (!cursor)
    return fail(cursor.error());
  std::uint64_t right = 0;
  for (std::uint64_t n = 0;; ++n) {
    auto found = cursor->move(MDB_NEXT);
    if (!found)
      return fail(found.error());
    if (!*found)
      return right;
    const auto& document = plain[n % plain.size()];
    std::uint32_t stored = 0;
    std::memcpy(&stored, cursor->value().data(), sizeof(stored));
    auto is_intact = crc32c(cursor->value().substr(sizeof(stored))) == stored;
    auto text = unpack(codec, cursor->value().substr(front_bytes), document.size());
    right += is_intact && text == document ? 1U : 0U;
  }
}

/// Stores `events` documents in a new environment; the time that took.
auto append_anew(const work_folder& folder, unsigned flags, trial_codec codec, const documents& plain,
                 std::uint64_t events) -> result<std::pair<raw_environment, double>> {
  auto env = raw_environment::make(folder.at(flags == 0 ? "strict" : "volatile"), flags);
  auto table = env ? env->table("ev", 0) : fail(env.error());
  if (!table)
    return fail(table.error());
  stopwatch watch;
  if (auto done = append_all(*env, *table, codec, plain, events); !done)
    return fail(done.error());
  auto seconds = watch.seconds();
  return std::pair(std::move(*env), seconds);
}

auto measure_store(const work_folder& folder, trial& one, const documents& plain, std::uint64_t events)
    -> result<void> {
  auto strict = append_anew(folder, 0, one.codec, plain, std::max(events / 10, batch_events));
  if (!strict)
    return fail(strict.error());
  one.strict_seconds.push_back(strict->second);
  auto fast = append_anew(folder, MDB_NOSYNC, one.codec, plain, events);
  auto table = fast ? fast->first.table("ev", 0) : fail(fast.error());
  if (!table)
    return fail(table.error());
  one.append_seconds.push_back(fast->second);
  one.used_bytes = fast->first.used_bytes();
  stopwatch watch;
  auto right = read_all(fast->first, *table, one.codec, plain);
  if (!right)
    return fail(right.error());
  one.read_seconds.push_back(watch.seconds());
  one.is_right = one.is_right && *right == events;
  return {};
}

auto ratio(const std::vector<double>& plain, const std::vector<double>& other) -> double {
  return spread_of(plain).median / spread_of(other).median;
}

auto line_of(const trial& one, const trial& plain, std::size_t value_bytes, std::uint64_t events,
             std::uint64_t packed) -> measurement {
  auto per_event = [](double total, std::uint64_t count) { return total / static_cast<double>(count); };
  measurement made;
  made.system = name_of(one.codec);
  made.workload = "value-cliff";
  made.n = events;
  made.seconds = spread_of(one.append_seconds).median;
  made.figures = {
      {"event_bytes", static_cast<double>(value_bytes)},
      {"packed_bytes", per_event(static_cast<double>(one.packed_bytes), packed) + front_bytes},
      {"disk_bytes", per_event(static_cast<double>(one.used_bytes), events)},
      {"pack_us", per_event(spread_of(one.pack_seconds).median * 1e6, packed)},
      {"unpack_us", per_event(spread_of(one.unpack_seconds).median * 1e6, packed)},
      {"ratio_append", ratio(plain.append_seconds, one.append_seconds)},
      {"ratio_append_strict", ratio(plain.strict_seconds, one.strict_seconds)},
      {"ratio_read", ratio(plain.read_seconds, one.read_seconds)},
      {"ratio_disk", static_cast<double>(one.used_bytes) / static_cast<double>(plain.used_bytes)}};
  made.durable = "volatile";
  made.verified = one.is_right;
  made.notes = "append, 64 a commit, with packing; ratio_append_strict is of synced commits";
  return made;
}

auto measure_size(const work_folder& folder, std::size_t value_bytes, const workload_options& options)
    -> result<std::vector<measurement>> {
  auto plain = make_documents(value_bytes, std::min(options.events, different_documents));
  std::vector<trial> trials;
  trials.reserve(codecs.size());
  for (auto codec : codecs)
    trials.push_back({codec});
  for (unsigned round = 0; round < options.rounds; ++round) {
    for (auto& one : trials) {
      measure_codec(one, plain);
      if (auto done = measure_store(folder, one, plain, options.events); !done)
        return fail(done.error());
    }
  }
  std::vector<measurement> lines;
  lines.reserve(trials.size());
  for (const auto& one : trials)
    lines.push_back(line_of(one, trials.front(), value_bytes, options.events, plain.size()));
  return lines;
}

} // namespace

auto run_value_cliff(const workload_options& options) -> result<std::vector<measurement>> {
  auto folder = work_folder::make(options.data);
  if (!folder)
    return fail(folder.error());
  std::vector<measurement> measured;
  for (auto value_bytes : sizes) {
    auto lines = measure_size(*folder, value_bytes, options);
    if (!lines)
      return lines;
    measured.insert(measured.end(), lines->begin(), lines->end());
  }
  return measured;
}

} // namespace tusker::bench
