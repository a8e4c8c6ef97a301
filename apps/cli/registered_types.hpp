#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/model/aggregate.hpp>
#include <tusker/model/aggregate_instance.hpp>
#include <tusker/model/free_saga.hpp>
#include <tusker/model/projection.hpp>
#include <tusker/model/projection_type.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/saga_type.hpp>
#include <tusker/model/typed_aggregate.hpp>
#include <tusker/model/typed_projection.hpp>
#include <tusker/model/typed_saga.hpp>
#include <tusker/model/typed_subscriber.hpp>

#include <concepts>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
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

  /// A saga, whose instances are aggregates as well: their events are read like others.
  template <saga S>
  auto add_saga(const saga_options& how = {}) -> registered_types& {
    note_saga(std::string(S::type_name), describe_saga<S>());
    sagas_to_node_.push_back([how](runtime& node) { node.add_saga<S>(how); });
    return *this;
  }

  /// The same for a saga of free form.
  template <free_saga S>
  auto add_saga(const saga_options& how = {}) -> registered_types& {
    note_saga(std::string(S::type_name), describe_free_saga<S>());
    sagas_to_node_.push_back([how](runtime& node) { node.add_saga<S>(how); });
    return *this;
  }

  /// A subscriber to `T`. `make_handler` makes its handler for the folder of the journal.
  template <subscribable T, std::invocable<const std::filesystem::path&> MakeHandler>
  auto add_subscriber(std::string_view name, MakeHandler make_handler, const subscriber_options& how = {})
      -> registered_types& {
    subscribers_.insert_or_assign(std::string(name),
                                  [subscriber = std::string(name), make_handler = std::move(make_handler),
                                   how](runtime& node, const std::filesystem::path& data) {
                                    node.add_subscriber<T>(subscriber, make_handler(data), how);
                                  });
    return *this;
  }

  /// Adds all aggregates and projections to a node. REQUIRES: it has not started.
  void add_to(runtime& node) const;

  /// Adds all sagas to a node. They go on by themselves, so only commands add them whose purpose that is: a node that
  /// only makes rows anew is not to have orders shipped. REQUIRES: it has not started.
  void add_sagas_to(runtime& node) const;

  /// Adds all subscribers to a node whose journal is in `data`. What they do happens in the world, so only commands add
  /// them whose purpose that is. REQUIRES: it has not started.
  void add_subscribers_to(runtime& node, const std::filesystem::path& data) const;

  [[nodiscard]] auto has_subscriber(std::string_view name) const -> bool {
    return subscribers_.find(name) != subscribers_.end();
  }

  [[nodiscard]] auto has_saga(std::string_view name) const -> bool;

  /// The names of the sagas, in their order.
  [[nodiscard]] auto sagas() const -> const std::vector<std::string>& { return sagas_; }

  /// The aggregate types, by name; sagas are among them.
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
  void note_saga(std::string name, result<saga_type> type);

  std::map<std::string, aggregate_type, std::less<>> aggregates_;
  std::map<std::string, result<projection_type>, std::less<>> projections_;
  std::map<std::string, std::function<void(runtime&, const std::filesystem::path&)>, std::less<>>
      subscribers_;
  std::vector<std::string> sagas_;
  std::vector<std::function<void(runtime&)>> to_node_;
  std::vector<std::function<void(runtime&)>> sagas_to_node_;
};

} // namespace tusker::cli
