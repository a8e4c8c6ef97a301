#pragma once

#include <order/domain/order.hpp>

#include <tusker/cli/registered_types.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace order_demo {

/// What the mailroom hears of.
using placed_orders = tusker::events_from<order, order_created>;

inline constexpr const char* mailroom_name = "mailroom";

/// How well the mailroom works.
struct mail_options {
  /// Of a hundred orders so many can never be confirmed: which, is decided by their ids.
  std::uint32_t fail_percent = 0;
  /// How soon a lost letter is written again; none: as the mailroom's retries say.
  std::optional<std::chrono::milliseconds> retry_base = std::nullopt;
};

/// How the mailroom is given its orders, unless a config says otherwise.
[[nodiscard]] auto delivery_to_mailroom() -> tusker::subscriber_options;

/// Where it puts its letters: a line each, at the end of the file. An order is confirmed at least once.
[[nodiscard]] auto mail_file(const std::filesystem::path& data) -> std::filesystem::path;

/// Adds the subscriber `mailroom`, which writes a letter for each order that is placed.
void add_mailroom(tusker::cli::registered_types& types, const mail_options& options,
                  tusker::subscriber_options how = delivery_to_mailroom());

} // namespace order_demo
