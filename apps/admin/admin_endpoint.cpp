#include <tusker/admin/admin_endpoint.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/admin/admin_context.hpp>
#include <tusker/admin/error_answer.hpp>
#include <tusker/admin/journal_tally.hpp>
#include <tusker/admin/metrics_text.hpp>
#include <tusker/admin/node_numbers.hpp>
#include <tusker/admin/node_reports.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/node_link.hpp>
#include <tusker/http/foreign_requests.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <utility>

namespace tusker {

namespace {

constexpr int unavailable = 503;

auto state_answer(std::string_view name, const std::string& why) -> http_response {
  http_response response;
  response.status = why.empty() ? 200 : unavailable;
  json_writer out;
  out.begin_object();
  out.key(name);
  out.boolean(why.empty());
  cli::json_field(out, "why", why);
  out.end_object();
  response.body = without_newline(cli::json_line(std::move(out)));
  return response;
}

/// Empty when all projections go on, or stand because somebody wants it so.
auto why_not_hosted(const runtime& node) -> std::string {
  for (const auto& each : node.projections())
    if (each.phase == projection_phase::stopped)
      return "projection '" + each.name + "' has not started";
  return {};
}

} // namespace

class admin_endpoint::impl {
public:
  impl(runtime& node, const admin_options& options, const admin_target& target)
      : node_(node), tally_(node, target.sagas, options.recount_every) {
    admin_context context{node, target.sagas, options.page_entries_max};
    using wildcards = http_routes::wildcards;
    routes_.add("GET", "/health", [this](const http_request&, const wildcards&) { return health(); });
    routes_.add("GET", "/ready", [this](const http_request&, const wildcards&) { return ready(); });
    routes_.add("GET", "/metrics", [this](const http_request&, const wildcards&) { return metrics(); });
    routes_.add("GET", "/status", [this](const http_request&, const wildcards&) {
      return answer_with(encode(report_of(look())));
    });
    add_projection_routes(routes_, context);
    add_saga_routes(routes_, context);
    add_dead_letter_routes(routes_, context);
    add_delivery_routes(routes_, context);
    add_stream_routes(routes_, context);
    add_stream_step_routes(routes_, context);
  }

  auto listen(const admin_options& options, const admin_target& target) -> result<void> {
    http_service service;
    service.answer = [this](const http_request& request) { return routes_.answer(request); };
    service.is_open = is_open;
    service.refusal = [this, asks_for_token = !options.http.token.is_empty()](const http_request& head) {
      auto refusal = asks_for_token ? std::nullopt : refusal_of_web_page(head);
      return refusal ? refusal : routes_.refusal(head);
    };
    service.log = target.log;
    auto opened = http_server::open(options.http, std::move(service));
    if (!opened)
      return fail(opened.error());
    server_.emplace(std::move(*opened));
    if (!target.data)
      return {};
    auto link = cli::node_link::leave(*target.data, server_->address());
    if (!link)
      return fail(link.error());
    link_.emplace(std::move(*link));
    return {};
  }

  [[nodiscard]] auto address() const -> const http_address& { return server_->address(); }

  void begin_stopping() { is_stopping_ = true; }

  auto stop() -> result<void> {
    begin_stopping();
    link_.reset();
    tally_.stop();
    return server_->stop();
  }

private:
  static auto is_open(const http_request& request) -> bool {
    return request.path.size() == 1 && request.path.front() == "health";
  }

  [[nodiscard]] auto look() const -> node_numbers { return look_at_node(node_, tally_.read(), started_); }

  /// Says no details: it is open to everybody.
  auto health() -> http_response {
    return state_answer("healthy", node_.health() ? "" : "the node has given up; its log says why");
  }

  auto ready() -> http_response {
    if (is_stopping_)
      return state_answer("ready", "the node stops");
    if (auto works = node_.health(); !works)
      return state_answer("ready", to_string(works.error()));
    return state_answer("ready", why_not_hosted(node_));
  }

  auto metrics() -> http_response {
    http_response response;
    response.content_type = metrics_content_type;
    response.body = metrics_text(look());
    return response;
  }

  runtime& node_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::atomic<bool> is_stopping_{false};
  journal_tally tally_;
  http_routes routes_;
  std::optional<cli::node_link> link_;
  std::optional<http_server>
      server_; ///< The last: it is the first to go, and its threads use all of the others.
};

admin_endpoint::admin_endpoint(std::unique_ptr<impl> made) : impl_(std::move(made)) {}
admin_endpoint::admin_endpoint(admin_endpoint&&) noexcept = default;
auto admin_endpoint::operator=(admin_endpoint&&) noexcept -> admin_endpoint& = default;
admin_endpoint::~admin_endpoint() = default;

auto admin_endpoint::open(runtime& node, const admin_options& options, const admin_target& target)
    -> result<admin_endpoint> {
  if (auto checked = check(options); !checked)
    return fail(checked.error());
  auto made = std::make_unique<impl>(node, options, target);
  if (auto listening = made->listen(options, target); !listening)
    return fail(listening.error());
  return admin_endpoint(std::move(made));
}

auto admin_endpoint::address() const -> const http_address& {
  return impl_->address();
}

void admin_endpoint::begin_stopping() {
  impl_->begin_stopping();
}

auto admin_endpoint::stop() -> result<void> {
  return impl_->stop();
}

} // namespace tusker
