#pragma once

#include <order/catalogue_input.hpp>
#include <order/demo_console.hpp>

#include <tusker/actors/runtime.hpp>
#include <tusker/model/result.hpp>

#include <cstddef>

namespace order_demo {

/// Takes the articles into stock, `in_flight_max` at a time. Articles that fail or are given up are told on the
/// console.
/// Errors: those of the source; an error after which nothing else can work (`is_fatal`).
[[nodiscard]] auto receive_articles(tusker::runtime& node, const catalogue_source& articles,
                                    std::size_t in_flight_max, demo_console& console) -> tusker::result<void>;

} // namespace order_demo
