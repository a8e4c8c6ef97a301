#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/persistence/journal.hpp>

#include <memory>

namespace tusker {

/// A journal that forgets everything when it is destroyed: for tests and trials. It keeps the whole contract but
/// durability. Takes `shards` and `limits` from the options; the others do not concern it.
/// Errors: those of `check(options)` for the two.
[[nodiscard]] auto open_memory_journal(const journal_options& options = {})
    -> result<std::unique_ptr<journal>>;

} // namespace tusker
