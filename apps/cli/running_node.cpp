#include <tusker/cli/running_node.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/node_link.hpp>
#include <tusker/http/request_target.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace tusker::cli {

namespace {

/// What an answer says that is no success.
struct told_failure {
  std::string error;
  std::string message;
  static constexpr auto schema =
      record("Failure", field("error", &told_failure::error), field("message", &told_failure::message));
};

auto code_of(int status) -> std::error_code {
  switch (status) {
  case 400:
    return cli_errc::usage;
  case 404:
    return cli_errc::not_found;
  case 409:
    return runtime_errc::rejected;
  case 429:
    return runtime_errc::overloaded;
  case 504:
    return runtime_errc::timed_out;
  default:
    return cli_errc::node_unavailable;
  }
}

/// The error of that name; none when the category has none.
auto code_named(const std::string& name, const std::error_category& category)
    -> std::optional<std::error_code> {
  constexpr int codes_max = 64;
  for (int code = 1; code < codes_max; ++code)
    if (category.message(code) == name)
      return std::error_code(code, category);
  return std::nullopt;
}

/// Why something was not done, where the answer tells so by its name; other answers say that the node could not.
auto reason_in(int status, const std::string& name) -> std::optional<std::error_code> {
  constexpr std::array<int, 5> refusals{400, 409, 413, 422, 507};
  if (std::find(refusals.begin(), refusals.end(), status) == refusals.end())
    return std::nullopt;
  auto reason = code_named(name, journal_category());
  // A request that made no sense is told as that, whoever has found out.
  if (reason || status == refusals.front())
    return reason;
  reason = code_named(name, runtime_category());
  return reason ? reason : code_named(name, model_category());
}

auto failure_in(const http_answer& answer) -> error {
  if (answer.status == 401)
    return {cli_errc::node_unavailable, std::string("the running node wants its token: put it into ") +
                                            admin_token_variable +
                                            ", or name it in the config: [admin] token"};
  auto told = decode<told_failure>(answer.body);
  auto reason = told ? reason_in(answer.status, told->error) : std::nullopt;
  return {reason.value_or(code_of(answer.status)),
          told ? told->message : "the running node answered " + std::to_string(answer.status)};
}

/// Empty: none was set.
auto token_set() -> secret& {
  static secret token;
  return token;
}

auto body_of(result<http_answer> answer) -> result<std::string> {
  if (!answer)
    return fail(cli_errc::node_unavailable, "a node runs and cannot be asked: " + answer.error().message());
  if (answer->status < 200 || answer->status > 299)
    return fail(failure_in(*answer));
  return std::move(answer->body);
}

} // namespace

auto admin_token() -> secret {
  if (!token_set().is_empty())
    return token_set();
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody changes the environment
  const auto* token = std::getenv(admin_token_variable);
  return secret(token == nullptr ? "" : token);
}

void set_admin_token(secret token) {
  token_set() = std::move(token);
}

auto running_node::find(const std::filesystem::path& data) -> std::optional<running_node> {
  auto address = node_link::find(data);
  return address ? std::optional<running_node>(std::in_place, *address) : std::nullopt;
}

running_node::running_node(const http_address& address)
    : client_({.server = address, .token = admin_token()}) {}

auto running_node::get(const std::string& target) -> result<std::string> {
  return body_of(client_.get(target));
}

auto running_node::post(const std::string& target, const std::string& body) -> result<std::string> {
  return body_of(client_.post(target, body));
}

auto is_outcome_unknown(const error& failure) -> bool {
  return failure.code() == runtime_errc::timed_out || failure.code() == cli_errc::node_unavailable;
}

auto target_of(std::initializer_list<std::string_view> segments) -> std::string {
  std::string target;
  for (auto segment : segments)
    target += "/" + escaped_in_target(segment);
  return target;
}

} // namespace tusker::cli
