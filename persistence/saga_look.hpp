#pragma once

#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/saga_phase.hpp>
#include <tusker/model/saga_record.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tusker {

/// How an instance of a saga does, as its last transition says.
struct saga_look {
  std::string saga; ///< The saga's name.
  std::string key;  ///< The instance's.
  saga_phase phase = saga_phase::none;
  std::uint32_t version = 0;  ///< Of the declaration.
  stream_version transitions; ///< How many there were.
  timestamp at{};             ///< Of the last one.
  /// What came in last, for people.
  std::string last_input = {};
  /// Of one that compensates, is compensated or is stuck: the step that turned it, and why.
  std::string failed_step = {};
  std::string why = {};

  friend auto operator==(const saga_look&, const saga_look&) -> bool = default;
};

/// One transition, with its place.
struct saga_transition {
  stream_version number;
  timestamp at{};
  saga_record record;
};

/// How an instance does; none when there is none. Errors: those of the reader and of the codec.
[[nodiscard]] auto look_at_saga(const journal_reader& journal, const stream_id& instance)
    -> result<std::optional<saga_look>>;

struct saga_query {
  std::string saga;                               ///< Its name.
  std::optional<saga_phase> phase = std::nullopt; ///< None: all.
  bool is_open = false;                           ///< Only those that have not ended.
  std::string after = {};                         ///< A key: those behind it.
  std::size_t sagas_max = 100;
};

struct saga_page {
  std::vector<saga_look> sagas;
  std::optional<std::string> next; ///< The `after` of the next page; none: there is none.
};

/// Instances in the order of their keys. Errors: as above.
[[nodiscard]] auto list_sagas(const journal_reader& journal, const saga_query& query) -> result<saga_page>;

/// An instance's transitions behind `after`. Errors: as above.
[[nodiscard]] auto read_transitions(const journal_reader& journal, const stream_id& instance,
                                    stream_version after, std::size_t transitions_max)
    -> result<std::vector<saga_transition>>;

} // namespace tusker
