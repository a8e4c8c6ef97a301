#pragma once

#include <tusker/model/encoded_message.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/saga_input.hpp>
#include <tusker/model/stream_id.hpp>
#include <tusker/model/timer_entry.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/journal.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace tusker {

/// What an operator may want of an instance of a saga.
using saga_wish = std::variant<retry_saga, compensate_saga>;

/// `retry` or `compensate`.
[[nodiscard]] auto name_of(const saga_wish& wish) -> std::string_view;

/// That the instance can do so as it stands, told from its transitions: one that is stuck can try again, one that goes
/// forward, or is stuck on its way forward, can compensate; one of free form neither. Returns why not; empty: it can.
/// Errors: those of the reader and of the codec; `model_errc::schema_mismatch`.
[[nodiscard]] auto why_not(const journal_reader& journal, const stream_id& instance, const saga_wish& wish)
    -> result<std::string>;

/// Leaves a wish with the journal, while no node runs: a timer of the instance that is due, so that the next node
/// carries it out, once. Errors: those of `make_timer` and of `journal::append`; what the item is refused for.
[[nodiscard]] auto leave_saga_wish(journal& of, const stream_id& instance, const saga_wish& wish,
                                   timestamp now) -> result<void>;

/// A wish that was left and that no node has carried out yet. Errors: those of the reader and of the codec.
[[nodiscard]] auto find_saga_wish(const journal_reader& journal, const stream_id& instance, timestamp now)
    -> result<std::optional<saga_wish>>;

} // namespace tusker
