#include "read_store_steps.hpp"

#include <tusker/persistence/sample_item.test.hpp>

#include <stdexcept>
#include <utility>

namespace tusker::contract {

using sample::must;

auto added(read_store& store, std::string_view projection) -> projection_entry {
  return must(store.add_projection(projection, projection_version(1)));
}

auto projection_of(const read_store& store, std::string_view projection) -> projection_entry {
  auto found = must(store.find_projection(projection));
  if (!found)
    throw std::runtime_error("a projection that a test relies on is not there");
  return *found;
}

auto step_to(const read_store& store, std::uint64_t to, std::vector<read_write> writes) -> read_commit {
  auto projection = projection_of(store);
  read_commit step;
  step.projection = summary;
  step.model = projection.serving.number;
  step.log = first_log;
  step.owner = projection.epoch_of(first_log);
  step.from = projection.serving.offset_of(first_log);
  step.to = log_offset(to);
  step.writes = std::move(writes);
  step.time = sample::time_at(static_cast<std::int64_t>(to));
  return step;
}

auto in_model(const read_store& store, read_commit step, model_number model) -> read_commit {
  auto projection = projection_of(store, step.projection);
  const auto* found = projection.model(model);
  if (found == nullptr)
    throw std::runtime_error("a model that a test relies on is not there");
  step.model = model;
  step.from = found->offset_of(step.log);
  return step;
}

void commit_all(read_store& store, const read_commit& step) {
  if (must(store.commit(step)) != commit_verdict(read_committed()))
    throw std::runtime_error("a commit that a test relies on was refused");
}

auto row(std::string key, std::string value, std::vector<index_entry> indexes, std::string table) -> put_row {
  return {std::move(table), std::move(key), std::move(value), std::move(indexes)};
}

auto all_rows(const read_view& view, scan_request request, std::size_t rows_each) -> std::vector<read_row> {
  std::vector<read_row> all;
  request.limit.rows_max = rows_each;
  do {
    auto slice = must(view.scan(request));
    all.insert(all.end(), slice.rows.begin(), slice.rows.end());
    request.after = slice.next;
  } while (!request.after.empty());
  return all;
}

auto whole_model(const read_store& store, model_number model) -> table_rows {
  auto view = must(store.view(model));
  table_rows all;
  for (const auto& table : must(view->tables()))
    for (const auto& found : all_rows(*view, {table.name}))
      all[table.name][found.key] = found.value;
  return all;
}

auto keys_of(const std::vector<read_row>& rows) -> std::vector<std::string> {
  std::vector<std::string> keys;
  keys.reserve(rows.size());
  for (const auto& found : rows)
    keys.push_back(found.key);
  return keys;
}

auto sweep_all(read_store& store, std::size_t entries_max) -> std::size_t {
  std::size_t sweeps = 0;
  while (must(store.sweep(entries_max)) > 0)
    ++sweeps;
  return sweeps;
}

} // namespace tusker::contract
