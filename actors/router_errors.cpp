#include <tusker/actors/router_errors.hpp>

#include <tusker/actors/runtime_errc.hpp>

#include <string>

namespace tusker {

auto crash_error(const stream_id& stream, const std::string& reason) -> error {
  return {runtime_errc::aggregate_failed,
          "the aggregate " + stream.name() + " died while it worked on the command (" + reason +
              "); whether the command has its effect is unknown: send it again under its id"};
}

auto given_up_error(const stream_id& stream, std::uint32_t crashes) -> error {
  return {runtime_errc::aggregate_failed, "the aggregate " + stream.name() + " died " +
                                              std::to_string(crashes) +
                                              " times in a row and was given up; the command was not begun"};
}

auto limit_error(const stream_id& stream, std::string_view limit, std::size_t most) -> error {
  return {runtime_errc::overloaded, stream.name() + ": " + std::string(limit) + " (" + std::to_string(most) +
                                        ") is reached; try again later"};
}

} // namespace tusker
