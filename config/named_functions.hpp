#pragma once

#include <tusker/model/result.hpp>

#include <any>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <typeinfo>
#include <utility>
#include <vector>

namespace tusker {

/// What functions of type `T` do, for messages: `configures the event store`. Declare it next to the type; without it
/// the type is named.
template <class T>
inline constexpr std::string_view function_kind{};

/// What a program offers to its config under a name: `@go("events.ConfigureEventStore")`. Each has a type, most often a
/// `std::function`, and is found by whoever asks for that type.
class named_functions {
public:
  /// Registers `function` as a `T`; another of that name is replaced.
  template <class T>
  auto add(std::string name, T function) -> named_functions& {
    entries_.insert_or_assign(std::move(name), entry{std::any(std::move(function)), kind_of<T>()});
    return *this;
  }

  /// Errors: `config_errc::unknown_name` with the nearest name of that type, `wrong_type` for one of another type.
  template <class T>
  [[nodiscard]] auto find(const std::string& name) const -> result<T> {
    auto found = entries_.find(name);
    if (found != entries_.end())
      if (const auto* function = std::any_cast<T>(&found->second.function))
        return *function;
    return fail(why_not(name, kind_of<T>()));
  }

  /// The names of those of one kind, in their order.
  [[nodiscard]] auto names_of(const std::string& kind) const -> std::vector<std::string>;

  template <class T>
  [[nodiscard]] static auto kind_of() -> std::string {
    return function_kind<T>.empty() ? readable_name(typeid(T)) : std::string(function_kind<T>);
  }

private:
  struct entry {
    std::any function;
    std::string kind;
  };

  [[nodiscard]] static auto readable_name(const std::type_info& type) -> std::string;
  [[nodiscard]] auto why_not(const std::string& name, const std::string& wanted_kind) const -> error;

  std::map<std::string, entry> entries_;
};

} // namespace tusker
