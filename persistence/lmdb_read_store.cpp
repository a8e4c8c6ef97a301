#include <tusker/persistence/lmdb_read_store.hpp>

#include <tusker/persistence/file_error.hpp>
#include <tusker/persistence/lmdb_commit_error.hpp>
#include <tusker/persistence/lmdb_file_length.hpp>
#include <tusker/persistence/lmdb_read_admission.hpp>
#include <tusker/persistence/lmdb_read_directory.hpp>
#include <tusker/persistence/lmdb_read_environment.hpp>
#include <tusker/persistence/lmdb_read_sweep.hpp>
#include <tusker/persistence/lmdb_read_view.hpp>
#include <tusker/persistence/lmdb_row_table.hpp>
#include <tusker/persistence/read_commit_check.hpp>

#include <algorithm>
#include <map>
#include <mutex>
#include <optional>
#include <system_error>
#include <type_traits>
#include <utility>

namespace tusker {

namespace {

/// Whether a transaction has anything to make durable.
enum class effect { nothing, changed };

template <class Value>
struct outcome {
  Value value;
  effect had = effect::changed;
};

/// What a change without a result gives.
struct done {};

class lmdb_read_store final : public read_store {
public:
  lmdb_read_store(lmdb_read_environment store, const read_store_options& options)
      : store_(std::move(store)), mode_(options.mode), limits_(options.limits),
        map_bytes_max_(options.map_bytes_max) {}

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
  [[nodiscard]] auto sweep(std::size_t entries_max) -> result<std::size_t> override;

  [[nodiscard]] auto info() const -> result<read_store_info> override {
    return read_store_info{"lmdb", read_store_format_version, store_.journal};
  }
  [[nodiscard]] auto projections() const -> result<std::vector<projection_entry>> override;
  [[nodiscard]] auto find_projection(std::string_view projection) const
      -> result<std::optional<projection_entry>> override;
  [[nodiscard]] auto view(model_number model) const -> result<std::unique_ptr<read_view>> override;
  [[nodiscard]] auto view(std::string_view projection) const -> result<std::unique_ptr<read_view>> override;
  [[nodiscard]] auto storage() const -> result<storage_stats> override { return store_.readers->stats(); }

private:
  /// Makes a change, `change(transaction) -> result<outcome<Value>>`, in one transaction. When the map is full it grows
  /// and the change is made again.
  template <class Change>
  auto write(const Change& change);

  template <class Change>
  auto write_once(const Change& change);

  /// `write` for a change of a projection that is there: `change(transaction, stored)` gives the same and changes
  /// `stored`, which is put back.
  template <class Change>
  auto write_projection(std::string_view name, const Change& change);

  [[nodiscard]] auto finish(lmdb_transaction transaction) -> result<void>;
  [[nodiscard]] auto perform(const lmdb_transaction& transaction, const read_commit& step,
                             const model_entry& model) const -> result<void>;
  [[nodiscard]] auto perform_writes(const lmdb_transaction& transaction, const read_commit& step) const
      -> result<void>;

  lmdb_read_environment store_;
  open_mode mode_;
  read_store_limits limits_;
  std::uint64_t map_bytes_max_;
  std::mutex writing_; ///< One write at a time; also guards what follows.
  /// Nothing more is taken until the store is opened again.
  std::optional<error> stopped_by_;
};

template <class Change>
auto lmdb_read_store::write(const Change& change) {
  using answer = decltype(write_once(change));
  if (mode_ == open_mode::read_only)
    return answer(fail(journal_errc::read_only, "the read store is open for reading only"));
  std::lock_guard lock(writing_);
  if (stopped_by_)
    return answer(fail(*stopped_by_));
  store_.readers->free_stale_slots();
  return store_.readers->with_room(map_bytes_max_, [&] { return write_once(change); });
}

template <class Change>
auto lmdb_read_store::write_once(const Change& change) {
  using value = decltype(change(std::declval<const lmdb_transaction&>())->value);
  using answer = result<std::decay_t<value>>;
  auto transaction = lmdb_transaction::begin(store_.env.get(), 0);
  if (!transaction)
    return answer(fail(transaction.error()));
  auto made = change(*transaction);
  if (!made) {
    if (made.error().code() != journal_errc::corrupt)
      return answer(fail(made.error()));
    // What is damaged is not written to again, nor opened; if this cannot be noted the next one meets it too.
    (void)store_.alarm.declare_damaged(made.error().message());
    stopped_by_ = damaged_read_store(store_.directory, made.error().message());
    return answer(fail(*stopped_by_));
  }
  // What changed nothing has nothing to make durable: the transaction ends without a flush.
  if (made->had == effect::changed)
    if (auto finished = finish(std::move(*transaction)); !finished)
      return answer(fail(finished.error()));
  return answer(std::move(made->value));
}

template <class Change>
auto lmdb_read_store::write_projection(std::string_view name, const Change& change) {
  using answer =
      decltype(change(std::declval<const lmdb_transaction&>(), std::declval<stored_projection&>()));
  return write([&](const lmdb_transaction& transaction) -> answer {
    auto stored = find_stored_projection(transaction, store_.tables, name);
    if (!stored)
      return fail(stored.error());
    if (!*stored)
      return fail(unknown_projection(name));
    auto made = change(transaction, **stored);
    if (!made || made->had == effect::nothing)
      return made;
    if (auto put = put_stored_projection(transaction, store_.tables, name, **stored); !put)
      return fail(put.error());
    return made;
  });
}

auto lmdb_read_store::finish(lmdb_transaction transaction) -> result<void> {
  auto committed = std::move(transaction).commit();
  if (committed) {
    lengthen_data_file(store_.env.get());
    return {};
  }
  auto failure = commit_error(store_.env.get(), committed.error(), free_bytes_beside(store_.env.get()));
  // No alarm: nothing of it was published, and what is lost of the commit before is made again.
  if (failure.code() != journal_errc::storage_full)
    stopped_by_ = error(failure.code(), failure.message() + "; the read store must be opened again");
  return fail(std::move(failure));
}

auto without_value(result<done> made) -> result<void> {
  return made ? result<void>() : fail(made.error());
}

auto lmdb_read_store::add_projection(std::string_view projection, projection_version version)
    -> result<projection_entry> {
  if (auto checked = check_projection_name(projection); !checked)
    return fail(checked.error());
  return write([&](const lmdb_transaction& transaction) -> result<outcome<projection_entry>> {
    auto found = find_projection_entry(transaction, store_.tables, projection);
    if (!found)
      return fail(found.error());
    if (*found)
      return outcome<projection_entry>{std::move(**found), effect::nothing};
    auto model = add_model(transaction, store_.tables, {std::string(projection), version});
    if (!model)
      return fail(model.error());
    auto stored = stored_projection();
    stored.serving = *model;
    if (auto put = put_stored_projection(transaction, store_.tables, projection, stored); !put)
      return fail(put.error());
    auto entry = projection_entry();
    entry.name = projection;
    entry.serving.number = *model;
    entry.serving.version = version;
    return outcome<projection_entry>{std::move(entry)};
  });
}

auto lmdb_read_store::claim(std::string_view projection, log_id log, epoch seen) -> result<claim_verdict> {
  return write_projection(
      projection, [&](const lmdb_transaction&, stored_projection& stored) -> result<outcome<claim_verdict>> {
        auto found = stored.epochs.find(log);
        auto current = found == stored.epochs.end() ? epoch() : found->second;
        if (current != seen)
          return outcome<claim_verdict>{fenced{current}, effect::nothing};
        stored.epochs[log] = seen.next();
        return outcome<claim_verdict>{log_claimed{seen.next()}};
      });
}

auto lmdb_read_store::begin_build(std::string_view projection, const build_plan& plan)
    -> result<model_number> {
  return write_projection(
      projection,
      [&](const lmdb_transaction& transaction, stored_projection& stored) -> result<outcome<model_number>> {
        if (stored.building != model_number()) {
          auto present = find_model_entry(transaction, store_.tables, stored.building);
          if (!present)
            return fail(present.error());
          if (*present && (*present)->version == plan.version && plan.how == build_start::resume)
            return outcome<model_number>{stored.building, effect::nothing};
          if (auto dropped = drop_model(transaction, store_.tables, stored.building); !dropped)
            return fail(dropped.error());
        }
        auto model = add_model(transaction, store_.tables, {std::string(projection), plan.version});
        if (!model)
          return fail(model.error());
        for (const auto& [log, offset] : plan.from)
          if (auto put = put_offset(transaction, store_.tables, *model, log, {offset, {}}); !put)
            return fail(put.error());
        stored.building = *model;
        return outcome<model_number>{*model};
      });
}

auto lmdb_read_store::switch_model(std::string_view projection, model_number built) -> result<void> {
  auto change = [&](const lmdb_transaction& transaction, stored_projection& stored) -> result<outcome<done>> {
    if (stored.building != built || built == model_number())
      return fail(unknown_model(built));
    if (auto dropped = drop_model(transaction, store_.tables, stored.serving); !dropped)
      return fail(dropped.error());
    stored.serving = std::exchange(stored.building, model_number());
    return outcome<done>{};
  };
  return without_value(write_projection(projection, change));
}

auto lmdb_read_store::abandon_build(std::string_view projection) -> result<void> {
  auto change = [&](const lmdb_transaction& transaction, stored_projection& stored) -> result<outcome<done>> {
    if (stored.building == model_number())
      return outcome<done>{{}, effect::nothing};
    if (auto dropped = drop_model(transaction, store_.tables, stored.building); !dropped)
      return fail(dropped.error());
    stored.building = model_number();
    return outcome<done>{};
  };
  return without_value(write_projection(projection, change));
}

auto lmdb_read_store::drop_projection(std::string_view projection) -> result<void> {
  auto change = [&](const lmdb_transaction& transaction) -> result<outcome<done>> {
    auto stored = find_stored_projection(transaction, store_.tables, projection);
    if (!stored)
      return fail(stored.error());
    if (!*stored)
      return outcome<done>{{}, effect::nothing};
    for (auto model : {(*stored)->serving, (*stored)->building})
      if (auto dropped = drop_model(transaction, store_.tables, model); !dropped)
        return fail(dropped.error());
    if (auto erased = lmdb_erase(transaction, store_.tables.projections, projection); !erased)
      return fail(erased.error());
    return outcome<done>{};
  };
  return without_value(write(change));
}

auto lmdb_read_store::set_mode(std::string_view projection, projection_mode mode) -> result<void> {
  return without_value(write_projection(
      projection, [mode](const lmdb_transaction&, stored_projection& stored) -> result<outcome<done>> {
        auto had = std::exchange(stored.mode, mode) == mode ? effect::nothing : effect::changed;
        return outcome<done>{{}, had};
      }));
}

auto lmdb_read_store::set_last_error(std::string_view projection, std::string_view what) -> result<void> {
  auto text = std::string(what.substr(0, last_error_bytes_max));
  return without_value(write_projection(
      projection, [&text](const lmdb_transaction&, stored_projection& stored) -> result<outcome<done>> {
        auto had = stored.last_error == text ? effect::nothing : effect::changed;
        stored.last_error = text;
        return outcome<done>{{}, had};
      }));
}

auto lmdb_read_store::commit(const read_commit& step) -> result<commit_verdict> {
  if (auto checked = check(step, limits_); !checked)
    return fail(checked.error());
  return write([&](const lmdb_transaction& transaction) -> result<outcome<commit_verdict>> {
    auto projection = find_projection_entry(transaction, store_.tables, step.projection);
    if (!projection)
      return fail(projection.error());
    if (auto refusal = refusal_of(step, *projection))
      return outcome<commit_verdict>{*refusal, effect::nothing};
    auto performed = perform(transaction, step, *(*projection)->model(step.model));
    if (!performed)
      return fail(performed.error());
    return outcome<commit_verdict>{read_committed{}};
  });
}

auto lmdb_read_store::perform(const lmdb_transaction& transaction, const read_commit& step,
                              const model_entry& model) const -> result<void> {
  if (auto performed = perform_writes(transaction, step); !performed)
    return performed;
  return put_offset(transaction, store_.tables, step.model, step.log,
                    {step.to, std::max(model.progressed, step.time)});
}

auto lmdb_read_store::perform_writes(const lmdb_transaction& transaction, const read_commit& step) const
    -> result<void> {
  std::map<std::string_view, lmdb_row_table> open;
  for (const auto& write : step.writes) {
    auto at = open.find(table_of(write));
    if (at == open.end()) {
      auto table = lmdb_row_table::open(transaction, store_.tables, step.model, table_of(write));
      if (!table)
        return fail(table.error());
      at = open.emplace(table_of(write), std::move(*table)).first;
    }
    auto& table = at->second;
    auto change = result<void>();
    if (const auto* put = std::get_if<put_row>(&write))
      change = table.put(*put);
    else if (const auto* erase = std::get_if<erase_row>(&write))
      change = table.erase(erase->key);
    else
      change = table.clear();
    if (!change)
      return change;
  }
  for (const auto& [name, table] : open)
    if (auto saved = table.save(); !saved)
      return saved;
  return {};
}

auto lmdb_read_store::sweep(std::size_t entries_max) -> result<std::size_t> {
  return write([&](const lmdb_transaction& transaction) -> result<outcome<std::size_t>> {
    auto swept = sweep_gone_tables(transaction, store_.tables, entries_max);
    if (!swept)
      return fail(swept.error());
    return outcome<std::size_t>{*swept, *swept == 0 ? effect::nothing : effect::changed};
  });
}

auto lmdb_read_store::projections() const -> result<std::vector<projection_entry>> {
  auto read = store_.readers->begin();
  if (!read)
    return fail(read.error());
  auto all = all_projection_entries(read->transaction, store_.tables);
  if (!all)
    return fail(with_advice(store_.directory, all.error()));
  return all;
}

auto lmdb_read_store::find_projection(std::string_view projection) const
    -> result<std::optional<projection_entry>> {
  auto read = store_.readers->begin();
  if (!read)
    return fail(read.error());
  auto entry = find_projection_entry(read->transaction, store_.tables, projection);
  if (!entry)
    return fail(with_advice(store_.directory, entry.error()));
  return entry;
}

auto lmdb_read_store::view(model_number model) const -> result<std::unique_ptr<read_view>> {
  auto read = store_.readers->begin();
  if (!read)
    return fail(read.error());
  auto entry = find_model_entry(read->transaction, store_.tables, model);
  if (!entry)
    return fail(with_advice(store_.directory, entry.error()));
  if (!*entry)
    return fail(unknown_model(model));
  return std::make_unique<lmdb_read_view>(store_, std::move(*read), std::move(**entry));
}

auto lmdb_read_store::view(std::string_view projection) const -> result<std::unique_ptr<read_view>> {
  auto read = store_.readers->begin();
  if (!read)
    return fail(read.error());
  auto entry = find_projection_entry(read->transaction, store_.tables, projection);
  if (!entry)
    return fail(with_advice(store_.directory, entry.error()));
  if (!*entry)
    return fail(unknown_projection(projection));
  return std::make_unique<lmdb_read_view>(store_, std::move(*read), std::move((*entry)->serving));
}

} // namespace

auto open_lmdb_read_store(const read_store_options& options) -> result<std::unique_ptr<read_store>> {
  auto store = open_lmdb_read_environment(options);
  if (!store)
    return fail(store.error());
  return std::make_unique<lmdb_read_store>(std::move(*store), options);
}

auto discard_read_store(const std::filesystem::path& directory) -> result<void> {
  if (auto checked = check_is_no_journal(directory); !checked)
    return checked;
  std::error_code failed;
  if (!std::filesystem::exists(directory, failed) && !failed)
    return {};
  auto folder = open_folder::enter(directory, "read store");
  if (!folder)
    return fail(folder.error());
  auto lock = owner_lock::take(directory, "read store");
  if (!lock)
    return fail(lock.error());
  // The data first: without them a raised alarm counts no more. The owner's file stays, since it is locked.
  for (const auto* name : {"data.mdb", "data.mdb.new", "lock.mdb", "alarm"}) {
    std::filesystem::remove(directory / name, failed);
    if (failed)
      return fail(file_error(directory / name, failed));
  }
  return {};
}

} // namespace tusker
