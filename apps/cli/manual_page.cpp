#include <tusker/cli/manual_page.hpp>

#include <tusker/cli/exit_status.hpp>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <cstdio>

namespace tusker::cli {

namespace {

/// A sign that is no ASCII, by its number: groff reads bytes.
auto escaped_sign(std::string_view bytes) -> std::string {
  auto first = static_cast<unsigned char>(bytes.front());
  unsigned number = first < 0xE0U ? first & 0x1FU : first < 0xF0U ? first & 0x0FU : first & 0x07U;
  for (auto c : bytes.substr(1))
    number = (number << 6U) | (static_cast<unsigned char>(c) & 0x3FU);
  auto digits = std::array<char, 16>{};
  std::snprintf(digits.data(), digits.size(), "\\[u%04X]", number);
  return digits.data();
}

auto sign_bytes(char first) -> std::size_t {
  auto byte = static_cast<unsigned char>(first);
  return byte < 0xC0U ? 1 : byte < 0xE0U ? 2 : byte < 0xF0U ? 3 : 4;
}

/// A text whose signs mean nothing to groff. REQUIRES: it is UTF-8.
auto escaped(std::string_view text) -> std::string {
  std::string out;
  auto is_line_start = true;
  while (!text.empty()) {
    auto c = text.front();
    auto bytes = std::min(sign_bytes(c), text.size());
    if (is_line_start && (c == '.' || c == '\''))
      out += "\\&";
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else
      out += bytes > 1 ? escaped_sign(text.substr(0, bytes)) : std::string(1, c);
    is_line_start = c == '\n';
    text.remove_prefix(bytes);
  }
  return out;
}

/// As the argument of a macro.
auto argument(std::string_view text) -> std::string {
  std::string out = "\"";
  for (auto c : escaped(text))
    out += c == '"' ? std::string("\\(dq") : std::string(1, c);
  return out + "\"";
}

auto upper(std::string text) -> std::string {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

auto option_paragraph(const described_option& option) -> std::string {
  auto text = ".TP\n.B " + argument(option_text(option)) + "\n" + escaped(option.description);
  if (!option.choices.empty()) {
    text += ":";
    for (const auto& choice : option.choices)
      text += (choice == option.choices.front() ? " " : ", ") + escaped(choice);
  }
  if (!option.default_value.empty())
    text += " (" + escaped(option.default_value) + ")";
  return text + ".\n";
}

auto command_paragraphs(const described_command& command) -> std::string {
  auto text = ".SS " + argument(usage_of(command)) + "\n" + escaped(command.description) + ".\n";
  for (const auto& word : command.words)
    text += option_paragraph(word);
  for (const auto& option : command.options)
    if (option.names.front() != "--help")
      text += option_paragraph(option);
  if (!command.notes.empty())
    text += ".PP\n" + escaped(command.notes) + "\n";
  return text;
}

/// Lines that stay as they are.
auto plain_lines(std::string_view lines) -> std::string {
  return ".nf\n" + escaped(lines) + (lines.ends_with('\n') ? "" : "\n") + ".fi\n";
}

/// What stands below the heading of the exit statuses.
auto exit_lines() -> std::string_view {
  return exit_status_help.substr(exit_status_help.find('\n') + 1);
}

} // namespace

auto manual_page(const described_command& program, std::string_view version) -> std::string {
  const auto& name = program.path;
  auto page = ".TH " + argument(upper(name)) + " 1 \"\" " + argument(name + " " + std::string(version)) +
              " " + argument("Tusker") + "\n.SH NAME\n" + escaped(name) + " \\- " +
              escaped(program.description) + "\n.SH SYNOPSIS\n.B " + argument(name) +
              "\nCOMMAND [OPTIONS]\n.SH DESCRIPTION\n" +
              "Each command says with \\-\\-help what it does. With \\-\\-json it speaks JSON, errors too.\n"
              ".SH COMMANDS\n";
  for (const auto* command : all_commands(program))
    if (command->commands.empty())
      page += command_paragraphs(*command);
  page += ".SH EXIT STATUS\n" + plain_lines(exit_lines());
  if (auto examples = program.notes; examples.starts_with("Examples:\n"))
    page += ".SH EXAMPLES\n" + plain_lines(std::string_view(examples).substr(examples.find('\n') + 1));
  return page;
}

} // namespace tusker::cli
