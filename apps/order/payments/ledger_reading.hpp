#pragma once

#include <order/payments/ledger_entry.hpp>

#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>

namespace order_demo {

/// Tells the entries of a ledger's file in their order, and gives its length in bytes without a last line that has no
/// end: that one was being written when its writer died, and nobody was answered on it. A file that is not there has no
/// entries. It may be read while somebody writes to it.
/// Errors: `payment_errc::malformed_ledger`, which names file and line; `journal_errc::io_error`.
[[nodiscard]] auto read_ledger(const std::filesystem::path& file,
                               const std::function<void(ledger_entry)>& on_entry)
    -> tusker::result<std::uint64_t>;

} // namespace order_demo
