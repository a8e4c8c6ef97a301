#pragma once

#include <tusker/config/read_store_options.hpp>
#include <tusker/persistence/read_store.hpp>

#include <memory>

namespace tusker {

/// A read store in memory, which ends with the object: for tests, and for those who do not mind building all
/// projections at every start. Of the options it takes `journal` and `limits`. While a view is held, a commit copies
/// the tables that it changes. Errors: those of `check(options.limits)`.
[[nodiscard]] auto open_memory_read_store(const read_store_options& options = {})
    -> result<std::unique_ptr<read_store>>;

} // namespace tusker
