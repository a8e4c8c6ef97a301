#include <tusker/cli/json_fields.hpp>

#include <cassert>
#include <utility>

namespace tusker::cli {

auto json_line(json_writer&& out) -> std::string {
  auto json = std::move(out).finish();
  if (json)
    return *json + "\n";
  json_writer failed;
  failed.begin_object();
  json_field(failed, "error", json.error().message());
  failed.end_object();
  return std::move(failed).finish().value_or("{}") + "\n";
}

auto with_json_member(std::string object, std::string_view name, std::string_view value) -> std::string {
  assert(!object.empty() && object.back() == '}');
  object.pop_back();
  return object.append(",\"").append(name).append("\":").append(value).append("}");
}

} // namespace tusker::cli
