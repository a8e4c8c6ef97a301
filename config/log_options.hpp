#pragma once

#include <tusker/model/enum_names.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>

namespace tusker {

/// How much a log says: its own level and all that are worse.
enum class log_level { debug, info, warning, error, off };

/// How a line of the log looks.
enum class log_format {
  automatic, ///< `human` on a terminal, `json` elsewhere.
  human,     ///< For people.
  json,      ///< A JSON object a line.
};

/// What speaks in a log: each part may have a level of its own.
enum class log_component { program, node, journal, projection, queue, saga, http };
inline constexpr std::size_t log_components = 7;

/// What a program tells of its work on standard error.
struct log_options {
  log_level level = log_level::warning;
  log_format format = log_format::automatic;
  /// By component; where there is none it is `level`.
  std::array<std::optional<log_level>, log_components> levels = {};
  /// How often a running node is looked at for what it has to tell. From 10 ms to 1 hour.
  std::chrono::milliseconds look_every{1'000};

  [[nodiscard]] auto level_of(log_component component) const -> log_level {
    return levels.at(static_cast<std::size_t>(component)).value_or(level);
  }
};

} // namespace tusker

template <>
inline constexpr auto tusker::enum_names<tusker::log_level> = tusker::names<tusker::log_level>({
    {tusker::log_level::debug, "debug"},
    {tusker::log_level::info, "info"},
    {tusker::log_level::warning, "warning"},
    {tusker::log_level::error, "error"},
    {tusker::log_level::off, "off"},
});

template <>
inline constexpr auto tusker::enum_names<tusker::log_format> = tusker::names<tusker::log_format>({
    {tusker::log_format::automatic, "auto"},
    {tusker::log_format::human, "human"},
    {tusker::log_format::json, "json"},
});

template <>
inline constexpr auto tusker::enum_names<tusker::log_component> = tusker::names<tusker::log_component>({
    {tusker::log_component::program, "program"},
    {tusker::log_component::node, "node"},
    {tusker::log_component::journal, "journal"},
    {tusker::log_component::projection, "projection"},
    {tusker::log_component::queue, "queue"},
    {tusker::log_component::saga, "saga"},
    {tusker::log_component::http, "http"},
});
