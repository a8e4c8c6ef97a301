#include <tusker/config/config_document.hpp>

#include <tusker/config/nesting_check.hpp>
#include <tusker/config/text_file.hpp>

#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <exception>
#include <utility>

namespace tusker {

namespace {

auto place_of(const toml::source_region& region, const std::string& file) -> config_place {
  return {file, region.begin.line, region.begin.column};
}

auto written(const toml::node& node) -> written_value {
  if (const auto* text = node.as_string())
    return text->get();
  if (const auto* number = node.as_integer())
    return number->get();
  if (const auto* number = node.as_floating_point())
    return number->get();
  if (const auto* toggle = node.as_boolean())
    return toggle->get();
  return unusable_value{node.is_array() ? "an array" : "a date or a time of day"};
}

auto has_tables_alone(const toml::table& table) -> bool {
  return !table.empty() &&
         std::all_of(table.begin(), table.end(), [](const auto& member) { return member.second.is_table(); });
}

/// Tables nest no deeper than toml++ reads.
void add_section(config_document& document, const std::string& name, const toml::table& table,
                 const config_place& place) {
  auto own = document.sections.size();
  // One that only holds others is a word in their names.
  auto is_kept = !has_tables_alone(table) && !(name.empty() && table.empty());
  if (is_kept)
    document.sections.push_back({name, place, {}});
  for (const auto& [key, node] : table) {
    auto key_place = place_of(key.source(), document.file);
    auto text = std::string(key.str());
    if (const auto* inner = node.as_table()) {
      auto inner_name = name;
      inner_name.append(name.empty() ? "" : ".").append(text);
      add_section(document, inner_name, *inner, key_place);
    } else {
      document.sections[own].items.push_back(
          {std::move(text), std::move(key_place), written(node), place_of(node.source(), document.file)});
    }
  }
}

auto line_of(std::string_view toml, std::uint32_t line) -> std::string_view {
  for (std::uint32_t at = 1; at < line && !toml.empty(); ++at)
    toml.remove_prefix(std::min(toml.find('\n'), toml.size() - 1) + 1);
  return toml.substr(0, toml.find('\n'));
}

/// What to do about the mistakes that TOML does not know by name.
auto hint_for(std::string_view line, std::string_view description) -> std::string {
  // An operator in the quotes of a basic string ends at its first own quote.
  if (line.find("\"@") != std::string_view::npos)
    return R"(; write an operator in single quotes: '@env("NAME")')";
  if (description.find("cannot redefine") != std::string_view::npos)
    return "; take one of them out";
  auto value = line.substr(std::min(line.find('=') + 1, line.size()));
  value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
  auto is_word = !value.empty() &&
                 (std::isalpha(static_cast<unsigned char>(value.front())) != 0 || value.front() == '@');
  return is_word && line.find('=') != std::string_view::npos ? "; write a text in quotes" : "";
}

auto problem_of(const toml::parse_error& failure, std::string_view toml, const std::string& file)
    -> config_problem {
  constexpr std::string_view prefix = "Error while parsing ";
  auto place = place_of(failure.source(), file);
  auto description = std::string_view(failure.description());
  auto hint = hint_for(line_of(toml, place.line), description);
  if (description.starts_with(prefix))
    description.remove_prefix(prefix.size());
  return {std::move(place), "not TOML: " + std::string(description) + hint};
}

} // namespace

auto parse_config(std::string_view toml, const std::string& file)
    -> tl::expected<config_document, config_problem> {
  if (toml.size() > config_bytes_max)
    return tl::unexpected(config_problem{{file}, "the file is larger than 1 MiB, which no config is"});
  if (auto line = line_of_deep_key(toml))
    return tl::unexpected(config_problem{{file, *line, 1},
                                         "expected a key of at most " + std::to_string(key_words_max) +
                                             " words, such as event_store.directory"});
  config_document document{file, {}};
  try {
    add_section(document, "", toml::parse(toml, file), {file, 1, 1});
  } catch (const toml::parse_error& failure) {
    return tl::unexpected(problem_of(failure, toml, file));
  } catch (const std::exception& stray) {
    return tl::unexpected(config_problem{{file}, std::string("not TOML: ") + stray.what()});
  }
  return document;
}

auto read_config(const std::filesystem::path& path) -> tl::expected<config_document, config_problem> {
  auto text = read_text_file(path, config_bytes_max);
  if (!text)
    return tl::unexpected(config_problem{{path.string()}, text.error().message()});
  return parse_config(*text, path.string());
}

} // namespace tusker
