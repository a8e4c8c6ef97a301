#include <tusker/admin/admin_context.hpp>

#include <tusker/admin/error_answer.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/owned_journal.hpp>
#include <tusker/cli/saga_facts.hpp>
#include <tusker/cli/saga_list_command.hpp>
#include <tusker/cli/saga_move_json.hpp>
#include <tusker/model/nearest_name.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>

namespace tusker {

namespace {

struct reason_body {
  std::string reason;
  static constexpr auto schema = record("Compensation", field("reason", &reason_body::reason));
};

auto unknown(const std::string& saga, const admin_context& context) -> error {
  return {runtime_errc::unknown_saga, "there is no saga '" + saga + "'" + name_hint(saga, context.sagas)};
}

/// One page of one saga; which, may be left out where there is one.
auto ls(const http_request& request, const admin_context& context) -> http_response {
  http_params params(request);
  saga_query query;
  query.saga = params.text("saga").value_or(context.sagas.size() == 1 ? context.sagas.front() : "");
  auto phase = cli::parse_phase(params.text("phase").value_or(""));
  query.is_open = params.flag("open");
  query.after = params.text("after").value_or("");
  query.sagas_max = page_limit(params, context);
  if (auto read = params.finish(); !read)
    return answer_of(read.error());
  if (!phase)
    return answer_of(phase.error());
  query.phase = *phase;
  if (query.saga.empty())
    return answer_of(
        error(cli::cli_errc::usage, "say of which saga: saga=NAME" + name_hint("", context.sagas)));
  auto page = context.node.sagas(query);
  if (!page)
    return answer_of(page.error());
  std::vector<std::string> entries;
  entries.reserve(page->sagas.size());
  for (const auto& each : page->sagas)
    entries.push_back(without_newline(cli::saga_json(each)));
  return answer_with(list_json("sagas", entries, page->next ? quoted_json(*page->next) : "null"));
}

auto show(const std::string& saga, const std::string& key, const admin_context& context) -> http_response {
  auto look = context.node.saga_of(saga, key);
  if (!look)
    return answer_of(look.error());
  if (!*look)
    return answer_of(
        error(cli::cli_errc::not_found, "there is no instance '" + key + "' of saga '" + saga + "'"));
  auto instance = stream_id::make(saga, key);
  auto facts =
      instance ? cli::look_at(context.node.journal(), *instance, cli::wall_time()) : fail(instance.error());
  return answer_with(
      facts.map([](const cli::saga_facts& found) { return without_newline(cli::facts_json(found)); }));
}

/// What an instance did, in whole transitions: as many as their moves fill a page.
auto timeline(const http_request& request, const std::string& saga, const std::string& key,
              const admin_context& context) -> http_response {
  http_params params(request);
  auto after = params.number("after", 0, std::numeric_limits<std::uint64_t>::max()).value_or(0);
  auto limit = page_limit(params, context);
  if (auto read = params.finish(); !read)
    return answer_of(read.error());
  auto instance = stream_id::make(saga, key);
  auto page = instance ? read_transitions(context.node.journal(), *instance, stream_version(after), limit)
                       : fail(instance.error());
  if (!page)
    return answer_of(page.error());
  if (page->empty() && after == 0)
    return answer_of(
        error(cli::cli_errc::not_found, "there is no instance '" + key + "' of saga '" + saga + "'"));
  std::vector<std::string> moves;
  auto next = std::string("null");
  for (const auto& transition : *page) {
    if (moves.size() >= limit)
      break;
    for (const auto& move : transition.record.moves)
      moves.push_back(without_newline(cli::move_json(transition, move)));
    next = std::to_string(transition.number.value());
  }
  return answer_with(list_json("moves", moves, page->empty() ? "null" : next));
}

/// A wish of an operator is carried out by the instance, which says no if it cannot.
auto wished(const std::string& saga, const std::string& key, const admin_context& context,
            const pending<receipt>& wish) -> http_response {
  auto given = wish.get();
  if (!given && std::find(context.sagas.begin(), context.sagas.end(), saga) == context.sagas.end())
    return answer_of(unknown(saga, context));
  return given ? show(saga, key, context) : answer_of(given.error());
}

} // namespace

void add_saga_routes(http_routes& to, const admin_context& context) {
  using wildcards = http_routes::wildcards;
  to.add("GET", "/sagas",
         [context](const http_request& request, const wildcards&) { return ls(request, context); });
  to.add("GET", "/sagas/*/*", without_params([context](const http_request&, const wildcards& found) {
           return show(found[0], found[1], context);
         }));
  to.add("GET", "/sagas/*/*/timeline", [context](const http_request& request, const wildcards& found) {
    return timeline(request, found[0], found[1], context);
  });
  to.add("POST", "/sagas/*/*/retry", without_members([context](const http_request&, const wildcards& found) {
           return wished(found[0], found[1], context,
                         context.node.retry_saga(found[0], found[1], {.timeout = wish_timeout}));
         }));
  to.add("POST", "/sagas/*/*/compensate",
         without_params([context](const http_request& request, const wildcards& found) {
           auto body = decode_body<reason_body>(request);
           if (!body)
             return answer_of(body.error());
           return wished(
               found[0], found[1], context,
               context.node.compensate_saga(found[0], found[1], body->reason, {.timeout = wish_timeout}));
         }));
}

} // namespace tusker
