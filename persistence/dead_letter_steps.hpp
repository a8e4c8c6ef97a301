#pragma once

#include <tusker/model/position.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/journal.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tusker {

// What an operator does about dead letters while no node runs. REQUIRES: the journal is this process's to write, and no
// runtime has it. Both return how many there were: what is not a dead letter, or waits to be tried again, is passed
// over. Errors: those of `journal::append`, and of reading notes.

/// Has them delivered again by the next node that runs. They are on the list until they come through.
[[nodiscard]] auto revive_dead_letters(journal& of, std::string_view subscriber,
                                       std::span<const log_offset> offsets, timestamp now)
    -> result<std::uint64_t>;

/// Gives them up for good. The reason is kept in the subscriber's stream.
[[nodiscard]] auto drop_dead_letters(journal& of, std::string_view subscriber,
                                     std::span<const log_offset> offsets, const std::string& reason,
                                     timestamp now) -> result<std::uint64_t>;

} // namespace tusker
