#pragma once

#include <tusker/actors/delivery_book.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/subscriber_type.hpp>
#include <tusker/model/timestamp.hpp>
#include <tusker/persistence/delivery_notes.hpp>
#include <tusker/persistence/journal_reader.hpp>

namespace tusker {

/// The book of a subscriber that is at `cursor`, as its last life has left it. `now`: see `delivery_book::restore`.
/// Errors: those of `read_parked`.
[[nodiscard]] auto load_delivery_book(const journal_reader& journal, std::string_view subscriber,
                                      const delivery_cursor& cursor, const retry_policy& retries,
                                      delivery_limits limits, timestamp now) -> result<delivery_book>;

} // namespace tusker
