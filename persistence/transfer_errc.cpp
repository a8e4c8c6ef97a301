#include <tusker/persistence/transfer_errc.hpp>

#include <tusker/model/named_error_category.hpp>

#include <array>
#include <string_view>

namespace tusker {

namespace {

constexpr std::array<std::string_view, 3> sentences{"place_taken", "malformed_line", "not_exportable"};

} // namespace

auto transfer_category() noexcept -> const std::error_category& {
  static const named_error_category category("tusker.transfer", sentences);
  return category;
}

auto make_error_code(transfer_errc code) noexcept -> std::error_code {
  return {static_cast<int>(code), transfer_category()};
}

} // namespace tusker
