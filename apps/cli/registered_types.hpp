#pragma once

#include <tusker/actors/runtime.hpp>
#include <tusker/cli/part_registry.hpp>
#include <tusker/cli/program_part.hpp>
#include <tusker/config/aggregate_options.hpp>
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
    aggregate_parts_.add(std::string(A::type_name), {},
                         [](const aggregate_options&, runtime& node) { node.add<A>(); });
    return *this;
  }

  template <projection P>
  auto add_projection(const projection_options& how = {}) -> registered_types& {
    projections_.insert_or_assign(std::string(P::name), describe_projection<P>());
    projection_parts_.add(std::string(P::name), how,
                          [](const projection_options& as, runtime& node) { node.add_projection<P>(as); });
    return *this;
  }

  /// A saga, whose instances are aggregates as well: their events are read like others.
  template <saga S>
  auto add_saga(const saga_options& how = {}) -> registered_types& {
    note_saga(std::string(S::type_name), describe_saga<S>());
    saga_parts_.add(std::string(S::type_name), how,
                    [](const saga_options& as, runtime& node) { node.add_saga<S>(as); });
    return *this;
  }

  /// The same for a saga of free form.
  template <free_saga S>
  auto add_saga(const saga_options& how = {}) -> registered_types& {
    note_saga(std::string(S::type_name), describe_free_saga<S>());
    saga_parts_.add(std::string(S::type_name), how,
                    [](const saga_options& as, runtime& node) { node.add_saga<S>(as); });
    return *this;
  }

  /// Says which aggregates a saga sends commands to: a config that has it run has to have them run too.
  auto saga_needs(std::string_view saga, std::vector<std::string> aggregates) -> registered_types& {
    saga_needs_.insert_or_assign(std::string(saga), std::move(aggregates));
    return *this;
  }

  /// A subscriber to `T`. `make_handler` makes its handler for the folder of the journal.
  template <subscribable T, std::invocable<const std::filesystem::path&> MakeHandler>
  auto add_subscriber(std::string_view name, MakeHandler make_handler, const subscriber_options& how = {})
      -> registered_types& {
    queue_parts_.add(std::string(name), how,
                     [subscriber = std::string(name), make_handler = std::move(make_handler)](
                         const subscriber_options& as, runtime& node, const std::filesystem::path& data) {
                       node.add_subscriber<T>(subscriber, make_handler(data), as);
                     });
    return *this;
  }

  /// A subscriber that the program adds to its nodes itself, with `queue_parts().how(name)`: a config knows it.
  auto declare_subscriber(std::string_view name, const subscriber_options& how) -> registered_types& {
    queue_parts_.add(std::string(name), how, nullptr);
    return *this;
  }

  /// Adds all aggregates and projections to a node, but for those that a config took out. REQUIRES: it has not started.
  void add_to(runtime& node) const;

  /// Adds all sagas to a node. They go on by themselves, so only commands add them whose purpose that is: a node that
  /// only makes rows anew is not to have orders shipped. REQUIRES: it has not started.
  void add_sagas_to(runtime& node) const;

  /// Adds all subscribers to a node whose journal is in `data`. What they do happens in the world, so only commands add
  /// them whose purpose that is. REQUIRES: it has not started.
  void add_subscribers_to(runtime& node, const std::filesystem::path& data) const;

  /// Whether `add_subscribers_to` adds it.
  [[nodiscard]] auto has_subscriber(std::string_view name) const -> bool { return queue_parts_.adds(name); }

  /// The parts, and how each runs: as they were registered, or as a config says.
  [[nodiscard]] auto aggregate_parts() const -> const auto& { return aggregate_parts_; }
  [[nodiscard]] auto projection_parts() const -> const auto& { return projection_parts_; }
  [[nodiscard]] auto queue_parts() const -> const auto& { return queue_parts_; }
  [[nodiscard]] auto saga_parts() const -> const auto& { return saga_parts_; }
  // For a config to change.
  [[nodiscard]] auto aggregate_parts() -> auto& { return aggregate_parts_; }
  [[nodiscard]] auto projection_parts() -> auto& { return projection_parts_; }
  [[nodiscard]] auto queue_parts() -> auto& { return queue_parts_; }
  [[nodiscard]] auto saga_parts() -> auto& { return saga_parts_; }

  /// Whether nothing is registered: the program knows no user's types.
  [[nodiscard]] auto is_empty() const -> bool { return aggregates_.empty() && projections_.empty(); }

  [[nodiscard]] auto has_saga(std::string_view name) const -> bool;

  /// The names of the sagas, in their order.
  [[nodiscard]] auto sagas() const -> const std::vector<std::string>& { return sagas_; }

  /// The aggregates that sagas need, by saga.
  [[nodiscard]] auto saga_needs() const -> const auto& { return saga_needs_; }

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
  std::vector<std::string> sagas_;
  std::map<std::string, std::vector<std::string>, std::less<>> saga_needs_;
  part_registry<aggregate_options, runtime&> aggregate_parts_;
  part_registry<projection_options, runtime&> projection_parts_;
  part_registry<subscriber_options, runtime&, const std::filesystem::path&> queue_parts_;
  part_registry<saga_options, runtime&> saga_parts_;
};

} // namespace tusker::cli
