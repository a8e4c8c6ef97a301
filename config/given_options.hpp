#pragma once

#include <tusker/config/config_document.hpp>
#include <tusker/config/config_operators.hpp>
#include <tusker/config/config_place.hpp>
#include <tusker/config/config_problems.hpp>
#include <tusker/config/config_value.hpp>
#include <tusker/model/result.hpp>

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

/// Who says what an option is; the later ones win.
enum class value_origin { fallback, hook, file, environment, flag };

/// The same for people: `order.toml:3:8`, `environment TUSKER_LOG_LEVEL`, `flag --live-max`, `default`.
struct value_source {
  value_origin origin = value_origin::fallback;
  std::string text = "default";
};

/// What was given for an option, before anybody looked whether it is right.
struct given_value {
  result<config_value> value;
  config_place place;
  value_source source;
  /// The error is that of another key, which it refers to, and is told there.
  bool is_told_elsewhere = false;
};

/// An option of the command line.
struct flag_value {
  std::string flag; ///< `--live-max`.
  std::string text;
};

/// All that a user gave to a program: a file, the environment and flags. Operators of the file are resolved when they
/// are asked for, once.
class given_options {
public:
  /// `flags` by `section.key`. `folder` is that of the file.
  given_options(std::optional<config_document> document, std::filesystem::path folder,
                environment_reader environment, std::map<std::string, flag_value, std::less<>> flags = {});
  // Operators refer back to it.
  given_options(const given_options&) = delete;
  auto operator=(const given_options&) -> given_options& = delete;
  ~given_options() = default;

  /// What was given for an option: the flag, else the variable, else what the file says. Whoever asks makes it known
  /// that there is such an option.
  [[nodiscard]] auto find(const std::string& section, const std::string& key) -> std::optional<given_value>;

  /// Makes it known that an option keeps a secret: what the file says of it is shown nowhere, whoever refers to it.
  /// REQUIRES: nothing was asked for yet.
  void keep_secret(const std::string& section, const std::string& key);

  /// Variables that say options, by `section.key`, where those of `variable_of` do not. REQUIRES: as above.
  void read_also(std::map<std::string, std::string, std::less<>> variables) {
    variables_ = std::move(variables);
  }

  /// Makes it known that there is such a section, and that it may be empty.
  void know_section(const std::string& section) { (void)known_[section]; }

  [[nodiscard]] auto has_file() const -> bool { return document_.has_value(); }
  /// The name of the file; empty without one.
  [[nodiscard]] auto file() const -> std::string { return document_ ? document_->file : std::string(); }

  /// The section of the file of that name, or null.
  [[nodiscard]] auto section(std::string_view name) const -> const config_section*;
  /// The sections of the file whose names begin with `kind.`.
  [[nodiscard]] auto sections_of(std::string_view kind) const -> std::vector<const config_section*>;

  /// Says what the file, and the flags, have that nobody asked for. REQUIRES: all options were asked for.
  void report_unknown(config_problems& to) const;

private:
  struct resolved_item {
    enum class phase { fresh, under_way, done } phase = phase::fresh;
    const config_item* item = nullptr;
    result<config_value> value;
    bool is_told_elsewhere = false;
    bool is_secret = false;
  };

  auto resolve_item(const std::string& path, resolved_item& at) -> const result<config_value>&;
  auto value_of(const std::string& path, resolved_item& at) -> result<config_value>;
  auto secret_in(const std::string& text) -> result<config_value>;
  auto refer(const std::string& path) -> result<config_value>;
  void report_item(const config_section& in, const config_item& item, config_problems& to) const;
  void report_section(const config_section& section, config_problems& to) const;
  /// What to say of keys that are in no section.
  [[nodiscard]] auto nameless_hint(const config_item* first) const -> std::string;

  std::optional<config_document> document_;
  operator_surroundings around_;
  std::map<std::string, flag_value, std::less<>> flags_;
  std::map<std::string, std::string, std::less<>> variables_;
  std::map<std::string, resolved_item, std::less<>> items_; ///< By `section.key`.
  std::vector<std::string> under_way_; ///< Keys whose references are followed, for circles.
  bool follows_a_failed_reference_ = false;
  std::map<std::string, std::set<std::string>, std::less<>> known_; ///< Sections and their keys.
};

/// The variable that sets an option: `TUSKER_EVENT_STORE_SHARDS`.
[[nodiscard]] auto variable_of(std::string_view section, std::string_view key) -> std::string;

} // namespace tusker
