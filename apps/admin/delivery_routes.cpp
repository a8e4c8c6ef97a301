#include <tusker/admin/admin_context.hpp>

#include <tusker/admin/error_answer.hpp>
#include <tusker/admin/node_reports.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/timer_ls_command.hpp>
#include <tusker/cli/topic_ls_command.hpp>

#include <utility>

namespace tusker {

namespace {

auto subscribers(const runtime& node) -> http_response {
  std::vector<std::string> entries;
  for (const auto& each : node.subscribers()) {
    auto json = encode(report_of(each));
    if (!json)
      return answer_of(json.error());
    entries.push_back(std::move(*json));
  }
  return answer_with(list_json("subscribers", entries));
}

auto subscriber(const runtime& node, const std::string& name) -> http_response {
  return answer_with(node.subscriber_status_of(name).and_then(
      [](const subscriber_status& found) { return encode(report_of(found)); }));
}

auto steered(const runtime& node, const std::string& name, const pending<std::uint64_t>& wish)
    -> http_response {
  auto noted = await_wish(wish);
  return noted ? subscriber(node, name) : answer_of(noted.error());
}

auto timers(const http_request& request, const admin_context& context) -> http_response {
  http_params params(request);
  timer_range range;
  auto until = params.text("until");
  range.timers_max = page_limit(params, context);
  if (auto read = params.finish(); !read)
    return answer_of(read.error());
  if (until) {
    auto time = parse_timestamp(*until);
    if (!time)
      return answer_of(error(cli::cli_errc::usage, "parameter 'until': " + time.error().message()));
    range.until = *time;
  }
  auto found = context.node.timers(range);
  if (!found)
    return answer_of(found.error());
  std::vector<std::string> entries;
  entries.reserve(found->size());
  for (const auto& each : *found)
    entries.push_back(without_newline(cli::timer_json(each)));
  return answer_with(list_json("timers", entries));
}

auto topics(const runtime& node) -> http_response {
  auto lines = cli::topics_json(node.journal());
  if (!lines)
    return answer_of(lines.error());
  for (auto& each : *lines)
    each = without_newline(std::move(each));
  return answer_with(list_json("topics", *lines));
}

} // namespace

void add_delivery_routes(http_routes& to, const admin_context& context) {
  auto& node = context.node;
  using wildcards = http_routes::wildcards;
  to.add("GET", "/topics", [&node](const http_request&, const wildcards&) { return topics(node); });
  to.add("GET", "/timers",
         [context](const http_request& request, const wildcards&) { return timers(request, context); });
  to.add("GET", "/subscribers", [&node](const http_request&, const wildcards&) { return subscribers(node); });
  to.add("GET", "/subscribers/*",
         [&node](const http_request&, const wildcards& found) { return subscriber(node, found[0]); });
  to.add("POST", "/subscribers/*/pause",
         without_members([&node](const http_request&, const wildcards& found) {
           return steered(node, found[0], node.pause_subscriber(found[0]));
         }));
  to.add("POST", "/subscribers/*/resume",
         without_members([&node](const http_request&, const wildcards& found) {
           return steered(node, found[0], node.resume_subscriber(found[0]));
         }));
}

} // namespace tusker
