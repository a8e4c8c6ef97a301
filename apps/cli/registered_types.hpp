#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/model/aggregate.hpp>
#include <tusker/model/aggregate_instance.hpp>
#include <tusker/model/projection.hpp>
#include <tusker/model/projection_type.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/typed_aggregate.hpp>
#include <tusker/model/typed_projection.hpp>

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace tusker::cli {

/// The types of a program, named once: for the node that hosts them, and for the commands that look at what they
/// stored.
class registered_types {
public:
  template <aggregate A>
  auto add() -> registered_types& {
    add_aggregate(describe_aggregate<A>());
    to_node_.push_back([](runtime& node) { node.add<A>(); });
    return *this;
  }

  template <projection P>
  auto add_projection(const projection_options& how = {}) -> registered_types& {
    projections_.insert_or_assign(std::string(P::name), describe_projection<P>());
    to_node_.push_back([how](runtime& node) { node.add_projection<P>(how); });
    return *this;
  }

  /// Adds them all to a node. REQUIRES: it has not started.
  void add_to(runtime& node) const;

  /// The aggregate types, by name.
  [[nodiscard]] auto aggregates() const -> const std::map<std::string, aggregate_type, std::less<>>& {
    return aggregates_;
  }

  /// The projections, by name, or what is wrong with them.
  [[nodiscard]] auto projections() const
      -> const std::map<std::string, result<projection_type>, std::less<>>& {
    return projections_;
  }

private:
  void add_aggregate(aggregate_type type);

  std::map<std::string, aggregate_type, std::less<>> aggregates_;
  std::map<std::string, result<projection_type>, std::less<>> projections_;
  std::vector<std::function<void(runtime&)>> to_node_;
};

} // namespace tusker::cli
