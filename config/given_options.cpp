#include <tusker/config/given_options.hpp>

#include <tusker/config/config_errc.hpp>
#include <tusker/config/config_expression.hpp>
#include <tusker/model/nearest_name.hpp>

#include <algorithm>
#include <cctype>
#include <utility>

namespace tusker {

namespace {

auto path_of(std::string_view section, std::string_view key) -> std::string {
  return std::string(section) + "." + std::string(key);
}

auto first_word(std::string_view name) -> std::string {
  return std::string(name.substr(0, name.find('.')));
}

} // namespace

auto variable_of(std::string_view section, std::string_view key) -> std::string {
  auto name = "TUSKER_" + path_of(section, key);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    auto letter = static_cast<unsigned char>(c);
    return std::isalnum(letter) != 0 ? static_cast<char>(std::toupper(letter)) : '_';
  });
  return name;
}

given_options::given_options(std::optional<config_document> document, std::filesystem::path folder,
                             environment_reader environment,
                             std::map<std::string, flag_value, std::less<>> flags)
    : document_(std::move(document)), around_{std::move(environment), std::move(folder),
                                              [this](const auto& path) { return refer(path); }},
      flags_(std::move(flags)) {
  if (!document_)
    return;
  for (const auto& section : document_->sections)
    for (const auto& item : section.items)
      items_[path_of(section.name, item.key)].item = &item;
}

auto given_options::find(const std::string& section, const std::string& key) -> std::optional<given_value> {
  known_[section].insert(key);
  auto path = path_of(section, key);
  if (auto flag = flags_.find(path); flag != flags_.end()) {
    return given_value{config_value{flag->second.text, true},
                       {flag->second.flag},
                       {value_origin::flag, "flag " + flag->second.flag}};
  }
  auto variable = variable_of(section, key);
  auto text = around_.environment(variable);
  if (auto other = variables_.find(path); !text && other != variables_.end()) {
    variable = other->second;
    text = around_.environment(variable);
  }
  if (text) {
    auto origin = "environment " + variable;
    return given_value{
        config_value{std::move(*text), true, false, origin}, {origin}, {value_origin::environment, origin}};
  }
  auto found = items_.find(path);
  if (found == items_.end())
    return std::nullopt;
  const auto& value = resolve_item(path, found->second);
  const auto& place = found->second.item->value_place;
  auto source = to_string(place);
  if (value && !value->origin.empty())
    source += ", " + value->origin;
  return given_value{value, place, {value_origin::file, source}, found->second.is_told_elsewhere};
}

void given_options::keep_secret(const std::string& section, const std::string& key) {
  if (auto found = items_.find(path_of(section, key)); found != items_.end())
    found->second.is_secret = true;
}

auto given_options::section(std::string_view name) const -> const config_section* {
  if (!document_)
    return nullptr;
  auto found = std::find_if(document_->sections.begin(), document_->sections.end(),
                            [&](const auto& each) { return each.name == name; });
  return found == document_->sections.end() ? nullptr : &*found;
}

auto given_options::sections_of(std::string_view kind) const -> std::vector<const config_section*> {
  std::vector<const config_section*> found;
  auto prefix = std::string(kind) + ".";
  if (document_)
    for (const auto& each : document_->sections)
      if (each.name.starts_with(prefix))
        found.push_back(&each);
  return found;
}

auto given_options::resolve_item(const std::string& path, resolved_item& at) -> const result<config_value>& {
  if (at.phase == resolved_item::phase::done)
    return at.value;
  at.phase = resolved_item::phase::under_way;
  under_way_.push_back(path);
  follows_a_failed_reference_ = false;
  at.value = value_of(path, at);
  at.is_told_elsewhere = !at.value && std::exchange(follows_a_failed_reference_, false);
  under_way_.pop_back();
  at.phase = resolved_item::phase::done;
  return at.value;
}

auto given_options::value_of(const std::string& path, resolved_item& at) -> result<config_value> {
  const auto& written = at.item->value;
  if (const auto* text = std::get_if<std::string>(&written)) {
    if (at.is_secret)
      return secret_in(*text);
    return parse_expression(*text).and_then(
        [&](const config_expression& expression) { return resolve(expression, around_); });
  }
  if (const auto* toggle = std::get_if<bool>(&written))
    return config_value{*toggle};
  if (const auto* number = std::get_if<std::int64_t>(&written))
    return config_value{*number};
  if (const auto* number = std::get_if<double>(&written))
    return config_value{*number};
  return fail(config_errc::wrong_type, "expected a text, a number, true or false, found " +
                                           std::get<unusable_value>(written).what + " (" + path + ")");
}

/// What is wrong with a text that was to be a secret may be the secret itself, which no error shows.
auto given_options::secret_in(const std::string& text) -> result<config_value> {
  constexpr auto expected =
      R"(expected a secret, such as '@env.secure("NAME")'; a text that begins with @ is written with @@)";
  auto expression = parse_expression(text);
  if (!expression)
    return fail(expression.error().code(), expected);
  auto around = around_;
  around.is_for_secret = true;
  auto value = resolve(*expression, around);
  if (!value && value.error().code() == config_errc::unknown_name)
    return fail(value.error().code(), expected);
  return value.map([](config_value found) {
    found.is_secret = true;
    return found;
  });
}

auto given_options::refer(const std::string& path) -> result<config_value> {
  auto found = items_.find(path);
  if (found == items_.end()) {
    std::vector<std::string> known;
    known.reserve(items_.size());
    for (const auto& [each, item] : items_)
      known.push_back(each);
    return fail(config_errc::unknown_name,
                "@ref: the file has no key '" + path + "'" + name_hint(path, known));
  }
  if (found->second.phase == resolved_item::phase::under_way) {
    auto circle = std::string();
    for (auto at = std::find(under_way_.begin(), under_way_.end(), path); at != under_way_.end(); ++at)
      circle += *at + " → ";
    return fail(config_errc::malformed,
                "@ref goes in a circle: " + circle + path + "; one of them must be a value");
  }
  auto value = resolve_item(path, found->second);
  follows_a_failed_reference_ = !value;
  return value;
}

void given_options::report_item(const config_section& in, const config_item& item,
                                config_problems& to) const {
  auto keys = known_.find(in.name);
  if (keys == known_.end() || keys->second.count(item.key) != 0)
    return;
  std::vector<std::string> known(keys->second.begin(), keys->second.end());
  auto nearest = nearest_name(item.key, known);
  auto hint = nearest.empty() ? name_hint(item.key, known) : "; did you mean '" + nearest + "'?";
  to.add(item.key_place, "there is no key '" + item.key + "' in [" + in.name + "]" + hint);
}

auto given_options::nameless_hint(const config_item* first) const -> std::string {
  if (first != nullptr && known_.find(first->key) != known_.end())
    return "expected a section [" + first->key + "] with keys of its own, which stands once";
  return "expected a section such as [event_store] before the first key";
}

void given_options::report_section(const config_section& section, config_problems& to) const {
  if (section.name.empty()) {
    const auto* first = section.items.empty() ? nullptr : &section.items.front();
    to.add(first == nullptr ? section.place : first->key_place, nameless_hint(first));
    return;
  }
  std::vector<std::string> known;
  std::vector<std::string> with_names;
  for (const auto& [name, keys] : known_) {
    known.push_back(name);
    if (first_word(name) == section.name && name != section.name)
      with_names.push_back("[" + name + "]");
  }
  if (!with_names.empty()) {
    to.add(section.place,
           "expected the name of a part behind [" + section.name + "], such as " + with_names.front());
    return;
  }
  auto nearest = nearest_name(section.name, known);
  auto hint = nearest.empty() ? name_hint(section.name, known) : "; did you mean [" + nearest + "]?";
  to.add(section.place, "there is no section [" + section.name + "]" + hint);
}

void given_options::report_unknown(config_problems& to) const {
  if (document_) {
    for (const auto& section : document_->sections) {
      if (known_.find(section.name) == known_.end())
        report_section(section, to);
      for (const auto& item : section.items)
        report_item(section, item, to);
    }
  }
  std::vector<std::string> known;
  for (const auto& [section, keys] : known_)
    for (const auto& key : keys)
      known.push_back(path_of(section, key));
  for (const auto& [path, flag] : flags_) {
    if (std::find(known.begin(), known.end(), path) != known.end())
      continue;
    auto nearest = nearest_name(path, known);
    to.add({flag.flag},
           "there is no option '" + path + "'" +
               (nearest.empty() ? "; config reference lists them" : "; did you mean '" + nearest + "'?"));
  }
}

} // namespace tusker
