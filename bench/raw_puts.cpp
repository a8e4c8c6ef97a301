#include <tusker/bench/raw_puts.hpp>

#include <tusker/bench/raw_environment.hpp>
#include <tusker/bench/stopwatch.hpp>
#include <tusker/persistence/byte_writer.hpp>

#include <atomic>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

/// A stored message with its headers.
constexpr std::size_t record_bytes = 170;

auto put_one(const raw_environment& env, MDB_dbi table, std::uint64_t number) -> result<void> {
  auto transaction = env.begin(0);
  if (!transaction)
    return fail(transaction.error());
  auto key = std::move(byte_writer().big(number)).take();
  if (auto put = lmdb_put(*transaction, table, key, std::string(record_bytes, 'x')); !put)
    return put;
  return std::move(*transaction).commit();
}

} // namespace

auto put_durably(const std::filesystem::path& folder, std::uint64_t puts, unsigned threads)
    -> result<double> {
  auto env = raw_environment::make(folder, 0);
  auto table = env ? env->table("messages", 0) : fail(env.error());
  if (!table)
    return fail(table.error());
  std::atomic<std::uint64_t> next = 0;
  std::vector<result<void>> outcomes(threads);
  std::vector<std::thread> workers;
  workers.reserve(threads);
  stopwatch watch;
  for (unsigned at = 0; at < threads; ++at) {
    workers.emplace_back([&, at] {
      for (auto number = next++; number < puts && outcomes[at]; number = next++)
        outcomes[at] = put_one(*env, *table, number);
    });
  }
  for (auto& worker : workers)
    worker.join();
  auto seconds = watch.seconds();
  for (const auto& outcome : outcomes)
    if (!outcome)
      return fail(outcome.error());
  return seconds;
}

} // namespace tusker::bench
