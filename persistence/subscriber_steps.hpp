#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/journal.hpp>

#include <string_view>

namespace tusker {

/// Whether a subscriber is delivered to.
enum class delivery_wish { running, paused };

/// Notes what an operator wants of a subscriber, for the next node that runs. It holds until something else is wanted.
/// REQUIRES: the journal is this process's to write, and no runtime has it. Errors: `journal_errc::not_found` when
/// there is no such subscriber, or it was unsubscribed; those of reading notes and of `journal::append`.
[[nodiscard]] auto steer_subscriber(journal& of, std::string_view subscriber, delivery_wish wanted,
                                    timestamp now) -> result<void>;

} // namespace tusker
