#include <tusker/persistence/journal_read.hpp>

#include <tusker/persistence/apply_rows.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <chrono>
#include <thread>
#include <utility>

namespace tusker {

namespace {

/// A log whose writer uses a segment again meanwhile is read again; damage stays.
constexpr int looks_max = 8;
constexpr auto between_looks = std::chrono::milliseconds(1);

/// The log first, as below. The writer may use a segment again while it is read: then LMDB has what stood there, in a
/// transaction that begins afterwards.
auto look_beside_writer(const lmdb_store& store) -> result<journal_read> {
  auto before = applied_batch_of(store);
  auto refreshed = before ? store.overlay->refresh(*before) : result<void>(fail(before.error()));
  if (!refreshed)
    return fail(refreshed.error());
  auto base = store.readers->begin();
  if (!base)
    return fail(base.error());
  auto applied = applied_batch(base->transaction, store.tables);
  auto tail = applied ? store.overlay->view_behind(*applied) : result<tail_view>(fail(applied.error()));
  if (!tail)
    return fail(tail.error());
  auto rows = journal_rows(base->transaction, std::move(*tail), store.places);
  return journal_read{std::move(*base), std::move(rows)};
}

auto read_beside_writer(const lmdb_store& store) -> result<journal_read> {
  for (int look = 1;; ++look) {
    auto read = look_beside_writer(store);
    if (read || look == looks_max || read.error().code() != journal_errc::corrupt)
      return read;
    std::this_thread::sleep_for(between_looks);
  }
}

} // namespace

auto begin_read(const lmdb_store& store) -> result<journal_read> {
  if (store.overlay)
    return read_beside_writer(store);
  // The tail first: what leaves it meanwhile is in the transaction then. The other way round it would be in neither.
  auto tail = store.tail ? store.tail->view() : tail_view();
  return store.readers->begin().map([&](lmdb_read base) {
    auto rows = journal_rows(base.transaction, std::move(tail), store.places);
    return journal_read{std::move(base), std::move(rows)};
  });
}

} // namespace tusker
