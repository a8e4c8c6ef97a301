#include <tusker/model/model_errc.hpp>

#include <tusker/model/named_error_category.hpp>

#include <array>

namespace tusker {

namespace {

constexpr std::array<std::string_view, 17> sentences{
    "malformed_json",
    "schema_mismatch",
    "not_encodable",
    "unknown_event_type",
    "unknown_command_type",
    "unknown_rejection_type",
    "unsupported_schema_version",
    "malformed_id",
    "malformed_time",
    "invalid_name",
    "invalid_upcasters",
    "upcast_failed",
    "row_not_found",
    "row_key_changed",
    "unknown_index",
    "foreign_token",
    "invalid_saga",
};

} // namespace

auto model_category() noexcept -> const std::error_category& {
  static const named_error_category category("tusker.model", sentences);
  return category;
}

auto make_error_code(model_errc code) noexcept -> std::error_code {
  return {static_cast<int>(code), model_category()};
}

} // namespace tusker
