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

/// Whether nothing will happen any more.
[[nodiscard]] constexpr auto has_ended(saga_phase phase) -> bool {
  return phase == saga_phase::completed || phase == saga_phase::compensated;
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
