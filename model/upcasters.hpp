#pragma once

#include <tusker/model/field_changes.hpp>
#include <tusker/model/json_tree.hpp>
#include <tusker/model/upcast_step.hpp>
#include <tusker/model/upcaster_chain.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace tusker {

/// How events that were stored under old schemas are read as today's: one step for each type and version that is no
/// more. A step begins where the one before it ended, also under another name:
///
///   static auto upcasters() -> tusker::upcasters {
///     return tusker::upcasters{}
///         .rename_type("OrderPlaced", 1, "OrderCreated")            // OrderPlaced 1  → OrderCreated 1
///         .rename_field("OrderCreated", 1, "customer", "customer_id")   // OrderCreated 1 → 2
///         .add_field("OrderCreated", 2, "currency", "EUR")              // OrderCreated 2 → 3, today's
///         .drop("OrderViewed", 1, "views are not kept");
///   }
///
/// Steps are told in any order. What is wrong with them, `make_upcaster_chain` says. REQUIRES of all functions: they
/// are pure and may be called by several threads at once. What they throw is an error of the event that is read.
class upcasters {
public:
  /// From `version` to the next: a field got another name. See `field_changes::rename`.
  auto rename_field(std::string type, std::uint16_t version, std::string from, std::string to) -> upcasters&;

  /// From `version` to the next: there is a new field, with this value in events that lack it.
  auto add_field(std::string type, std::uint16_t version, std::string field, json_tree value) -> upcasters&;

  /// From `version` to the next: a field means something else, as `change` says. A field that is not there stays away.
  auto change_field(std::string type, std::uint16_t version, std::string field,
                    std::function<json_tree(json_tree)> change) -> upcasters&;

  /// From `version` to the next: several changes at once.
  auto change_fields(std::string type, std::uint16_t version, field_changes changes) -> upcasters&;

  /// From `version` to the next: anything else. The function takes the event's object and gives the new one.
  auto step(std::string type, std::uint16_t version, std::function<json_tree(json_tree)> change)
      -> upcasters&;

  /// The type has another name now; its version and content stay.
  auto rename_type(std::string type, std::uint16_t version, std::string to) -> upcasters&;

  /// The same, and the version under the new name is `to_version`.
  auto rename_type(std::string type, std::uint16_t version, std::string to, std::uint16_t to_version)
      -> upcasters&;

  /// A type in one version, as a target of `split`.
  struct target {
    std::string type;
    std::uint16_t version;
  };

  /// One event says what several say today, in the order in which `parts` gives them; none is allowed. A part names
  /// one of the targets by its type, and is read in the version given there; from there its own steps follow.
  auto split(std::string type, std::uint16_t version, std::vector<target> targets, content_split parts)
      -> upcasters&;

  /// Nobody needs these events any more. Their place in the stream stays theirs.
  auto drop(std::string type, std::uint16_t version, std::string reason) -> upcasters&;

  /// The steps of another set as well: for those who read the events of several aggregates.
  auto include(const upcasters& others) -> upcasters&;

  [[nodiscard]] auto steps() const -> const std::vector<upcast_step>& { return steps_; }

private:
  auto to_next_version(std::string type, std::uint16_t version, content_change change) -> upcasters&;

  std::vector<upcast_step> steps_;
};

} // namespace tusker
