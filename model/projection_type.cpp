#include <tusker/model/projection_type.hpp>

namespace tusker {

auto projection_type::handle(const recorded_event& event, read_model& to) const -> result<void> {
  return for_each_wanted(sources, event, [&](const recorded_event& current, std::size_t index) {
    return on(current, index, to);
  });
}

} // namespace tusker
