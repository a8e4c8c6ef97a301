#pragma once

#include <tusker/model/message_type.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/upcast_step.hpp>

#include <string_view>
#include <vector>

namespace tusker {

/// The steps and the schemas they lead to, to be looked up by type and version. It does not change.
class upcaster_table {
public:
  upcaster_table(std::vector<upcast_step> steps, std::vector<message_type> declared);

  /// Whether the steps lead from each old version to what is declared. Errors: `model_errc::invalid_upcasters`.
  [[nodiscard]] auto check() const -> result<void>;

  [[nodiscard]] auto is_declared(std::string_view name, schema_version version) const -> bool;
  /// The step that begins with this type and version, or null.
  [[nodiscard]] auto step_from(std::string_view name, schema_version version) const -> const upcast_step*;

  /// Why a message of a type that is neither declared nor has a step cannot be read.
  [[nodiscard]] auto unreadable(const message_type& type) const -> error;

  [[nodiscard]] auto stored_names(std::string_view type) const -> std::vector<std::string>;
  [[nodiscard]] auto declared() const -> const std::vector<message_type>& { return declared_; }

private:
  /// The version in which a type is declared, or null.
  [[nodiscard]] auto declared_version(std::string_view name) const -> const message_type*;
  [[nodiscard]] auto check_step(const upcast_step& step) const -> result<void>;
  [[nodiscard]] auto check_start(const upcast_step& step) const -> result<void>;
  [[nodiscard]] auto check_targets(const upcast_step& step) const -> result<void>;
  [[nodiscard]] auto why_unreachable(const message_type& target) const -> std::string;
  [[nodiscard]] auto check_circles() const -> result<void>;
  [[nodiscard]] auto known_names() const -> std::vector<std::string>;

  std::vector<upcast_step> steps_;     ///< By type and version.
  std::vector<message_type> declared_; ///< As given.
  std::vector<message_type> sorted_;
};

} // namespace tusker
