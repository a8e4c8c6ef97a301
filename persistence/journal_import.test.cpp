#include <tusker/persistence/journal_import.hpp>

#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/journal_export.hpp>
#include <tusker/persistence/sample_journal.test.hpp>
#include <tusker/persistence/transfer_errc.hpp>
#include <tusker/persistence/verify_child.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <array>
#include <fstream>

// Export and import together: what goes out comes in again, and what is wrong with a file is told.

namespace tusker {

using namespace sample;
using tusker_test::temporary_folder;

namespace {

auto lines_of(const std::filesystem::path& journal, const export_options& options = {})
    -> std::vector<std::string> {
  std::vector<std::string> lines;
  auto wanted = options;
  wanted.directory = journal;
  auto report = must(export_journal(wanted, [&](std::string_view line) -> result<void> {
    lines.emplace_back(line);
    return {};
  }));
  CHECK(report.events == lines.size());
  return lines;
}

void write_lines(const std::filesystem::path& file, const std::vector<std::string>& lines) {
  std::ofstream out(file, std::ios::binary);
  for (const auto& line : lines)
    out << line << "\n";
}

/// What an import of the lines comes to, and the faults that it tells.
struct import_trial {
  temporary_folder folder;
  std::vector<std::string> faults;

  auto import(const std::vector<std::string>& lines) -> result<import_report> {
    write_lines(folder.path() / "lines", lines);
    return import_journal(
        {folder.path() / "lines", folder.path() / "made", shard_count(64), import_mode::make},
        [&](const std::string& fault) { faults.push_back(fault); });
  }

  [[nodiscard]] auto has_made() const -> bool {
    return std::filesystem::exists(folder.path() / "made") ||
           std::filesystem::exists(folder.path() / "made.partial");
  }

  [[nodiscard]] auto place(std::uint64_t line) const -> std::string {
    return (folder.path() / "lines").string() + ":" + std::to_string(line) + ": ";
  }
};

} // namespace

TEST_CASE("an imported journal has the events of the exported one, at their places, and nothing else") {
  import_trial trial;
  make_filled(trial.folder.path() / "journal");
  auto lines = lines_of(trial.folder.path() / "journal");
  auto report = must(trial.import(lines));
  CHECK(report.events == lines.size());
  CHECK(report.moved == 0);
  CHECK(report.gone > 3);
  CHECK(report.streams == 8);
  auto original = shown_in(trial.folder.path() / "journal");
  auto made = shown_in(trial.folder.path() / "made");
  CHECK(made.log == original.log);
  CHECK(made.streams == original.streams);
  CHECK(made.timers.empty());
  CHECK(made.receipts.empty());
  CHECK(must(verify_in_child({trial.folder.path() / "made"})).is_clean());
  CHECK(lines_of(trial.folder.path() / "made") == lines);
}

TEST_CASE("an export may be of a part: a range, a type, a category, a stream") {
  temporary_folder folder;
  make_filled(folder.path());
  auto all = lines_of(folder.path());
  export_options range;
  range.after = log_offset(10);
  range.until = log_offset(12);
  CHECK(lines_of(folder.path(), range) == std::vector<std::string>{all[10], all[11]});
  export_options large;
  large.filter.types = {"Large"};
  CHECK(lines_of(folder.path(), large).size() == 3);
  export_options nobody;
  nobody.filter.categories = {"payment"};
  CHECK(lines_of(folder.path(), nobody).empty());
  export_options one;
  one.filter.stream_prefix = "order-2";
  CHECK(lines_of(folder.path(), one).size() > 10);
}

TEST_CASE("whole streams can be imported by themselves, and their events move up") {
  import_trial trial;
  make_filled(trial.folder.path() / "journal");
  export_options some;
  some.filter.stream_prefix = "order-2";
  auto report = must(trial.import(lines_of(trial.folder.path() / "journal", some)));
  CHECK(report.streams == 1);
  CHECK(report.moved == report.events);
}

TEST_CASE("a file without events makes an empty journal") {
  import_trial trial;
  CHECK(must(trial.import({"", "  "})).events == 0);
  CHECK(shown_in(trial.folder.path() / "made").log.empty());
}

TEST_CASE("wrong lines are all told, and nothing is made") {
  import_trial trial;
  make_filled(trial.folder.path() / "journal");
  auto lines = lines_of(trial.folder.path() / "journal");
  lines[3] = lines[3].substr(0, lines[3].size() - 5);
  lines[20] = "{}";
  lines.insert(lines.begin(), "");
  auto failed = trial.import(lines);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code() == transfer_errc::malformed_line);
  CHECK(failed.error().message().starts_with("2 of the lines of "));
  REQUIRE(trial.faults.size() == 2);
  CHECK(trial.faults[0].starts_with(trial.place(5)));
  CHECK(trial.faults[1] == trial.place(22) + "it has no 'stream'");
  CHECK_FALSE(trial.has_made());
}

TEST_CASE("a line that does not fit behind those before is told, and nothing is made") {
  import_trial trial;
  make_filled(trial.folder.path() / "journal");
  auto lines = lines_of(trial.folder.path() / "journal");
  auto how = GENERATE(0, 1, 2);
  if (how == 0)
    lines.erase(lines.begin() + 1); // a version is missing
  else if (how == 1)
    lines.insert(lines.begin() + 1, lines[0]); // one is there twice
  else
    std::swap(lines[0], lines[1]);
  auto failed = trial.import(lines);
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code() == transfer_errc::malformed_line);
  REQUIRE(trial.faults.size() == 1);
  constexpr std::array says{"version 3 of stream 'order-1' comes behind version 1",
                            "version 1 of stream 'order-1' comes behind version 1",
                            "version 2 of stream 'order-1' comes behind version 0"};
  CHECK(trial.faults[0] == trial.place(how == 2 ? 1 : 2) + says.at(static_cast<std::size_t>(how)));
  CHECK_FALSE(trial.has_made());
}

TEST_CASE("a rehearsal tells what an import would come to, and makes nothing") {
  import_trial trial;
  make_filled(trial.folder.path() / "journal");
  write_lines(trial.folder.path() / "lines", lines_of(trial.folder.path() / "journal"));
  auto report = must(import_journal(
      {trial.folder.path() / "lines", trial.folder.path() / "made", shard_count(64), import_mode::rehearse}));
  CHECK(report.streams == 8);
  CHECK_FALSE(trial.has_made());
}

TEST_CASE("nothing is imported into something, or out of nothing") {
  import_trial trial;
  make_filled(trial.folder.path() / "made", 5);
  CHECK(trial.import({}).error().code() == transfer_errc::place_taken);
  CHECK(shown_in(trial.folder.path() / "made").log.size() > 3);
  CHECK(import_journal({trial.folder.path() / "none", trial.folder.path() / "x"}).error().code() ==
        journal_errc::not_found);
}

TEST_CASE("an event that is no JSON stops an export, which says where it is") {
  temporary_folder folder;
  {
    auto journal = must(open_lmdb_journal(options_in(folder.path())));
    record(*journal, {item_for(*journal, "order-1", {event_of("Fine", "1"), event_of("Noise", noise(50))})});
  }
  auto failed =
      export_journal({folder.path(), {}, {}, {}, {}}, [](std::string_view) { return result<void>(); });
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code() == transfer_errc::not_exportable);
  CHECK(failed.error().message().find("order-1@2 at position 0:2") != std::string::npos);
}

} // namespace tusker
