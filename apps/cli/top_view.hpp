#pragma once

#include <tusker/cli/node_report.hpp>
#include <tusker/cli/terminal.hpp>

#include <string>

namespace tusker::cli {

/// A node between two looks at it, for people: rates and latencies are of the time in between. An empty report, from
/// before the start, makes them those of the node's whole life. What the node says is shown as text: it
/// cannot drive the terminal.
[[nodiscard]] auto top_text(const node_report& before, const node_report& now, const terminal& where)
    -> std::string;

} // namespace tusker::cli
