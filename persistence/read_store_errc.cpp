#include <tusker/persistence/read_store_errc.hpp>

#include <tusker/model/named_error_category.hpp>

#include <array>
#include <string_view>

namespace tusker {

namespace {

constexpr std::array<std::string_view, 6> sentences{
    "unknown_projection", "unknown_model", "too_large", "invalid", "other_journal", "unknown_index",
};

} // namespace

auto read_store_category() noexcept -> const std::error_category& {
  static const named_error_category category("tusker.read_store", sentences);
  return category;
}

auto make_error_code(read_store_errc code) noexcept -> std::error_code {
  return {static_cast<int>(code), read_store_category()};
}

} // namespace tusker
