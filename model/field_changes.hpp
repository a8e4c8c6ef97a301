#pragma once

#include <tusker/model/json_tree.hpp>
#include <tusker/model/result.hpp>

#include <functional>
#include <string>
#include <vector>

namespace tusker {

/// What one new version changed in the fields of an event, in the order told:
/// `field_changes{}.rename("customer", "customer_id").add("currency", "EUR").remove("note")`
///
/// Only members of the event itself; what lies deeper is a matter for a function of your own.
class field_changes {
public:
  /// A field that is not there is not renamed: it may be optional, and if it is not, the schema says so. One whose new
  /// name is taken is an error.
  auto rename(std::string from, std::string to) -> field_changes&;

  /// What a field that old events lack has in them. One that is there keeps its value.
  auto add(std::string name, json_tree value) -> field_changes&;

  /// A field that is not there is not changed. REQUIRES: `change` is pure.
  auto change(std::string name, std::function<json_tree(json_tree)> change) -> field_changes&;

  /// Only needed where the name comes back with another meaning: readers pass over fields that they do not know.
  auto remove(std::string name) -> field_changes&;

  /// The object after all changes. REQUIRES: `object` is one. Errors: `model_errc::upcast_failed`. Throws what a
  /// `change` throws.
  [[nodiscard]] auto apply(json_tree object) const -> result<json_tree>;

private:
  std::vector<std::function<result<void>(json_tree&)>> changes_;
};

} // namespace tusker
