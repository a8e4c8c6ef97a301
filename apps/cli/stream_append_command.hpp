#pragma once

#include <tusker/cli/consent.hpp>
#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/registered_types.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace tusker::cli {

struct stream_append_options {
  std::string stream;
  std::string type;
  std::uint16_t schema_version = 1;
  std::string content;          ///< JSON; `-`: it is read from standard input.
  std::string expected = "any"; ///< `any`, `no_stream`, `stream_exists` or the stream's version.
  std::string subject;
  std::string command_id;            ///< A UUID; empty: a new one.
  std::vector<std::string> metadata; ///< `NAME=VALUE`, each.
  consent agreed;
};

/// `stream append STREAM`: one event by hand. The node that runs does it, or, while none runs, whoever has the
/// journal's lock. Where the program has the stream's aggregate, the event must be one that it can read.
/// JSON: as `append_json`.
[[nodiscard]] auto run_stream_append(const stream_append_options& wanted, const registered_types& types,
                                     const data_options& options) -> exit_status;

} // namespace tusker::cli
