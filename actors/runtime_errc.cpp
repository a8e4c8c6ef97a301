#include <tusker/actors/runtime_errc.hpp>

#include <tusker/model/named_error_category.hpp>

#include <array>
#include <string_view>

namespace tusker {

namespace {

constexpr std::array<std::string_view, 22> sentences{
    "rejected",
    "timed_out",
    "overloaded",
    "no_handler",
    "aggregate_failed",
    "stopped",
    "already_started",
    "duplicate_type",
    "drain_timed_out",
    "handler_failed",
    "unknown_projection",
    "projection_displaced",
    "beyond_the_log",
    "subscription_displaced",
    "subscription_failed",
    "checkpoint_in_use",
    "unknown_checkpoint",
    "unknown_subscriber",
    "subscriber_displaced",
    "unknown_topic",
    "unknown_saga",
    "timer_gone",
};

} // namespace

auto runtime_category() noexcept -> const std::error_category& {
  static const named_error_category category("tusker.runtime", sentences);
  return category;
}

auto make_error_code(runtime_errc code) noexcept -> std::error_code {
  return {static_cast<int>(code), runtime_category()};
}

} // namespace tusker
