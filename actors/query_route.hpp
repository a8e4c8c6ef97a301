#pragma once

#include <tusker/actors/projection_core.hpp>
#include <tusker/model/query_handler.hpp>
#include <tusker/persistence/read_store.hpp>

#include <memory>
#include <string>

namespace tusker {

/// Who answers a query, and from which rows.
struct query_route {
  query_handler handler;
  std::string projection;
  std::shared_ptr<projection_core> core;
  std::shared_ptr<const read_store> store;
};

} // namespace tusker
