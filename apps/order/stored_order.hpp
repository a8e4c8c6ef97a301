#pragma once

#include <order/domain/order_state.hpp>

#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/stream_version.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <functional>
#include <string>

namespace order_demo {

/// Gives every event of an order to `on_event`, the first first. Errors: `cli_errc::not_found` with the nearest id;
/// those of `journal_reader::read_stream`, and whatever `on_event` returns, which ends the reading.
[[nodiscard]] auto
read_order_events(const tusker::journal_reader& reader, const std::string& order_id,
                  const std::function<tusker::result<void>(const tusker::recorded_event&)>& on_event)
    -> tusker::result<void>;

/// An order as its events say.
struct stored_order {
  order_state state;
  tusker::stream_version version;
};

/// Errors: those of `read_order_events` and of the codec.
[[nodiscard]] auto load_order(const tusker::journal_reader& reader, const std::string& order_id)
    -> tusker::result<stored_order>;

} // namespace order_demo
