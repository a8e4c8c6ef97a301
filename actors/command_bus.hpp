#pragma once

#include <tusker/model/aggregate_instance.hpp>
#include <tusker/model/result.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// Who handles what: the aggregate types of a node, and the commands of each.
class command_bus {
public:
  /// Errors: `runtime_errc::duplicate_type`; `model_errc::invalid_name` for a type name that cannot be a category.
  [[nodiscard]] auto add(aggregate_type type) -> result<void>;

  /// The aggregate type that a command goes to, whose name stays where it is as long as the bus. `aggregate` may be
  /// empty: then it is the one that handles the command. Errors: `runtime_errc::no_handler` with the names that are
  /// known; also when two types handle a command and none is named.
  [[nodiscard]] auto handler_of(std::string_view aggregate, std::string_view command) const
      -> result<std::string_view>;

  /// Errors: `runtime_errc::no_handler`, with the names that are known, when no such aggregate type was added.
  [[nodiscard]] auto check_type(std::string_view aggregate) const -> result<void>;

  using type_map = std::map<std::string, std::shared_ptr<const aggregate_type>, std::less<>>;
  [[nodiscard]] auto types() const -> const type_map& { return types_; }

private:
  [[nodiscard]] auto check_named(std::string_view aggregate, std::string_view command) const
      -> result<std::string_view>;
  [[nodiscard]] auto unknown_type(std::string_view aggregate) const -> error;

  type_map types_;
  std::map<std::string, std::vector<std::string>, std::less<>> handlers_; ///< Command → aggregate types.
};

} // namespace tusker
