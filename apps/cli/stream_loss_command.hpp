#pragma once

#include <tusker/cli/consent.hpp>
#include <tusker/cli/data_options.hpp>
#include <tusker/cli/exit_status.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace tusker::cli {

/// What is to be taken away from a stream.
struct stream_loss_options {
  std::string stream;
  std::optional<std::uint64_t>
      before; ///< Events of lower versions; none: all, and the stream is closed for good.
  consent agreed;
};

/// `stream truncate STREAM --before V` and `stream tombstone STREAM`. The node that runs does it, or, while none runs,
/// whoever has the journal's lock. JSON: as `loss_json`.
[[nodiscard]] auto run_stream_loss(const stream_loss_options& wanted, const data_options& options)
    -> exit_status;

} // namespace tusker::cli
