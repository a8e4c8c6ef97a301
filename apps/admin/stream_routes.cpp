#include <tusker/admin/admin_context.hpp>

#include <tusker/admin/error_answer.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/event_view.hpp>
#include <tusker/cli/journal_info_command.hpp>
#include <tusker/cli/json_fields.hpp>

#include <limits>
#include <utility>

namespace tusker {

namespace {

constexpr auto any_number = std::numeric_limits<std::uint64_t>::max();

auto summary_json(const stream_summary& summary) -> std::string {
  json_writer out;
  out.begin_object();
  cli::json_field(out, "stream", summary.stream.name());
  cli::json_field(out, "version", summary.version);
  cli::json_field(out, "first", summary.first);
  cli::json_field(out, "state", name_of(summary.state));
  out.end_object();
  return without_newline(cli::json_line(std::move(out)));
}

auto ls(const http_request& request, const admin_context& context) -> http_response {
  http_params params(request);
  auto category = params.text("category").value_or("");
  auto after = params.text("after").value_or("");
  auto limit = page_limit(params, context);
  if (auto read = params.finish(); !read)
    return answer_of(read.error());
  auto found = context.node.journal().list_streams(category, after, limit);
  if (!found)
    return answer_of(found.error());
  std::vector<std::string> entries;
  entries.reserve(found->size());
  for (const auto& each : *found)
    entries.push_back(summary_json(each));
  auto next = found->size() == limit ? quoted_json(found->back().stream.name()) : "null";
  return answer_with(list_json("streams", entries, next));
}

auto events_json(const std::vector<recorded_event>& events, const std::string& next) -> std::string {
  std::vector<std::string> entries;
  entries.reserve(events.size());
  for (const auto& each : events)
    entries.push_back(without_newline(cli::event_json(each)));
  return list_json("events", entries, next);
}

auto read(const http_request& request, const std::string& name, const admin_context& context)
    -> http_response {
  http_params params(request);
  auto from = params.number("from", 0, any_number);
  auto is_backward = params.flag("backward");
  auto limit = page_limit(params, context);
  if (auto known = params.finish(); !known)
    return answer_of(known.error());
  auto stream = stream_id::parse(name);
  if (!stream)
    return answer_of(error(cli::cli_errc::usage, stream.error().message()));
  auto slice = context.node.journal().read_stream(
      *stream, stream_version(from.value_or(is_backward ? any_number : 1)), {.events_max = limit},
      is_backward ? read_direction::backward : read_direction::forward);
  if (!slice)
    return answer_of(slice.error());
  if (slice->head == empty_stream)
    return answer_of(error(cli::cli_errc::not_found, "there is no stream '" + name + "'"));
  auto json = events_json(slice->events, slice->next ? std::to_string(slice->next->value()) : "null");
  // Of a stream that was truncated or closed by hand these say so: its first version is not 1, or there is none.
  json = cli::with_json_member(std::move(json), "version", std::to_string(slice->head.value()));
  return answer_with(cli::with_json_member(std::move(json), "first", std::to_string(slice->first.value())));
}

auto events(const http_request& request, const admin_context& context) -> http_response {
  http_params params(request);
  auto after = params.number("after", 0, any_number);
  log_filter filter;
  if (auto type = params.text("type"))
    filter.types.push_back(*type);
  if (auto category = params.text("category"))
    filter.categories.push_back(*category);
  auto limit = page_limit(params, context);
  if (auto known = params.finish(); !known)
    return answer_of(known.error());
  auto slice = context.node.journal().read_log(log_id(0), log_offset(after.value_or(0)),
                                               {.events_max = limit}, filter);
  if (!slice)
    return answer_of(slice.error());
  // What was looked at, wanted or not: the next page begins behind it.
  auto next = slice->scanned_to < slice->head ? std::to_string(slice->scanned_to.value()) : "null";
  return answer_with(events_json(slice->events, next));
}

} // namespace

void add_stream_routes(http_routes& to, const admin_context& context) {
  using wildcards = http_routes::wildcards;
  to.add("GET", "/journal", without_params([context](const http_request&, const wildcards&) {
           return answer_with(cli::journal_info_json(context.node.journal()).map(without_newline));
         }));
  to.add("GET", "/streams",
         [context](const http_request& request, const wildcards&) { return ls(request, context); });
  to.add("GET", "/streams/*", [context](const http_request& request, const wildcards& found) {
    return read(request, found[0], context);
  });
  to.add("GET", "/events",
         [context](const http_request& request, const wildcards&) { return events(request, context); });
}

} // namespace tusker
