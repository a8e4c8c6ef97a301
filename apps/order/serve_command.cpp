#include <order/serve_command.hpp>

#include <order/catalogue_input.hpp>
#include <order/demo_console.hpp>
#include <order/fulfilling.hpp>
#include <order/fulfilment/fulfilment.hpp>
#include <order/order_api.hpp>
#include <order/order_types.hpp>
#include <order/stocking.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/admin/admin_endpoint.hpp>
#include <tusker/cli/error_report.hpp>
#include <tusker/cli/interruption.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/output.hpp>
#include <tusker/http/http_server.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace order_demo {

namespace {

using tusker::fail;
using tusker::result;
using tusker::cli::exit_status;

/// Between two looks at whether the node still works.
constexpr std::chrono::milliseconds look_interval{500};

auto open_articles(const demo_options& shop, fault_handler on_fault) -> result<catalogue_source> {
  return shop.catalogue ? read_catalogue(*shop.catalogue, std::move(on_fault))
                        : generated_articles(shop.seed);
}

/// A node that serves: what it is made of, in the order in which it comes and, backward, goes.
class served_shop {
public:
  explicit served_shop(const serve_options& options) : options_(options) {}

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
    if (endpoint_)
      endpoint_->begin_stopping();
    auto api = server_ ? server_->stop() : result<void>();
    auto admin = endpoint_ ? endpoint_->stop() : result<void>();
    auto node = node_ ? node_->shutdown() : result<void>();
    for (const auto& ended : {node, api, admin})
      if (!ended)
        return ended;
    return {};
  }

private:
  auto open_node() -> result<void> {
    auto settings = options_.shop.node;
    settings.journal.directory = *options_.shop.data;
    auto node = tusker::runtime::open(settings);
    if (!node)
      return fail(node.error());
    node_ = std::make_unique<tusker::runtime>(std::move(*node));
    order_types().add_to(*node_);
    if (!options_.shop.place_only) {
      auto parts = fulfilling::add_to(*node_, options_.shop, *options_.shop.data);
      if (!parts)
        return fail(parts.error());
      parts_ = std::move(*parts);
    }
    return node_->start();
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

  auto listen() -> result<void> {
    routes_ = order_routes(*node_);
    if (options_.admin.is_enabled) {
      tusker::admin_target target{.data = options_.shop.data};
      if (!options_.shop.place_only)
        target.sagas.emplace_back(fulfilment::type_name);
      auto endpoint = tusker::admin_endpoint::open(*node_, options_.admin, target);
      if (!endpoint)
        return fail(endpoint.error());
      endpoint_.emplace(std::move(*endpoint));
    }
    auto server = tusker::http_server::open(
        options_.api, {[this](const tusker::http_request& request) { return routes_.answer(request); }});
    if (!server)
      return fail(server.error());
    server_.emplace(std::move(*server));
    return {};
  }

  const serve_options& options_;
  std::unique_ptr<tusker::runtime> node_;
  std::optional<fulfilling> parts_;
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
auto check_options(const serve_options& options) -> result<void> {
  if (auto api = check(options.api); !api)
    return api;
  if (auto admin = options.admin.is_enabled ? check(options.admin) : result<void>(); !admin)
    return admin;
  if (auto provider = check(options.shop.provider); !provider)
    return provider;
  return open_articles(options.shop, [](const std::string&) {}).map([](const catalogue_source&) {});
}

} // namespace

auto run_serve(const serve_options& options) -> exit_status {
  auto format = options.shop.format();
  if (auto checked = check_options(options); !checked)
    return tusker::cli::report_error("order", checked.error(), format);
  tusker::cli::catch_interruptions();
  served_shop shop(options);
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
