#include <tusker/cli/cli_errc.hpp>

#include <tusker/model/named_error_category.hpp>

#include <array>

namespace tusker::cli {

namespace {

constexpr std::array<std::string_view, 8> names{"usage",       "not_found",       "cannot_open",
                                                "cannot_read", "cannot_write",    "unexpected",
                                                "declined",    "node_unavailable"};

} // namespace

auto cli_category() noexcept -> const std::error_category& {
  static const named_error_category category("tusker.cli", names);
  return category;
}

auto make_error_code(cli_errc code) noexcept -> std::error_code {
  return {static_cast<int>(code), cli_category()};
}

} // namespace tusker::cli
