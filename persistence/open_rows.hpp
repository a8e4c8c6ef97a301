#pragma once

#include <tusker/model/read_rows.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/read_store.hpp>
#include <tusker/persistence/read_view.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace tusker {

/// The rows of a projection as they are now, in the model that serves. Errors: those of `read_store::view`.
/// REQUIRES: what `read_view` does; the store outlives the rows.
[[nodiscard]] auto open_rows(const read_store& store, std::string_view projection) -> result<read_rows>;

/// The same, where the rows keep the store open.
[[nodiscard]] auto open_rows(std::shared_ptr<const read_store> store, std::string_view projection)
    -> result<read_rows>;

/// The rows of any model. `projection` names it in errors.
[[nodiscard]] auto rows_of(std::unique_ptr<const read_view> model, std::string projection) -> read_rows;

} // namespace tusker
