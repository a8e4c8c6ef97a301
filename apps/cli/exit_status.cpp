#include <tusker/cli/exit_status.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/config/config_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/read_store_errc.hpp>
#include <tusker/persistence/transfer_errc.hpp>

namespace tusker::cli {

namespace {

auto status_of_journal_error(journal_errc code) -> exit_status {
  switch (code) {
  case journal_errc::not_found:
    return exit_status::not_found;
  case journal_errc::fenced:
  case journal_errc::storage_full:
  case journal_errc::io_error:
  case journal_errc::corrupt:
  case journal_errc::locked:
  case journal_errc::unsupported_format:
  case journal_errc::read_only:
  case journal_errc::too_many_readers:
  case journal_errc::reopening:
    return exit_status::journal_unavailable;
  case journal_errc::version_conflict:
  case journal_errc::command_id_reused:
  case journal_errc::too_large:
  case journal_errc::invalid_item:
  case journal_errc::command_expired:
  case journal_errc::stream_tombstoned:
  case journal_errc::events_truncated:
    break;
  }
  return exit_status::failed;
}

auto status_of_read_store_error(read_store_errc code) -> exit_status {
  switch (code) {
  case read_store_errc::unknown_projection:
    return exit_status::not_found;
  case read_store_errc::other_journal:
    return exit_status::journal_unavailable;
  case read_store_errc::unknown_model:
  case read_store_errc::too_large:
  case read_store_errc::invalid:
  case read_store_errc::unknown_index:
    break;
  }
  return exit_status::failed;
}

} // namespace

auto exit_status_of(const error& failure) -> exit_status {
  auto code = failure.code();
  if (code.category() == journal_category())
    return status_of_journal_error(static_cast<journal_errc>(code.value()));
  if (code.category() == read_store_category())
    return status_of_read_store_error(static_cast<read_store_errc>(code.value()));
  if (code == cli_errc::node_unavailable)
    return exit_status::journal_unavailable;
  if (code.category() == config_category() || code == cli_errc::usage || code == transfer_errc::place_taken)
    return exit_status::usage;
  if (code == cli_errc::not_found || code == cli_errc::cannot_open ||
      code == runtime_errc::unknown_projection || code == runtime_errc::unknown_subscriber ||
      code == runtime_errc::unknown_saga)
    return exit_status::not_found;
  return exit_status::failed;
}

} // namespace tusker::cli
