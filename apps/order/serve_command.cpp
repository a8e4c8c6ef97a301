#include <order/serve_command.hpp>

#include <order/catalogue_input.hpp>
#include <order/demo_console.hpp>
#include <order/fulfilling.hpp>
#include <order/fulfilment/fulfilment.hpp>
#include <order/order_api.hpp>
#include <order/shop_needs.hpp>
#include <order/stocking.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/admin/admin_endpoint.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/interruption.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/node_watch.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/cli/program_log.hpp>
#include <tusker/http/foreign_requests.hpp>
#include <tusker/http/http_server.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace order_demo {

namespace {

using tusker::fail;
using tusker::log_component;
using tusker::log_level;
using tusker::result;
using tusker::cli::exit_status;
using tusker::cli::program_wiring;

/// Between two looks at whether the node still works.
constexpr std::chrono::milliseconds look_interval{500};

auto open_articles(const demo_options& shop, fault_handler on_fault) -> result<catalogue_source> {
  return shop.catalogue ? read_catalogue(*shop.catalogue, std::move(on_fault))
                        : generated_articles(shop.seed);
}

/// A node that serves: what it is made of, in the order in which it comes and, backward, goes.
class served_shop {
public:
  served_shop(const serve_options& options, const program_wiring& wiring)
      : options_(options), wiring_(wiring), log_(wiring.config.log, "order") {}

  auto open() -> result<void> {
    return open_node().and_then([this] { return fill_stock(); }).and_then([this] { return listen(); });
  }

  [[nodiscard]] auto node() const -> const tusker::runtime& { return *node_; }

  /// Where it listens, for people or as JSON.
  [[nodiscard]] auto addresses() const -> std::string {
    auto api = to_string(server_->address());
    auto admin = endpoint_ ? std::optional(to_string(endpoint_->address())) : std::nullopt;
    if (!options_.shop.as_json)
      return "orders at http://" + api + "/orders" + (admin ? ", admin at http://" + *admin : "") + "\n";
    tusker::json_writer out;
    out.begin_object();
    tusker::cli::json_field(out, "listen", api);
    tusker::cli::json_field(out, "admin", admin);
    out.end_object();
    return tusker::cli::json_line(std::move(out));
  }

  /// First nobody new is let in, then those inside are answered, then the node ends. What did not end in time is told,
  /// the rest is done all the same.
  auto stop() -> result<void> {
    log_.write({log_level::info, log_component::program, "the shop closes"});
    if (endpoint_)
      endpoint_->begin_stopping();
    auto api = server_ ? server_->stop() : result<void>();
    auto admin = endpoint_ ? endpoint_->stop() : result<void>();
    changes_.reset();
    auto node = node_ ? node_->shutdown() : result<void>();
    for (const auto& ended : {node, api, admin}) {
      if (!ended) {
        log_.write({log_level::error,
                    log_component::node,
                    "not all ended in order",
                    {{"failure", to_string(ended.error())}}});
        return ended;
      }
    }
    log_.write({log_level::info, log_component::program, "the shop is closed"});
    return {};
  }

private:
  auto open_node() -> result<void> {
    auto settings = wiring_.config.node;
    settings.journal.directory = *options_.shop.data;
    settings.log = log_.sink();
    auto node = tusker::runtime::open(settings);
    if (!node)
      return fail(node.error());
    node_ = std::make_unique<tusker::runtime>(std::move(*node));
    wiring_.types.add_to(*node_);
    // What subscribers do happens in the world, so a file has to ask for it.
    if (!wiring_.file.empty())
      wiring_.types.add_subscribers_to(*node_, *options_.shop.data);
    if (!options_.shop.place_only) {
      auto parts = fulfilling::add_to(*node_, options_.shop, *options_.shop.data);
      if (!parts)
        return fail(parts.error());
      parts_ = std::move(*parts);
    }
    auto started = node_->start();
    if (started)
      changes_ =
          std::make_unique<tusker::cli::node_watch>(*node_, log_.sink(), wiring_.config.log.look_every);
    return started;
  }

  /// What is in stock already is delivered under the same command ids, which changes nothing.
  auto fill_stock() -> result<void> {
    demo_console console;
    auto articles = open_articles(options_.shop,
                                  [&console](const std::string& message) { console.malformed.add(message); });
    if (!articles)
      return fail(articles.error());
    auto stock = stock_multiplied(std::move(*articles), options_.shop.stock_factor);
    auto received = receive_articles(*node_, stock, options_.shop.in_flight, console);
    console.finish();
    return received;
  }

  /// Who sends no token may be a web page that somebody looks at on this machine.
  [[nodiscard]] auto refusal_of(const tusker::http_request& head) const
      -> std::optional<tusker::http_response> {
    auto asks_for_token = !wiring_.config.http.token.is_empty();
    auto refusal = asks_for_token ? std::nullopt : tusker::refusal_of_web_page(head);
    if (!refusal)
      refusal = routes_.refusal(head);
    return refusal ? refusal : tusker::refusal_of_other_media(head);
  }

  auto listen() -> result<void> {
    routes_ = order_routes(*node_);
    if (wiring_.config.admin.is_enabled) {
      tusker::admin_target target{.data = options_.shop.data, .log = log_.sink()};
      if (!options_.shop.place_only)
        target.sagas.emplace_back(fulfilment::type_name);
      auto endpoint = tusker::admin_endpoint::open(*node_, wiring_.config.admin, target);
      if (!endpoint)
        return fail(endpoint.error());
      endpoint_.emplace(std::move(*endpoint));
    }
    tusker::http_service service;
    service.answer = [this](const tusker::http_request& request) { return routes_.answer(request); };
    service.refusal = [this](const tusker::http_request& head) { return refusal_of(head); };
    service.log = log_.sink();
    auto server = tusker::http_server::open(wiring_.config.http, std::move(service));
    if (!server)
      return fail(server.error());
    server_.emplace(std::move(*server));
    log_.write({log_level::info,
                log_component::http,
                "the shop is open",
                {{"listen", to_string(server_->address())},
                 {"data", options_.shop.data->string()},
                 {"config", wiring_.file}}});
    return {};
  }

  const serve_options& options_;
  const program_wiring& wiring_;
  tusker::cli::program_log log_;
  std::unique_ptr<tusker::runtime> node_;
  std::optional<fulfilling> parts_;
  std::unique_ptr<tusker::cli::node_watch> changes_;
  tusker::http_routes routes_;
  std::optional<tusker::admin_endpoint> endpoint_;
  std::optional<tusker::http_server> server_;
};

/// Until somebody wants it to end, or the node has given up.
auto serve_until_interrupted(const tusker::runtime& node) -> result<void> {
  while (!tusker::cli::wait_for_interruption(look_interval))
    if (auto works = node.health(); !works)
      return works;
  return {};
}

/// Options are checked before anything is opened, so that a wrong one leaves no folder behind.
auto check_options(const serve_options& options, const program_wiring& wiring) -> result<void> {
  if (auto needs = check_shop_needs(wiring); !needs)
    return needs;
  if (auto api = check(wiring.config.http); !api)
    return api;
  const auto& endpoint = wiring.config.admin;
  if (auto admin = endpoint.is_enabled ? check(endpoint) : result<void>(); !admin)
    return admin;
  if (auto provider = check(options.shop.provider); !provider)
    return provider;
  return open_articles(options.shop, [](const std::string&) {}).map([](const catalogue_source&) {});
}

} // namespace

auto run_serve(serve_options options, const program_wiring& wiring) -> exit_status {
  take_parts(options.shop, wiring.types);
  auto format = options.shop.format();
  if (auto checked = check_options(options, wiring); !checked)
    return tusker::cli::report_error("order", checked.error(), format);
  tusker::cli::catch_interruptions();
  served_shop shop(options, wiring);
  auto served = shop.open();
  if (served) {
    tusker::cli::print(shop.addresses());
    (void)tusker::cli::flush_output();
    served = serve_until_interrupted(shop.node());
  }
  auto stopped = shop.stop();
  if (!served)
    return tusker::cli::report_error("order", served.error(), format);
  return stopped ? exit_status::ok : tusker::cli::report_error("order", stopped.error(), format);
}

} // namespace order_demo
