#pragma once

#include <tusker/cli/registered_types.hpp>
#include <tusker/cli/terminal.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/saga_trace.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/saga_look.hpp>

#include <string>
#include <vector>

namespace tusker::cli {

/// What is known of one instance of a saga.
struct saga_facts {
  saga_look look;
  timestamp started{};
  saga_trace trace;
  std::string waits; ///< An operator's wish that no node has carried out yet: its name; empty: none.
  /// Types of aggregates that it waits for and the program does not host; where nothing is known of types: none.
  std::vector<std::string> not_hosted = {};
};

/// The types of aggregates among the targets of what is under way that are none of `types`: a program that hosts these
/// alone would wait for ever. None if `types` has no aggregates, as a program that looks at what is stored.
[[nodiscard]] auto not_hosted_of(const saga_trace& trace, const registered_types& types)
    -> std::vector<std::string>;

/// Looks at one. `now`: wishes that were left by then are found. Errors: those of the reader and of the codec;
/// `model_errc::schema_mismatch`. REQUIRES: it is there.
[[nodiscard]] auto look_at(const journal_reader& journal, const stream_id& instance, timestamp now)
    -> result<saga_facts>;

/// One line of JSON, with its newline.
[[nodiscard]] auto facts_json(const saga_facts& facts) -> std::string;

/// For people. Of items that are under way the first fifty are shown.
[[nodiscard]] auto facts_text(const saga_facts& facts, const terminal& where) -> std::string;

} // namespace tusker::cli
