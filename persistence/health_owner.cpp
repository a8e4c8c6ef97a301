#include <tusker/persistence/health_owner.hpp>

#include <tusker/persistence/journal_errc.hpp>

#include <utility>

namespace tusker {

auto look_for_owner(const std::filesystem::path& directory) -> found_owner {
  auto lock = owner_lock::take(directory);
  if (!lock && lock.error().code() == journal_errc::locked)
    return {owner_state::running, owner_in(directory), std::nullopt};
  if (!lock)
    return {};
  lock->leave_as_found();
  auto process = lock->left_behind();
  auto state = process.empty() ? owner_state::none : owner_state::died;
  return {state, std::move(process), std::move(*lock)};
}

} // namespace tusker
