#pragma once

#include <tusker/http/http_client.hpp>
#include <tusker/model/result.hpp>

#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace tusker::cli {

/// The environment variable with the token of admin endpoints, for nodes and for those who ask them.
inline constexpr const char* admin_token_variable = "TUSKER_ADMIN_TOKEN";

/// What nodes are asked with: what was set last, else the token in the environment; empty when there is none.
[[nodiscard]] auto admin_token() -> secret;

/// Nodes are asked with this token from here on: that of a config, which takes it from the environment first. It is a
/// process's own, as its environment is. REQUIRES: no other thread asks nodes meanwhile.
void set_admin_token(secret token);

/// The node that runs on a journal, which then takes the wishes of operators: who has the journal's lock is asked, and
/// who takes the lock asks nobody, so there is never more than one who changes something.
class running_node {
public:
  /// None when no node runs, or it has no endpoint: then the lock says so.
  [[nodiscard]] static auto find(const std::filesystem::path& data) -> std::optional<running_node>;

  explicit running_node(const http_address& address);

  // The body of the answer. Errors: what the node says: `cli_errc::usage`, `not_found`, `runtime_errc::overloaded`,
  // `timed_out`; those of the model, the journal and the runtime by their names, where they say why it was not done;
  // `cli_errc::node_unavailable` when it cannot be asked, or the token is wrong.

  [[nodiscard]] auto get(const std::string& target) -> result<std::string>;
  [[nodiscard]] auto post(const std::string& target, const std::string& body = {}) -> result<std::string>;

private:
  http_client client_;
};

/// Whether a node that failed so may have done, or may still do, what it was asked for.
[[nodiscard]] auto is_outcome_unknown(const error& failure) -> bool;

/// `/projections/NAME/pause` of its parts, each escaped.
[[nodiscard]] auto target_of(std::initializer_list<std::string_view> segments) -> std::string;

} // namespace tusker::cli
