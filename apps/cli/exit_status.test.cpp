#include <tusker/cli/exit_status.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/cli/cli_errc.hpp>
#include <tusker/config/config_errc.hpp>
#include <tusker/model/model_errc.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/read_store_errc.hpp>
#include <tusker/persistence/transfer_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;
using namespace tusker::cli;

TEST_CASE("a journal that is not there is another exit status than one that cannot be used") {
  CHECK(exit_status_of({journal_errc::not_found, ""}) == exit_status::not_found);
  CHECK(exit_status_of({journal_errc::locked, ""}) == exit_status::journal_unavailable);
  CHECK(exit_status_of({journal_errc::corrupt, ""}) == exit_status::journal_unavailable);
  CHECK(exit_status_of({journal_errc::unsupported_format, ""}) == exit_status::journal_unavailable);
  CHECK(exit_status_of({journal_errc::command_id_reused, ""}) == exit_status::failed);
}

TEST_CASE("a projection that is not there is another exit status than rows that cannot be used") {
  CHECK(exit_status_of({read_store_errc::unknown_projection, ""}) == exit_status::not_found);
  CHECK(exit_status_of({runtime_errc::unknown_projection, ""}) == exit_status::not_found);
  CHECK(exit_status_of({read_store_errc::other_journal, ""}) == exit_status::journal_unavailable);
  CHECK(exit_status_of({read_store_errc::too_large, ""}) == exit_status::failed);
}

TEST_CASE("errors of the command line and of options are usage errors") {
  CHECK(exit_status_of({cli_errc::usage, ""}) == exit_status::usage);
  CHECK(exit_status_of({config_errc::out_of_range, ""}) == exit_status::usage);
  CHECK(exit_status_of({transfer_errc::place_taken, ""}) == exit_status::usage);
}

TEST_CASE("what has no exit status of its own is a failure") {
  CHECK(exit_status_of({model_errc::malformed_json, ""}) == exit_status::failed);
  CHECK(exit_status_of({cli_errc::cannot_read, ""}) == exit_status::failed);
  CHECK(exit_status_of({cli_errc::declined, ""}) == exit_status::failed);
  CHECK(exit_status_of({transfer_errc::malformed_line, ""}) == exit_status::failed);
  CHECK(exit_status_of({cli_errc::cannot_open, ""}) == exit_status::not_found);
}
