#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/admin/admin_endpoint.hpp>
#include <tusker/http/http_client.hpp>
#include <tusker/http/http_errc.hpp>
#include <tusker/model/json_tree.hpp>
#include <tusker/persistence/memory_journal.hpp>

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <variant>

/// A node with doors, a projection and a subscriber, and its endpoint.
namespace tusker::watched {

struct opened {
  std::int64_t by = 0;
  static constexpr auto schema = event("Opened", 1, field("by", &opened::by));
};
struct open_door {
  std::int64_t by = 0;
  static constexpr auto schema = command("OpenDoor", 1, field("by", &open_door::by));
};
struct is_locked {
  static constexpr auto schema = rejection("IsLocked", 1);
};

struct door {
  static constexpr std::string_view type_name = "door";
  using state = std::int64_t;
  using command = std::variant<open_door>;
  using event = std::variant<opened>;
  using rejection = std::variant<is_locked>;

  static auto decide(state, const open_door& wish, const context&) -> decision<door> {
    if (wish.by <= 0)
      return is_locked{};
    return opened{wish.by};
  }
  static auto evolve(state so_far, const opened& happened) -> state { return so_far + happened.by; }
};

struct opening {
  std::string door;
  std::int64_t times = 0;
  static constexpr auto schema =
      record("Opening", field("door", &opening::door), field("times", &opening::times));
};

struct openings {
  static constexpr std::string_view name = "openings";
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<door>;
  using event = std::variant<opened>;
  static constexpr auto rows = table<opening>("openings", key(&opening::door));

  static auto on(const opened&, const event_context& at, read_model& to) -> result<void> {
    return to.upsert(rows.at(std::string(at.stream().key())), [](opening& row) { ++row.times; });
  }
};

/// It takes no event.
struct picky {
  static constexpr std::string_view name = "picky";
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<door>;
  using event = std::variant<opened>;

  static auto on(const opened&, const event_context&, read_model&) -> result<void> {
    return fail(http_errc::bad_request, "not this one");
  }
};

/// Ends the test that needs it.
inline void need(bool holds, const std::string& what) {
  if (!holds)
    throw std::runtime_error(what);
}

/// A node with an endpoint, and who asks it.
struct watched_node {
  explicit watched_node(const std::string& token = "", const admin_target& target = {}) {
    auto made = runtime::open({}, std::move(*open_memory_journal()));
    need(made.has_value(), "no node");
    node = std::make_unique<runtime>(std::move(*made));
    node->add<door>().add_projection<openings>();
    subscriber_options once;
    once.retries.attempts_max = 1;
    auto ring = [is_broken = bell_is_broken](const opened&, const delivery_context&) -> result<void> {
      return *is_broken ? fail(http_errc::unreachable, "the bell is broken") : result<void>();
    };
    node->add_subscriber<events_from<door, opened>>("bell", ring, once);
    need(node->start().has_value(), "the node does not start");
    admin_options options;
    options.http.token = secret(token);
    auto opened_endpoint = admin_endpoint::open(*node, options, target);
    need(opened_endpoint.has_value(), "no endpoint");
    endpoint.emplace(std::move(*opened_endpoint));
  }
  ~watched_node() {
    if (!endpoint->stop() || !node->shutdown())
      std::abort();
  }
  watched_node(const watched_node&) = delete;
  auto operator=(const watched_node&) -> watched_node& = delete;

  auto client(const std::string& token = "") const -> http_client {
    return http_client({.server = endpoint->address(), .token = secret(token)});
  }

  auto get(const std::string& target) const -> http_answer { return client().get(target).value(); }
  auto post(const std::string& target, const std::string& body = {}) const -> http_answer {
    return client().post(target, body).value();
  }
  auto json(const std::string& target) const -> json_tree {
    auto answer = get(target);
    need(answer.status == 200, answer.body);
    return parse_tree(answer.body).value_or(json_tree());
  }

  std::shared_ptr<std::atomic<bool>> bell_is_broken = std::make_shared<std::atomic<bool>>(false);
  std::unique_ptr<runtime> node;
  std::optional<admin_endpoint> endpoint;
};

} // namespace tusker::watched
