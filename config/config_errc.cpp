#include <tusker/config/config_errc.hpp>

#include <tusker/model/named_error_category.hpp>

#include <array>
#include <string_view>

namespace tusker {

namespace {

constexpr std::array<std::string_view, 7> sentences{
    "out_of_range", "missing", "malformed", "wrong_type", "unknown_name", "unreadable", "not_supported"};

} // namespace

auto config_category() noexcept -> const std::error_category& {
  static const named_error_category category("tusker.config", sentences);
  return category;
}

auto make_error_code(config_errc code) noexcept -> std::error_code {
  return {static_cast<int>(code), config_category()};
}

} // namespace tusker
