#include <tusker/cli/command_tree.hpp>

#include <tusker/cli/command_reference.hpp>
#include <tusker/cli/completion_script.hpp>
#include <tusker/cli/exit_status.hpp>
#include <tusker/cli/manual_page.hpp>
#include <tusker_test/catch.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

using namespace tusker::cli;

namespace {

struct sample_program {
  CLI::App program{"Keeps lamps", "lamp"};
  std::string text;
  std::vector<std::string> texts;
  bool flag = false;

  sample_program() {
    program.footer("Examples:\n  lamp room light\n" + std::string(exit_status_help));
    auto* room = program.add_subcommand("room", "Rooms");
    auto* light = room->add_subcommand("light", "Light it; what isn't lit is dark");
    light->footer("More about it.\n\n" + std::string(exit_status_help));
    light->add_option("NAME", text, "The room")->required();
    light->add_option("--data", text, "The folder")->required()->type_name("DIR");
    light->add_option("--colour", text, "Which")->type_name("COLOUR")->check(CLI::IsMember({"red", "blue"}));
    light->add_option("--tag", texts, "Words")->type_name("WORD")->allow_extra_args(false);
    light->add_flag("-q,--quiet", flag, "Say nothing");
    program.add_subcommand("secret", "Nobody's business")->group("");
  }
};

auto has(const std::string& text, std::string_view part) -> bool {
  return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("a program is described as it was declared, but for what is hidden") {
  sample_program sample;
  auto program = describe_program(sample.program);
  CHECK(program.path == "lamp");
  CHECK(program.notes == "Examples:\n  lamp room light");
  REQUIRE(program.commands.size() == 1);
  CHECK(all_commands(program).size() == 3);
  const auto& light = program.commands.front().commands.front();
  CHECK(light.path == "lamp room light");
  CHECK(light.name() == "light");
  CHECK(light.notes == "More about it.");
  REQUIRE(light.words.size() == 1);
  CHECK(light.words.front().names == std::vector<std::string>{"NAME"});
  CHECK(usage_of(light) == "lamp room light NAME --data DIR [OPTIONS]");
  auto option = [&](std::string_view name) {
    return *std::find_if(light.options.begin(), light.options.end(),
                         [&](const auto& each) { return each.names.front() == name; });
  };
  CHECK(option("--colour").value == "COLOUR");
  // CLI11 keeps a set of such words in their order.
  CHECK(option("--colour").choices.size() == 2);
  CHECK(option("--tag").is_repeated);
  CHECK_FALSE(option("--data").is_repeated);
  CHECK(option("--quiet").value.empty());
  CHECK(option_text(option("--quiet")) == "-q, --quiet");
  CHECK(option_text(option("--data")) == "--data DIR");
}

TEST_CASE("completion scripts know each command, option and choice, and nothing that is hidden") {
  sample_program sample;
  auto program = describe_program(sample.program);
  for (const auto& script : {bash_completion(program), zsh_completion(program), fish_completion(program)}) {
    for (const auto* part : {"light", "colour", "red", "blue", "quiet"})
      CHECK(has(script, part));
    CHECK_FALSE(has(script, "secret"));
  }
}

TEST_CASE("the manual page keeps groff's signs out of the text") {
  sample_program sample;
  auto program = describe_program(sample.program);
  program.commands.front().commands.front().notes = ".a dot\n'a tick\nback\\slash\n\xE2\x80\xA6 and \xC3\xA9";
  auto page = manual_page(program, "1.2");
  CHECK(has(page, "\\&.a dot\n\\&'a tick\nback\\eslash\n\\[u2026] and \\[u00E9]\n"));
  CHECK(has(page, ".TH \"LAMP\" 1 \"\" \"lamp 1.2\" \"Tusker\"\n"));
  CHECK(has(page, ".SS \"lamp room light NAME \\-\\-data DIR [OPTIONS]\"\n"));
  CHECK(has(page, ".SH EXIT STATUS\n"));
  CHECK_FALSE(has(page, "secret"));
}

TEST_CASE("the reference has a section for each command, with its options") {
  sample_program sample;
  auto reference = command_reference(describe_program(sample.program));
  CHECK(has(reference, "\n### lamp room light\n\n    lamp room light NAME --data DIR [OPTIONS]\n"));
  CHECK(has(reference, "| `--colour COLOUR` | Which: `"));
  CHECK(has(reference, "| `-q, --quiet` | Say nothing |\n"));
  CHECK_FALSE(has(reference, "secret"));
  CHECK(has(reference, "  130  "));
}
