#pragma once

#include <tusker/actors/open_query.hpp>
#include <tusker/actors/query_crash.hpp>
#include <tusker/actors/ticket.hpp>

#include <cstddef>
#include <memory>

namespace tusker {

/// From a caller's thread to the desk: have this answered in time.
struct submit_query {
  std::shared_ptr<open_query> query;
};

/// From the board of a projection's rows to the desk: they are as far as this query waits for.
struct rows_reached {
  ticket number;
};

/// Desk → worker.
struct run_query {
  ticket number;
  std::shared_ptr<open_query> query;
};

/// Worker → desk: it has answered, and is free.
struct query_done {
  std::size_t worker = 0;
};

} // namespace tusker
