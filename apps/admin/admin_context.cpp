#include <tusker/admin/admin_context.hpp>

#include <tusker/admin/error_answer.hpp>
#include <tusker/model/json_writer.hpp>

#include <algorithm>
#include <utility>

namespace tusker {

namespace {

struct no_members {
  static constexpr auto schema = record("Body");
};

} // namespace

auto answer_with(const result<std::string>& json) -> http_response {
  if (!json)
    return answer_of(json.error());
  http_response response;
  response.body = *json;
  return response;
}

auto list_json(std::string_view name, const std::vector<std::string>& entries, const std::string& next)
    -> std::string {
  auto json = "{" + quoted_json(name) + ":[";
  for (const auto& each : entries)
    json.append(&each == &entries.front() ? "" : ",").append(each);
  return json + "],\"next\":" + next + "}";
}

auto without_newline(std::string line) -> std::string {
  if (!line.empty() && line.back() == '\n')
    line.pop_back();
  return line;
}

auto quoted_json(std::string_view text) -> std::string {
  json_writer out;
  out.text(text);
  return std::move(out).finish().value_or("null");
}

auto page_limit(http_params& params, const admin_context& context) -> std::size_t {
  constexpr std::size_t by_default = 100;
  return static_cast<std::size_t>(params.number("limit", 1, context.page_entries_max)
                                      .value_or(std::min(by_default, context.page_entries_max)));
}

auto without_params(http_routes::handler answer) -> http_routes::handler {
  return [answer = std::move(answer)](const http_request& request, const http_routes::wildcards& found) {
    auto params = http_params(request).finish();
    return params ? answer(request, found) : answer_of(params.error());
  };
}

auto without_members(http_routes::handler answer) -> http_routes::handler {
  return without_params(
      [answer = std::move(answer)](const http_request& request, const http_routes::wildcards& found) {
        auto body = decode_body<no_members>(request);
        return body ? answer(request, found) : answer_of(body.error());
      });
}

} // namespace tusker
