#pragma once

#include <tusker/actors/projection_status.hpp>
#include <tusker/actors/subscriber_status.hpp>
#include <tusker/admin/node_numbers.hpp>
#include <tusker/cli/node_report.hpp>
#include <tusker/model/timestamp.hpp>

namespace tusker {

// What is known of a node, as it is told.

[[nodiscard]] auto report_of(const projection_status& status, timestamp now) -> cli::projection_report;
[[nodiscard]] auto report_of(const subscriber_status& status) -> cli::subscriber_report;
[[nodiscard]] auto report_of(const node_numbers& numbers) -> cli::node_report;

} // namespace tusker
