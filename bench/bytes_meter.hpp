#pragma once

#include <tusker/bench/device_bytes.hpp>
#include <tusker/bench/measurement.hpp>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <utility>

namespace tusker::bench {

/// What was written to a device since its making, by everybody. `/proc/self/io` is no help here: of a file in large
/// folios it counts a whole folio, up to 2 MiB, for each write of some bytes.
class bytes_meter {
public:
  explicit bytes_meter(std::filesystem::path folder)
      : folder_(std::move(folder)), begun_(device_bytes(folder_)) {}

  /// 0 where the system does not tell.
  [[nodiscard]] auto bytes_an_event(std::uint64_t events) const -> figure {
    return {"device_bytes_an_event", static_cast<double>(device_bytes(folder_) - begun_) /
                                         static_cast<double>(std::max<std::uint64_t>(events, 1))};
  }

private:
  std::filesystem::path folder_;
  std::uint64_t begun_;
};

} // namespace tusker::bench
