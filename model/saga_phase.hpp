#pragma once

#include <tusker/model/enum_names.hpp>

namespace tusker {

/// Where an instance of a saga stands:
///
///   none ─ start event ─▶ running ─ all steps succeeded ─▶ completed
///                           ├─ a step failed ─▶ compensating ─ all is undone ─▶ compensated
///                           └─ parked ─┐             └─ an undo failed ─┐
///                                      ▼                                ▼
///                                    stuck, until an operator has it tried again, or compensated
enum class saga_phase { none, running, compensating, stuck, completed, compensated };

/// Whether nothing can happen any more.
[[nodiscard]] constexpr auto has_ended(saga_phase phase) -> bool {
  return phase == saga_phase::completed || phase == saga_phase::compensated;
}

/// Whether nothing will happen by itself any more.
[[nodiscard]] constexpr auto is_at_rest(saga_phase phase) -> bool {
  return has_ended(phase) || phase == saga_phase::stuck;
}

} // namespace tusker

template <>
inline constexpr auto tusker::enum_names<tusker::saga_phase> = tusker::names<tusker::saga_phase>({
    {tusker::saga_phase::none, "none"},
    {tusker::saga_phase::running, "running"},
    {tusker::saga_phase::compensating, "compensating"},
    {tusker::saga_phase::stuck, "stuck"},
    {tusker::saga_phase::completed, "completed"},
    {tusker::saga_phase::compensated, "compensated"},
});
