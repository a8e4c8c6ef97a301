#include <tusker/persistence/memory_read_store.hpp>

#include <tusker/persistence/memory_row_table.hpp>
#include <tusker/persistence/read_commit_check.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <set>
#include <utility>

namespace tusker {

namespace {

/// A model with its tables. A view shares them; whoever changes a table that is shared changes a copy.
struct memory_model {
  model_entry entry;
  std::map<std::string, std::shared_ptr<memory_row_table>, std::less<>> tables;
};

class memory_read_view final : public read_view {
public:
  memory_read_view(memory_model model, std::mutex& store) : model_(std::move(model)), store_(store) {}
  memory_read_view(const memory_read_view&) = delete;
  auto operator=(const memory_read_view&) -> memory_read_view& = delete;
  ~memory_read_view() override {
    // Under the store's lock: whoever finds a table that is not shared any more changes it where it is.
    std::lock_guard lock(store_);
    model_.tables.clear();
  }

  [[nodiscard]] auto entry() const -> const model_entry& override { return model_.entry; }

  [[nodiscard]] auto get(std::string_view table, std::string_view key) const
      -> result<std::optional<std::string>> override {
    return this->table(table).get(key);
  }
  [[nodiscard]] auto scan(const scan_request& request) const -> result<scan_slice> override {
    return table(request.table).scan(request);
  }
  [[nodiscard]] auto count(const count_request& request) const -> result<row_count> override {
    return table(request.table).count(request);
  }
  [[nodiscard]] auto tables() const -> result<std::vector<table_summary>> override {
    std::vector<table_summary> found;
    for (const auto& [name, table] : model_.tables)
      if (table->size() > 0)
        found.push_back({name, table->size()});
    return found;
  }

private:
  [[nodiscard]] auto table(std::string_view name) const -> const memory_row_table& {
    static const memory_row_table nothing;
    auto found = model_.tables.find(name);
    return found == model_.tables.end() ? nothing : *found->second;
  }

  memory_model model_;
  std::mutex& store_;
};

struct memory_projection {
  projection_entry entry; ///< Its models are those below.
  memory_model serving;
  std::optional<memory_model> building;

  [[nodiscard]] auto now() const -> projection_entry {
    auto all = entry;
    all.serving = serving.entry;
    if (building)
      all.building = building->entry;
    return all;
  }
  [[nodiscard]] auto model(model_number number) -> memory_model* {
    if (serving.entry.number == number)
      return &serving;
    return building && building->entry.number == number ? &*building : nullptr;
  }
};

class memory_read_store final : public read_store {
public:
  explicit memory_read_store(const read_store_options& options)
      : journal_(options.journal), limits_(options.limits) {}

  [[nodiscard]] auto add_projection(std::string_view projection, projection_version version)
      -> result<projection_entry> override;
  [[nodiscard]] auto claim(std::string_view projection, log_id log, epoch seen)
      -> result<claim_verdict> override;
  [[nodiscard]] auto begin_build(std::string_view projection, const build_plan& plan)
      -> result<model_number> override;
  [[nodiscard]] auto switch_model(std::string_view projection, model_number built) -> result<void> override;
  [[nodiscard]] auto abandon_build(std::string_view projection) -> result<void> override;
  [[nodiscard]] auto drop_projection(std::string_view projection) -> result<void> override;
  [[nodiscard]] auto set_mode(std::string_view projection, projection_mode mode) -> result<void> override;
  [[nodiscard]] auto set_last_error(std::string_view projection, std::string_view what)
      -> result<void> override;

  [[nodiscard]] auto commit(const read_commit& step) -> result<commit_verdict> override;
  /// What is dropped is freed at once.
  [[nodiscard]] auto sweep(std::size_t /*entries_max*/) -> result<std::size_t> override { return 0; }

  [[nodiscard]] auto info() const -> result<read_store_info> override {
    return read_store_info{"memory", 1, journal_};
  }
  [[nodiscard]] auto projections() const -> result<std::vector<projection_entry>> override;
  [[nodiscard]] auto find_projection(std::string_view projection) const
      -> result<std::optional<projection_entry>> override;
  [[nodiscard]] auto view(model_number model) const -> result<std::unique_ptr<read_view>> override;
  [[nodiscard]] auto view(std::string_view projection) const -> result<std::unique_ptr<read_view>> override;
  [[nodiscard]] auto storage() const -> result<storage_stats> override { return storage_stats{}; }

private:
  /// Makes a change of a projection under the lock. Errors: `unknown_projection`; those of the change.
  template <class Change>
  auto with(std::string_view name, const Change& change)
      -> decltype(change(std::declval<memory_projection&>())) {
    std::lock_guard lock(mutex_);
    auto found = projections_.find(name);
    if (found == projections_.end())
      return fail(unknown_projection(name));
    return change(found->second);
  }

  [[nodiscard]] auto new_model(projection_version version) -> memory_model {
    last_model_ = last_model_.next();
    return {{last_model_, version, {}, {}}, {}};
  }

  uuid journal_;
  read_store_limits limits_;
  mutable std::mutex mutex_; // guards what follows
  std::map<std::string, memory_projection, std::less<>> projections_;
  model_number last_model_;
};

auto memory_read_store::add_projection(std::string_view projection, projection_version version)
    -> result<projection_entry> {
  if (auto checked = check_projection_name(projection); !checked)
    return fail(checked.error());
  std::lock_guard lock(mutex_);
  auto found = projections_.find(projection);
  if (found == projections_.end()) {
    auto made = memory_projection{{}, new_model(version), std::nullopt};
    made.entry.name = projection;
    found = projections_.emplace(projection, std::move(made)).first;
  }
  return found->second.now();
}

auto memory_read_store::claim(std::string_view projection, log_id log, epoch seen) -> result<claim_verdict> {
  return with(projection, [&](memory_projection& found) -> result<claim_verdict> {
    auto current = found.entry.epoch_of(log);
    if (current != seen)
      return fenced{current};
    found.entry.epochs[log] = seen.next();
    return log_claimed{seen.next()};
  });
}

auto memory_read_store::begin_build(std::string_view projection, const build_plan& plan)
    -> result<model_number> {
  return with(projection, [&](memory_projection& found) -> result<model_number> {
    auto is_there = found.building && found.building->entry.version == plan.version;
    if (!is_there || plan.how == build_start::afresh) {
      found.building = new_model(plan.version);
      found.building->entry.offsets = plan.from;
    }
    return found.building->entry.number;
  });
}

auto memory_read_store::switch_model(std::string_view projection, model_number built) -> result<void> {
  return with(projection, [&](memory_projection& found) -> result<void> {
    if (!found.building || found.building->entry.number != built)
      return fail(unknown_model(built));
    found.serving = std::move(*found.building);
    found.building.reset();
    return {};
  });
}

auto memory_read_store::abandon_build(std::string_view projection) -> result<void> {
  return with(projection, [](memory_projection& found) -> result<void> {
    found.building.reset();
    return {};
  });
}

auto memory_read_store::drop_projection(std::string_view projection) -> result<void> {
  std::lock_guard lock(mutex_);
  if (auto found = projections_.find(projection); found != projections_.end())
    projections_.erase(found);
  return {};
}

auto memory_read_store::set_mode(std::string_view projection, projection_mode mode) -> result<void> {
  return with(projection, [mode](memory_projection& found) -> result<void> {
    found.entry.mode = mode;
    return {};
  });
}

auto memory_read_store::set_last_error(std::string_view projection, std::string_view what) -> result<void> {
  return with(projection, [what](memory_projection& found) -> result<void> {
    found.entry.last_error = what.substr(0, last_error_bytes_max);
    return {};
  });
}

/// Whether the model has room for the tables and indexes that a commit brings, in the order of its writes.
auto check_growth(const memory_model& model, const read_commit& step) -> result<void> {
  std::map<std::string_view, std::set<std::string>> indexes;
  for (const auto& [name, table] : model.tables)
    indexes.emplace(name, table->index_names());
  for (const auto& write : step.writes) {
    if (const auto* clear = std::get_if<clear_table>(&write);
        clear != nullptr && indexes.contains(clear->table))
      indexes[clear->table].clear();
    const auto* put = std::get_if<put_row>(&write);
    if (put == nullptr)
      continue;
    auto& names = indexes[put->table];
    for (const auto& entry : put->indexes)
      names.insert(entry.index);
    if (auto checked = check_table_count(put->table, indexes.size()); !checked)
      return checked;
    if (auto checked = check_index_count(put->table, names.size()); !checked)
      return checked;
  }
  return {};
}

/// Makes one write. REQUIRES: all of its commit were checked.
void perform(memory_model& model, const read_write& write) {
  const auto* put = std::get_if<put_row>(&write);
  auto found = model.tables.find(table_of(write));
  if (found == model.tables.end()) {
    if (put == nullptr)
      return;
    found = model.tables.emplace(put->table, std::make_shared<memory_row_table>()).first;
  }
  auto& table = found->second;
  if (std::holds_alternative<clear_table>(write)) {
    table = std::make_shared<memory_row_table>();
    return;
  }
  if (table.use_count() > 1)
    table = std::make_shared<memory_row_table>(*table);
  if (put != nullptr)
    table->put(*put);
  else
    table->erase(std::get<erase_row>(write).key);
}

auto memory_read_store::commit(const read_commit& step) -> result<commit_verdict> {
  if (auto checked = check(step, limits_); !checked)
    return fail(checked.error());
  std::lock_guard lock(mutex_);
  auto found = projections_.find(step.projection);
  auto known = found == projections_.end() ? std::nullopt : std::optional(found->second.now());
  if (auto refusal = refusal_of(step, known))
    return *refusal;
  auto& model = *found->second.model(step.model);
  if (auto checked = check_growth(model, step); !checked)
    return fail(checked.error());
  for (const auto& write : step.writes)
    perform(model, write);
  if (step.to != before_all_events)
    model.entry.offsets[step.log] = step.to;
  model.entry.progressed = std::max(model.entry.progressed, step.time);
  return read_committed{};
}

auto memory_read_store::projections() const -> result<std::vector<projection_entry>> {
  std::lock_guard lock(mutex_);
  std::vector<projection_entry> all;
  all.reserve(projections_.size());
  for (const auto& [name, projection] : projections_)
    all.push_back(projection.now());
  return all;
}

auto memory_read_store::find_projection(std::string_view projection) const
    -> result<std::optional<projection_entry>> {
  std::lock_guard lock(mutex_);
  auto found = projections_.find(projection);
  return found == projections_.end() ? std::nullopt : std::optional(found->second.now());
}

auto memory_read_store::view(model_number model) const -> result<std::unique_ptr<read_view>> {
  std::lock_guard lock(mutex_);
  for (const auto& [name, projection] : projections_) {
    if (projection.serving.entry.number == model)
      return std::make_unique<memory_read_view>(projection.serving, mutex_);
    if (projection.building && projection.building->entry.number == model)
      return std::make_unique<memory_read_view>(*projection.building, mutex_);
  }
  return fail(unknown_model(model));
}

auto memory_read_store::view(std::string_view projection) const -> result<std::unique_ptr<read_view>> {
  std::lock_guard lock(mutex_);
  auto found = projections_.find(projection);
  if (found == projections_.end())
    return fail(unknown_projection(projection));
  return std::make_unique<memory_read_view>(found->second.serving, mutex_);
}

} // namespace

auto open_memory_read_store(const read_store_options& options) -> result<std::unique_ptr<read_store>> {
  if (auto checked = check(options.limits); !checked)
    return fail(checked.error());
  return std::make_unique<memory_read_store>(options);
}

} // namespace tusker
