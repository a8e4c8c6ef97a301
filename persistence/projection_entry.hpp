#pragma once

#include <tusker/model/named_number.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/projection_version.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/model/timestamp.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>

namespace tusker {

/// Which model of a read store: counted from 1 over all its projections, and never used again.
using model_number = named_number<struct model_number_tag>;

/// The name of a projection, in bytes.
inline constexpr std::size_t projection_name_bytes_max = 200;

/// One generation of a projection's rows.
struct model_entry {
  model_number number;
  /// Of the code that makes its rows.
  projection_version version;
  /// Up to where the rows are made of each log; a log that is not here is at `before_all_events`.
  std::map<log_id, log_offset> offsets;
  /// The latest time that a commit to it was given; 1970 before the first.
  timestamp progressed{};

  [[nodiscard]] auto offset_of(log_id log) const -> log_offset {
    auto found = offsets.find(log);
    return found == offsets.end() ? before_all_events : found->second;
  }

  friend auto operator==(const model_entry&, const model_entry&) -> bool = default;
};

/// What the operator wants of a projection.
enum class projection_mode { running, paused };

/// All that a read store knows of a projection, but for its rows.
struct projection_entry {
  std::string name;
  /// The model that answers queries.
  model_entry serving;
  /// The model that is to take its place.
  std::optional<model_entry> building;
  projection_mode mode = projection_mode::running;
  /// What stopped it last; empty when nothing did.
  std::string last_error;
  /// Under which epoch commits for a log are taken; 0 for those that are not here.
  std::map<log_id, epoch> epochs;

  [[nodiscard]] auto epoch_of(log_id log) const -> epoch {
    auto found = epochs.find(log);
    return found == epochs.end() ? epoch() : found->second;
  }

  /// The model of that number, if it is one of this projection's.
  [[nodiscard]] auto model(model_number number) const -> const model_entry* {
    if (serving.number == number)
      return &serving;
    return building && building->number == number ? &*building : nullptr;
  }

  friend auto operator==(const projection_entry&, const projection_entry&) -> bool = default;
};

} // namespace tusker
