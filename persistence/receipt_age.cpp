#include <tusker/persistence/receipt_age.hpp>

namespace tusker {

auto time_of_command(command_id command) -> std::optional<timestamp> {
  constexpr std::uint8_t version_seven = 7;
  const auto& id = command.value();
  if (id.bytes[6] >> 4U != version_seven)
    return std::nullopt;
  return time_of(id);
}

auto receipt_horizon(timestamp now, std::chrono::hours kept) -> timestamp {
  // Times before 1970 stand in no id.
  return now.time_since_epoch() < kept ? timestamp{} : now - kept;
}

auto is_droppable(command_id command, timestamp recorded, timestamp horizon) -> bool {
  auto time = time_of_command(command);
  return time && *time < horizon && recorded < horizon;
}

auto kept_after(timestamp dropped) -> timestamp {
  return dropped + std::chrono::milliseconds(1);
}

auto may_be_forgotten(command_id command, timestamp receipts_from) -> bool {
  auto time = time_of_command(command);
  return time && *time < receipts_from;
}

} // namespace tusker
