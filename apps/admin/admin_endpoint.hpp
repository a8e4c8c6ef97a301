#pragma once

#include <tusker/config/admin_options.hpp>
#include <tusker/config/log_record.hpp>
#include <tusker/http/http_server.hpp>
#include <tusker/model/result.hpp>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace tusker {

class runtime;

/// Whom an endpoint is of.
struct admin_target {
  /// The sagas that the node hosts.
  std::vector<std::string> sagas = {};
  /// The folder of its journal, where the address is left for operators' verbs; none: nothing is left.
  std::optional<std::filesystem::path> data = std::nullopt;
  /// Is told what keeps the endpoint from being reached.
  log_sink log = {};
};

/// Where a running node is watched and steered: `/health`, `/ready`, `/metrics`, and all verbs of operators as JSON.
/// docs/operations.md lists the paths. With a token every one but `/health` asks for it.
class admin_endpoint {
public:
  /// REQUIRES: `node` has started, stays where it is, and is shut down after `stop`. Errors: those of `check(options)`
  /// and of `http_server::open`; `cli_errc::cannot_write` when the address cannot be left.
  [[nodiscard]] static auto open(runtime& node, const admin_options& options, const admin_target& target)
      -> result<admin_endpoint>;

  admin_endpoint(admin_endpoint&&) noexcept;
  auto operator=(admin_endpoint&&) noexcept -> admin_endpoint&;
  admin_endpoint(const admin_endpoint&) = delete;
  auto operator=(const admin_endpoint&) -> admin_endpoint& = delete;
  ~admin_endpoint();

  [[nodiscard]] auto address() const -> const http_address&;

  /// From now on `/ready` says no: the program ends, but not yet.
  void begin_stopping();

  /// Takes the address away and answers nothing more. Errors: those of `http_server::stop`.
  auto stop() -> result<void>;

private:
  class impl;
  explicit admin_endpoint(std::unique_ptr<impl> made);
  std::unique_ptr<impl> impl_;
};

} // namespace tusker
