#include <tusker/persistence/journal_read.hpp>

#include <utility>

namespace tusker {

auto begin_read(const lmdb_store& store) -> result<journal_read> {
  // The tail first: what leaves it meanwhile is in the transaction then. The other way round it would be in neither.
  auto tail = store.tail ? store.tail->view() : tail_view();
  return store.readers->begin().map([&](lmdb_read base) {
    auto rows = journal_rows(base.transaction, std::move(tail), store.places);
    return journal_read{std::move(base), std::move(rows)};
  });
}

} // namespace tusker
