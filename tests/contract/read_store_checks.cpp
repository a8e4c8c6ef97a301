#include "read_store_checks.hpp"

#include "read_store_steps.hpp"

#include <tusker/persistence/sample_item.test.hpp>

#include <algorithm>
#include <array>
#include <functional>
#include <random>
#include <set>
#include <utility>

namespace tusker::contract {

namespace {

using sample::must;

/// Draws writes to a few tables, keys and index keys that are near each other, so that all of them meet.
class write_lottery {
public:
  explicit write_lottery(std::uint32_t seed) : random_(seed) {}

  auto draw(std::size_t below) -> std::size_t { return random_() % below; }

  auto key() -> std::string {
    static const std::array<std::string, 6> keys{
        "", "a", std::string("a\0", 2), "ab", std::string("a\0b", 3), "\xFF"};
    return keys.at(draw(keys.size()));
  }
  auto table() -> std::string { return draw(3) == 0 ? "customer" : "order"; }
  auto index() -> std::string { return draw(2) == 0 ? "by_city" : "by_day"; }

  auto put() -> put_row {
    put_row made{table(), key() + key(), std::to_string(++drawn_)};
    for (auto count = draw(4); count > 0; --count)
      made.indexes.push_back({index(), key()});
    return made;
  }
  auto write() -> read_write {
    if (draw(40) == 0)
      return clear_table{table()};
    if (draw(3) == 0)
      return erase_row{table(), key() + key()};
    return put();
  }

private:
  std::mt19937 random_;
  std::uint64_t drawn_ = 0;
};

/// What the rows must be: the contract in a map.
class row_map {
public:
  void perform(const read_write& write) {
    auto& rows = tables_[table_of(write)];
    auto& indexes = indexes_[table_of(write)];
    if (const auto* put = std::get_if<put_row>(&write)) {
      rows[put->key] = *put;
      for (const auto& entry : put->indexes)
        indexes.insert(entry.index);
    } else if (const auto* erase = std::get_if<erase_row>(&write)) {
      rows.erase(erase->key);
    } else {
      rows.clear();
      indexes.clear();
    }
  }

  /// Whether the table can be read by the index; by no index it always can.
  [[nodiscard]] auto is_known(const std::string& table, const std::string& index) const -> bool {
    auto found = indexes_.find(table);
    return index.empty() || of(table).empty() || (found != indexes_.end() && found->second.contains(index));
  }

  [[nodiscard]] auto rows(const std::string& table, const key_range& range) const -> std::vector<read_row> {
    std::vector<read_row> found;
    for (const auto& [key, put] : of(table))
      if (range.contains(key))
        found.push_back({key, put.value});
    return found;
  }

  [[nodiscard]] auto rows(const std::string& table, const std::string& index, const key_range& range) const
      -> std::vector<read_row> {
    std::set<std::pair<std::string, std::string>> places;
    for (const auto& [key, put] : of(table))
      for (const auto& entry : put.indexes)
        if (entry.index == index && range.contains(entry.key))
          places.insert({entry.key, key});
    std::vector<read_row> found;
    found.reserve(places.size());
    for (const auto& [index_key, key] : places)
      found.push_back({key, of(table).at(key).value, index_key});
    return found;
  }

  [[nodiscard]] auto all_puts() const -> std::vector<read_write> {
    std::vector<read_write> puts;
    for (const auto& [table, rows] : tables_)
      for (const auto& [key, put] : rows)
        puts.emplace_back(put);
    return puts;
  }

private:
  using key_rows = std::map<std::string, put_row>;

  [[nodiscard]] auto of(const std::string& table) const -> const key_rows& {
    static const key_rows nothing;
    auto found = tables_.find(table);
    return found == tables_.end() ? nothing : found->second;
  }

  std::map<std::string, key_rows> tables_;
  std::map<std::string, std::set<std::string>> indexes_; ///< That rows were put into.
};

class random_writes {
public:
  random_writes(read_store& store, std::uint32_t seed) : store_(store), any_(seed) {}

  auto run() -> fault_list {
    auto model = added(store_).serving.number;
    for (std::uint64_t offset = 1; offset <= rounds && faults_.empty(); ++offset) {
      std::vector<read_write> writes;
      for (auto count = any_.draw(8); count > 0; --count)
        writes.push_back(any_.write());
      for (const auto& write : writes)
        wanted_.perform(write);
      commit_all(store_, step_to(store_, offset, writes));
      if (any_.draw(12) == 0)
        (void)must(store_.sweep(1 + any_.draw(5)));
      compare(*must(store_.view(model)), offset);
    }
    compare_digest(model);
    return faults_;
  }

private:
  static constexpr std::uint64_t rounds = 120;

  void expect(bool holds, const std::string& otherwise) {
    if (!holds)
      faults_.push_back(otherwise);
  }

  auto range() -> key_range {
    switch (any_.draw(4)) {
    case 0:
      return {};
    case 1:
      return key_range::of_prefix(any_.key());
    case 2:
      return key_range::of_key(any_.key());
    default:
      return {any_.key(), any_.draw(2) == 0 ? std::nullopt : std::optional(any_.key())};
    }
  }

  void compare(const read_view& view, std::uint64_t offset) {
    auto at = " after commit " + std::to_string(offset);
    expect(view.entry().offset_of(first_log) == log_offset(offset), "the offset is another one" + at);
    for (const std::string table : {"customer", "order"}) {
      compare_scans(view, {table, {}, range()}, at);
      for (const std::string index : {"by_city", "by_day", "by_nothing"})
        compare_scans(view, {table, index, range()}, at);
      auto rows = wanted_.rows(table, {});
      expect(must(view.count({table})) == row_count{rows.size()}, "a table has another count" + at);
      for (const auto& found : rows)
        expect(must(view.get(table, found.key)) == found.value, "a row has another value" + at);
      expect(!must(view.get(table, "nobody")), "a row that was never put is there" + at);
    }
  }

  void compare_scans(const read_view& view, scan_request request, const std::string& at) {
    auto is_refused = [](const auto& answer) {
      return !answer && answer.error().code() == read_store_errc::unknown_index;
    };
    auto is_known = wanted_.is_known(request.table, request.index);
    auto counted = view.count({request.table, request.index, request.range, 1'000});
    if (!is_known || !counted) {
      expect(!is_known && is_refused(counted) && is_refused(view.scan(request)),
             "an index is known and should not be, or is not and should: " + request.index + at);
      return;
    }
    auto wanted = request.index.empty() ? wanted_.rows(request.table, request.range)
                                        : wanted_.rows(request.table, request.index, request.range);
    auto where = request.table + " " + request.index + at;
    expect(all_rows(view, request, 1 + any_.draw(4)) == wanted, "another scan of " + where);
    expect(*counted == row_count{wanted.size()}, "another count of " + where);
    std::reverse(wanted.begin(), wanted.end());
    request.direction = read_direction::backward;
    expect(all_rows(view, request, 1 + any_.draw(4)) == wanted, "another backward scan of " + where);
  }

  /// The rows that are left, put into an empty model at once, have the digest that all the history led to.
  void compare_digest(model_number model) {
    auto fresh = must(store_.begin_build(summary, {projection_version(2), build_start::afresh}));
    commit_all(store_, in_model(store_, step_to(store_, 1, wanted_.all_puts()), fresh));
    expect(must(store_.digest(model)) == must(store_.digest(fresh)), "the digest depends on the history");
    auto more = in_model(store_, step_to(store_, 2, {row("more", "")}), fresh);
    commit_all(store_, more);
    expect(must(store_.digest(model)) != must(store_.digest(fresh)), "the digest misses a row");
  }

  read_store& store_;
  write_lottery any_;
  row_map wanted_;
  fault_list faults_;
};

} // namespace

auto faults_of_random_writes(read_store& empty, std::uint32_t seed) -> fault_list {
  return random_writes(empty, seed).run();
}

auto faults_of_refused_commits(read_store& empty) -> fault_list {
  fault_list faults;
  auto model = added(empty).serving.number;
  (void)must(empty.claim(summary, first_log, epoch(0)));
  (void)must(empty.claim(summary, first_log, epoch(1)));
  commit_all(empty, step_to(empty, 5, {row("1", "one", {{"by_city", "Rome"}}), row("2", "two")}));
  const auto good = step_to(empty, 8, {row("1", "uno"), erase_row{"order", "2"}, row("3", "tre", {}, "new")});
  const auto before = projection_of(empty);
  const auto rows = whole_model(empty, model);
  auto expect = [&](const std::string& why, const std::function<void(read_commit&)>& spoil,
                    const commit_verdict& wanted) {
    auto step = good;
    spoil(step);
    if (must(empty.commit(step)) != wanted)
      faults.push_back("another verdict for " + why);
    if (projection_of(empty) != before || whole_model(empty, model) != rows)
      faults.push_back("something changed by a commit with " + why);
  };
  expect(
      "a stale epoch", [](auto& step) { step.owner = epoch(1); }, fenced{epoch(2)});
  expect(
      "an epoch that is not there yet", [](auto& step) { step.owner = epoch(3); }, fenced{epoch(2)});
  expect(
      "an offset that was passed", [](auto& step) { step.from = log_offset(0); },
      offset_mismatch{log_offset(5)});
  expect(
      "a gap before it", [](auto& step) { step.from = log_offset(6); }, offset_mismatch{log_offset(5)});
  expect(
      "another log", [](auto& step) { step.log = log_id(3); }, fenced{epoch(0)});
  expect(
      "a model that never was", [](auto& step) { step.model = step.model.next(); }, model_gone{});
  expect(
      "a projection that never was", [](auto& step) { step.projection = "nobody"; }, model_gone{});
  auto too_large = good;
  too_large.writes.emplace_back(row(std::string(key_bytes_max + 1, 'k'), ""));
  if (empty.commit(too_large) || projection_of(empty) != before || whole_model(empty, model) != rows)
    faults.emplace_back("a commit whose last write is too large wrote something");
  if (!faults.empty())
    return faults;
  commit_all(empty, good);
  if (whole_model(empty, model) != table_rows{{"order", {{"1", "uno"}}}, {"new", {{"3", "tre"}}}} ||
      projection_of(empty).serving.offset_of(first_log) != log_offset(8))
    faults.emplace_back("a good commit did not do what it says");
  return faults;
}

} // namespace tusker::contract
