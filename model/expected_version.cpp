#include <tusker/model/expected_version.hpp>

#include <tusker/model/visitor.hpp>

namespace tusker {

auto is_met(const expected_version& expected, stream_version actual) -> bool {
  return std::visit(visitor{
                        [](any_version) { return true; },
                        [&](no_stream_version) { return actual == empty_stream; },
                        [&](stream_exists_version) { return actual != empty_stream; },
                        [&](stream_version version) { return actual == version; },
                    },
                    expected);
}

auto to_string(const expected_version& expected) -> std::string {
  return std::visit(visitor{
                        [](any_version) { return std::string("any"); },
                        [](no_stream_version) { return std::string("no_stream"); },
                        [](stream_exists_version) { return std::string("stream_exists"); },
                        [](stream_version version) { return std::to_string(version.value()); },
                    },
                    expected);
}

} // namespace tusker
