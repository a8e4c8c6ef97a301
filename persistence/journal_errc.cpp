#include <tusker/persistence/journal_errc.hpp>

#include <tusker/model/named_error_category.hpp>

#include <array>
#include <string_view>

namespace tusker {

namespace {

constexpr std::array<std::string_view, 16> sentences{
    "version_conflict",   "command_id_reused", "fenced",           "too_large",       "invalid_item",
    "storage_full",       "io_error",          "corrupt",          "not_found",       "locked",
    "unsupported_format", "read_only",         "too_many_readers", "command_expired", "stream_tombstoned",
    "events_truncated",
};

} // namespace

auto journal_category() noexcept -> const std::error_category& {
  static const named_error_category category("tusker.journal", sentences);
  return category;
}

auto make_error_code(journal_errc code) noexcept -> std::error_code {
  return {static_cast<int>(code), journal_category()};
}

} // namespace tusker
