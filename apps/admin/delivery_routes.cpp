#include <tusker/admin/admin_context.hpp>

#include <tusker/admin/error_answer.hpp>
#include <tusker/admin/node_reports.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/timer_ls_command.hpp>
#include <tusker/cli/topic_ls_command.hpp>

#include <algorithm>
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

/// `DUE,ID` of the last timer of a page.
auto place_text(const timer_key& timer) -> std::string {
  return to_string(timer.due) + "," + to_string(timer.id);
}

auto parse_place(const std::string& text) -> result<timer_key> {
  auto comma = std::min(text.find(','), text.size());
  auto due = parse_timestamp(text.substr(0, comma));
  auto id = parse_uuid(text.substr(std::min(comma + 1, text.size())));
  if (!due || !id)
    return fail(cli::cli_errc::usage,
                "parameter 'after': it must be the 'next' of the page before, such as TIME,ID");
  return timer_key{*due, *id};
}

auto timers(const http_request& request, const admin_context& context) -> http_response {
  http_params params(request);
  timer_range range;
  auto until = params.text("until");
  auto after = params.text("after");
  auto limit = page_limit(params, context);
  if (auto read = params.finish(); !read)
    return answer_of(read.error());
  if (until) {
    auto time = parse_timestamp(*until);
    if (!time)
      return answer_of(error(cli::cli_errc::usage, "parameter 'until': " + time.error().message()));
    range.until = *time;
  }
  if (after) {
    auto place = parse_place(*after);
    if (!place)
      return answer_of(place.error());
    range.after = *place;
  }
  // One more than a page has: whether there is another page.
  range.timers_max = limit + 1;
  auto found = context.node.timers(range);
  if (!found)
    return answer_of(found.error());
  auto is_last = found->size() <= limit;
  if (!is_last)
    found->pop_back();
  std::vector<std::string> entries;
  entries.reserve(found->size());
  for (const auto& each : *found)
    entries.push_back(without_newline(cli::timer_json(each)));
  return answer_with(
      list_json("timers", entries, is_last ? "null" : quoted_json(place_text(found->back().key))));
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
  to.add("GET", "/topics",
         without_params([&node](const http_request&, const wildcards&) { return topics(node); }));
  to.add("GET", "/timers",
         [context](const http_request& request, const wildcards&) { return timers(request, context); });
  to.add("GET", "/subscribers",
         without_params([&node](const http_request&, const wildcards&) { return subscribers(node); }));
  to.add("GET", "/subscribers/*", without_params([&node](const http_request&, const wildcards& found) {
           return subscriber(node, found[0]);
         }));
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
