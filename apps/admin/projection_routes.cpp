#include <tusker/admin/admin_context.hpp>

#include <tusker/admin/error_answer.hpp>
#include <tusker/admin/node_reports.hpp>
#include <tusker/cli/owned_journal.hpp>
#include <tusker/cli/projection_look.hpp>
#include <tusker/model/projection_dead_letter.hpp>

#include <utility>

namespace tusker {

namespace {

/// From where a rebuild begins: the events behind.
struct rebuild_body {
  std::optional<std::uint64_t> from;
  static constexpr auto schema = record("Rebuild", field("from", &rebuild_body::from));
};

auto ls(const runtime& node) -> http_response {
  std::vector<std::string> entries;
  for (const auto& each : node.projections()) {
    auto json = encode(report_of(each, cli::wall_time()));
    if (!json)
      return answer_of(json.error());
    entries.push_back(std::move(*json));
  }
  return answer_with(list_json("projections", entries));
}

auto status(const runtime& node, const std::string& name) -> http_response {
  return answer_with(node.projection_status_of(name).and_then(
      [](const projection_status& found) { return encode(report_of(found, cli::wall_time())); }));
}

/// The events that the rows which serve lack.
auto dead_letters(const http_request& request, const std::string& name, const admin_context& context)
    -> http_response {
  http_params params(request);
  auto after = params.text("after").value_or("");
  auto limit = page_limit(params, context);
  if (auto read = params.finish(); !read)
    return answer_of(read.error());
  auto rows = context.node.read(name);
  auto page =
      rows ? rows->scan(dead_letter_table.all(), {.rows_max = limit, .after = after}) : fail(rows.error());
  if (!page)
    return answer_of(page.error());
  std::vector<std::string> entries;
  entries.reserve(page->rows.size());
  for (const auto& letter : page->rows) {
    auto json = encode(letter);
    if (!json)
      return answer_of(json.error());
    entries.push_back(std::move(*json));
  }
  return answer_with(
      list_json("dead_letters", entries, page->next.empty() ? "null" : quoted_json(page->next)));
}

auto digest(const runtime& node, const std::string& name) -> http_response {
  return answer_with(node.projection_digest_of(name).map(
      [&](const projection_digest& found) { return without_newline(cli::digest_json(name, found)); }));
}

auto steered(const runtime& node, const std::string& name, const result<void>& done) -> http_response {
  return done ? status(node, name) : answer_of(done.error());
}

auto rebuild(runtime& node, const http_request& request, const std::string& name) -> http_response {
  auto body = decode_body<rebuild_body>(request);
  if (!body)
    return answer_of(body.error());
  // It would begin when somebody resumes it, and who waits for the rows would wait as long.
  if (auto now = node.projection_status_of(name); now && now->phase == projection_phase::paused) {
    constexpr int conflict = 409;
    auto refused = answer_of(cli::paused_error(name));
    refused.status = conflict;
    return refused;
  }
  auto answer = steered(node, name, node.rebuild_projection(name, {log_offset(body->from.value_or(0))}));
  if (answer.status == 200)
    answer.status = 202;
  return answer;
}

} // namespace

void add_projection_routes(http_routes& to, const admin_context& context) {
  auto& node = context.node;
  using wildcards = http_routes::wildcards;
  to.add("GET", "/projections",
         without_params([&node](const http_request&, const wildcards&) { return ls(node); }));
  to.add("GET", "/projections/*", without_params([&node](const http_request&, const wildcards& found) {
           return status(node, found[0]);
         }));
  to.add("GET", "/projections/*/dead-letters",
         [context](const http_request& request, const wildcards& found) {
           return dead_letters(request, found[0], context);
         });
  to.add("GET", "/projections/*/digest", without_params([&node](const http_request&, const wildcards& found) {
           return digest(node, found[0]);
         }));
  to.add("POST", "/projections/*/pause",
         without_members([&node](const http_request&, const wildcards& found) {
           return steered(node, found[0], node.pause_projection(found[0]));
         }));
  to.add("POST", "/projections/*/resume",
         without_members([&node](const http_request&, const wildcards& found) {
           return steered(node, found[0], node.resume_projection(found[0]));
         }));
  to.add("POST", "/projections/*/rebuild",
         without_params([&node](const http_request& request, const wildcards& found) {
           return rebuild(node, request, found[0]);
         }));
  to.add("POST", "/projections/*/abandon",
         without_members([&node](const http_request&, const wildcards& found) {
           return steered(node, found[0], node.abandon_rebuild(found[0]));
         }));
}

} // namespace tusker
