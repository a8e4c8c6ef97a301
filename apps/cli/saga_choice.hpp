#pragma once

#include <tusker/cli/registered_types.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <string>
#include <vector>

namespace tusker::cli {

/// Which instance of a saga a command is about.
struct saga_choice {
  std::string saga; ///< `--saga`: its name; may be empty.
  /// Its key; or with its saga's name and a dash before it, where `saga` does not say of which.
  std::string id;
};

/// The sagas that are meant by a name: that one; without a name, all of the program's. Errors: `cli_errc::not_found`
/// with the nearest name, for one that the program does not have; `usage` without a name when the program has none.
[[nodiscard]] auto chosen_sagas(const std::string& name, const registered_types& types)
    -> result<std::vector<std::string>>;

/// The stream of the instance. A program without sagas looks at those of any. Errors: as above; `usage` when several
/// may be meant; `not_found` with the nearest key, for one that is not there; those of the reader.
[[nodiscard]] auto find_saga(const journal_reader& journal, const saga_choice& wanted,
                             const registered_types& types) -> result<stream_id>;

} // namespace tusker::cli
