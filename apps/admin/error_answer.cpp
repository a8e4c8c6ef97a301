#include <tusker/admin/error_answer.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/cli/json_fields.hpp>
#include <tusker/cli/stored_json.hpp>
#include <tusker/cli/text_width.hpp>
#include <tusker/config/config_errc.hpp>
#include <tusker/http/http_errc.hpp>
#include <tusker/model/encoded_message.hpp>
#include <tusker/model/expected_version.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/read_store_errc.hpp>

#include <string>
#include <utility>

namespace tusker {

namespace {

constexpr int bad_request = 400;
constexpr int not_found = 404;
constexpr int conflict = 409;
constexpr int too_large = 413;
constexpr int too_many = 429;
constexpr int internal = 500;
constexpr int unavailable = 503;
constexpr int too_late = 504;
constexpr int storage_full = 507;

auto status_of_journal(journal_errc code) -> int {
  switch (code) {
  case journal_errc::version_conflict:
  case journal_errc::command_id_reused:
  case journal_errc::command_expired:
  case journal_errc::stream_tombstoned:
  case journal_errc::events_truncated:
    return conflict;
  case journal_errc::too_large:
    return too_large;
  case journal_errc::storage_full:
    return storage_full;
  case journal_errc::not_found:
    return not_found;
  case journal_errc::fenced:
  case journal_errc::io_error:
  case journal_errc::corrupt:
  case journal_errc::locked:
  case journal_errc::unsupported_format:
  case journal_errc::read_only:
  case journal_errc::too_many_readers:
  case journal_errc::reopening:
    return unavailable;
  case journal_errc::invalid_item:
    return bad_request;
  }
  return internal;
}

auto status_of_runtime(runtime_errc code) -> int {
  switch (code) {
  case runtime_errc::rejected:
  case runtime_errc::beyond_the_log:
  case runtime_errc::timer_gone:
    return conflict;
  case runtime_errc::timed_out:
    return too_late;
  case runtime_errc::overloaded:
    return too_many;
  case runtime_errc::stopped:
    return unavailable;
  case runtime_errc::unknown_projection:
  case runtime_errc::unknown_checkpoint:
  case runtime_errc::unknown_subscriber:
  case runtime_errc::unknown_topic:
  case runtime_errc::unknown_saga:
  case runtime_errc::no_handler:
    return not_found;
  default:
    return internal;
  }
}

auto status_of_model(model_errc code) -> int {
  switch (code) {
  case model_errc::malformed_json:
  case model_errc::schema_mismatch:
  case model_errc::not_encodable:
  case model_errc::malformed_id:
  case model_errc::malformed_time:
  case model_errc::invalid_name:
  case model_errc::foreign_token:
    return bad_request;
  default:
    return internal;
  }
}

void write_conflict(json_writer& out, const version_conflict& detail) {
  if (const auto* version = std::get_if<stream_version>(&detail.expected))
    cli::json_field(out, "expected", *version);
  else
    cli::json_field(out, "expected", to_string(detail.expected));
  cli::json_field(out, "actual", detail.actual);
}

auto body_of(const error& failure) -> std::string {
  json_writer out;
  out.begin_object();
  cli::json_field(out, "error", failure.code().message());
  cli::json_field(out, "message", cli::printable(failure.message()));
  if (const auto* detail = failure.detail<version_conflict>())
    write_conflict(out, *detail);
  const auto* rejection = failure.detail<encoded_message>();
  if (rejection != nullptr)
    cli::json_field(out, "rejection", rejection->type);
  out.end_object();
  auto body = cli::json_line(std::move(out));
  body.pop_back();
  return rejection == nullptr
             ? body
             : cli::with_json_member(std::move(body), "content", cli::compact_json(rejection->json));
}

} // namespace

auto http_status_of(const error& failure) -> int {
  auto code = failure.code();
  if (code.category() == journal_category())
    return status_of_journal(static_cast<journal_errc>(code.value()));
  if (code.category() == runtime_category())
    return status_of_runtime(static_cast<runtime_errc>(code.value()));
  if (code.category() == model_category())
    return status_of_model(static_cast<model_errc>(code.value()));
  if (code == http_errc::bad_request || code == cli::cli_errc::usage || code.category() == config_category())
    return bad_request;
  if (code == cli::cli_errc::not_found || code == read_store_errc::unknown_projection)
    return not_found;
  return code == read_store_errc::other_journal ? unavailable : internal;
}

auto answer_of(const error& failure) -> http_response {
  http_response response;
  response.status = http_status_of(failure);
  response.body = body_of(failure);
  if (response.status == too_many || response.status == unavailable)
    response.headers.emplace_back("Retry-After", "1");
  return response;
}

} // namespace tusker
