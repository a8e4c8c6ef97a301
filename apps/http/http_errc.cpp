#include <tusker/http/http_errc.hpp>

#include <tusker/model/named_error_category.hpp>

#include <array>
#include <string_view>

namespace tusker {

namespace {

constexpr std::array<std::string_view, 5> sentences{"cannot_listen", "unreachable", "too_large",
                                                    "bad_request", "not_stopped"};

} // namespace

auto http_category() noexcept -> const std::error_category& {
  static const named_error_category category("tusker.http", sentences);
  return category;
}

auto make_error_code(http_errc code) noexcept -> std::error_code {
  return {static_cast<int>(code), http_category()};
}

} // namespace tusker
