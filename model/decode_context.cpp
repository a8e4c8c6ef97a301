#include <tusker/model/decode_context.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/nearest_name.hpp>

#include <utility>
#include <vector>

namespace tusker {

auto decode_context::mismatch(std::string_view wanted, const json_value& found) -> bool {
  return fault("expected " + std::string(wanted) + ", found " + std::string(found.kind_name()));
}

auto decode_context::missing(std::string_view name, const json_value& object) -> bool {
  std::vector<std::string> present;
  for (const auto& member : object.children())
    present.emplace_back(member.key());
  auto what = "the field '" + std::string(name) + "' is missing";
  if (auto nearest = nearest_name(name, present); !nearest.empty())
    what += " (there is '" + nearest + "')";
  return fault(what);
}

auto decode_context::fault(std::string_view what) -> bool {
  if (!failure_.code())
    failure_ = error(model_errc::schema_mismatch, path() + ": " + std::string(what));
  return false;
}

auto decode_context::take_fault() -> error {
  return std::move(failure_);
}

auto decode_context::path() const -> std::string {
  std::string path;
  for (const auto* at = innermost_; at != nullptr; at = at->outer_)
    path.insert(0, at->member_.data() == nullptr ? "[" + std::to_string(at->element_) + "]"
                                                 : "." + std::string(at->member_));
  return path.insert(0, root_);
}

} // namespace tusker
