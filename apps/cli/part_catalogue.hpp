#pragma once

#include <tusker/actors/projection_options.hpp>
#include <tusker/actors/saga_options.hpp>
#include <tusker/actors/subscriber_options.hpp>
#include <tusker/cli/program_part.hpp>
#include <tusker/config/aggregate_options.hpp>
#include <tusker/config/option_catalogue.hpp>

namespace tusker::cli {

/// The options of a part: `[aggregate.NAME]`, `[queue.NAME]`, `[projection.NAME]`, `[saga.NAME]`.
template <class Options>
[[nodiscard]] auto part_catalogue() -> option_catalogue<program_part<Options>>;

template <>
[[nodiscard]] auto part_catalogue<aggregate_options>() -> option_catalogue<program_part<aggregate_options>>;
template <>
[[nodiscard]] auto part_catalogue<subscriber_options>() -> option_catalogue<program_part<subscriber_options>>;
template <>
[[nodiscard]] auto part_catalogue<projection_options>() -> option_catalogue<program_part<projection_options>>;
template <>
[[nodiscard]] auto part_catalogue<saga_options>() -> option_catalogue<program_part<saga_options>>;

} // namespace tusker::cli
