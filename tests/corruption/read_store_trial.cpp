#include "read_store_trial.hpp"

#include "reading_child.hpp"

#include <tusker/persistence/lmdb_read_store.hpp>
#include <tusker/persistence/sample_item.test.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <random>

namespace tusker::corruption {

namespace {

using sample::must;

constexpr std::size_t page_bytes = 4'096;

auto commit(read_store& store, std::vector<read_write> writes) -> void {
  auto entry = must(store.find_projection("p")).value();
  auto from = entry.serving.offset_of(log_id(0));
  (void)must(store.commit(
      {"p", entry.serving.number, log_id(0), epoch(0), from, from.next(), std::move(writes), {}}));
}

auto order_row(int number) -> put_row {
  auto key = "o-" + std::to_string(10'000 + number);
  auto city = "city-" + std::to_string(number % 37);
  return {"order", key, key + std::string(100, 'v'), {{"by_city", city}, {"by_sum", std::to_string(number)}}};
}

/// Has rows that were changed and erased, and two tables that wait to be swept, so that old pages stay in the file.
void fill(read_store& store) {
  (void)must(store.add_projection("p", projection_version(1)));
  for (auto batch = 0; batch < 10; ++batch) {
    std::vector<read_write> writes;
    writes.reserve(62);
    for (auto at = 0; at < 60; ++at)
      writes.emplace_back(order_row(60 * batch + at));
    writes.emplace_back(put_row{"large", std::to_string(batch), std::string(9'000, 'x')});
    writes.emplace_back(put_row{"old", std::to_string(batch), "old", {{"by", "k"}}});
    commit(store, std::move(writes));
  }
  commit(store, {erase_row{"order", "o-10017"}, clear_table{"old"}, put_row{"old", "new", "new"}});
}

auto text_of(const scan_slice& slice) -> std::string {
  std::string text;
  for (const auto& row : slice.rows)
    text += row.index_key + "|" + row.key + "|" + row.value + "\n";
  return text;
}

/// All that a reader can get: each table and index forward and backward, each row by its key, counts, the digest.
auto read_all(const read_store& store) -> result<std::string> {
  auto entry = store.find_projection("p");
  if (!entry || !*entry)
    return entry ? result<std::string>("no projection") : fail(entry.error());
  auto model = (*entry)->serving.number;
  std::string all = std::to_string((*entry)->serving.offset_of(log_id(0)).value()) + "\n";
  auto digest = store.digest(model);
  if (!digest)
    return digest;
  all += *digest + "\n";
  for (const auto& [table, index] : std::vector<std::pair<std::string, std::string>>{
           {"order", ""}, {"order", "by_city"}, {"order", "by_sum"}, {"large", ""}, {"old", ""}}) {
    for (auto direction : {read_direction::forward, read_direction::backward}) {
      scan_request request{table, index};
      request.direction = direction;
      request.limit = {10'000, std::size_t{64} << 20U};
      auto slice = store.scan(model, request);
      if (!slice)
        return fail(slice.error());
      all += text_of(*slice);
    }
    auto count = store.count(model, {table});
    if (!count)
      return fail(count.error());
    all += std::to_string(count->rows) + "\n";
  }
  for (auto number = 0; number < 600; ++number) {
    auto row = store.get(model, "order", order_row(number).key);
    if (!row)
      return fail(row.error());
    all += row->value_or("none") + "\n";
  }
  return all;
}

auto bytes_of(const std::filesystem::path& file) -> std::string {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Overwrites one page, the metas included, as a disk or another program might.
auto overwrite_page(const std::filesystem::path& file, std::uint32_t number) -> std::string {
  auto data = bytes_of(file);
  std::mt19937 random(number);
  auto pages = data.size() / page_bytes;
  auto page = random() % pages;
  auto at = page * page_bytes;
  std::string done;
  switch (number % 5) {
  case 0:
    done = "random bytes in";
    std::generate_n(data.begin() + static_cast<std::ptrdiff_t>(at), page_bytes,
                    [&] { return static_cast<char>(random()); });
    break;
  case 1:
    done = "zeros in";
    data.replace(at, page_bytes, page_bytes, '\0');
    break;
  case 2:
    // Another page, that says it is this one: only the order of its keys gives it away, or what it lacks.
    done = "another page in";
    data.replace(at + 8, page_bytes - 8, data.substr((random() % pages) * page_bytes + 8, page_bytes - 8));
    break;
  case 3:
    // Bytes 12 and 13 say how far the list of entries goes: one less, and the last entry is not there.
    done = "an entry less in";
    data[at + 12] = static_cast<char>(data[at + 12] - 2);
    break;
  default:
    done = "flipped bits in";
    for (auto left = 4; left > 0; --left) {
      auto& byte = data[at + random() % page_bytes];
      byte = static_cast<char>(byte ^ (1 << (random() % 8)));
    }
  }
  std::ofstream(file, std::ios::binary | std::ios::trunc)
      .write(data.data(), static_cast<std::streamsize>(data.size()));
  return done + " page " + std::to_string(page);
}

auto read_copy(const std::filesystem::path& folder, const std::string& content) -> reading {
  auto options = read_reference::options_in(folder);
  options.mode = open_mode::read_only;
  auto store = open_lmdb_read_store(options);
  auto told = store ? read_all(**store) : result<std::string>(fail(store.error()));
  if (!told)
    return reading::error;
  return *told == content ? reading::equal : reading::different;
}

} // namespace

auto read_reference::options_in(const std::filesystem::path& folder) -> read_store_options {
  read_store_options options;
  options.directory = folder;
  options.journal = sample::id_numbered(1, "journal");
  return options;
}

read_reference::read_reference() {
  auto store = must(open_lmdb_read_store(options_in(folder.path())));
  fill(*store);
  content = must(read_all(*store));
}

auto try_page(const read_reference& store, std::uint32_t number, const verification& verify) -> trial {
  tusker_test::temporary_folder copy;
  return try_copy(
      store.folder.path(), copy.path(), verify,
      [number](const auto& folder) { return overwrite_page(folder / "data.mdb", number); },
      [&store](const auto& folder) { return read_copy(folder, store.content); });
}

} // namespace tusker::corruption
