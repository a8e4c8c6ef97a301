#include <tusker/persistence/open_rows.hpp>

#include <utility>

namespace tusker {

auto rows_of(std::unique_ptr<const read_view> model, std::string projection) -> read_rows {
  return {std::shared_ptr<const row_source>(std::move(model)), std::move(projection)};
}

auto open_rows(const read_store& store, std::string_view projection) -> result<read_rows> {
  auto view = store.view(projection);
  if (!view)
    return fail(view.error());
  return rows_of(std::move(*view), std::string(projection));
}

auto open_rows(std::shared_ptr<const read_store> store, std::string_view projection) -> result<read_rows> {
  /// The view ends before the store.
  struct held_view {
    std::shared_ptr<const read_store> store;
    std::unique_ptr<const read_view> view;
  };
  auto view = store->view(projection);
  if (!view)
    return fail(view.error());
  auto held = std::make_shared<const held_view>(held_view{std::move(store), std::move(*view)});
  auto source = std::shared_ptr<const row_source>(held, held->view.get());
  return read_rows(std::move(source), std::string(projection));
}

} // namespace tusker
