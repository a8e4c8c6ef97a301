#include <tusker/cli/journal_copy_commands.hpp>

#include <tusker/cli/data_options.hpp>
#include <tusker/cli/journal_backup_command.hpp>
#include <tusker/cli/journal_compact_command.hpp>
#include <tusker/cli/journal_export_command.hpp>
#include <tusker/cli/journal_import_command.hpp>
#include <tusker/cli/journal_stats_command.hpp>

#include <cstdint>
#include <memory>

namespace tusker::cli {

namespace {

template <class Wanted>
struct copy_options {
  Wanted wanted;
  data_options data;
};

void add_stats(command_set& commands, CLI::App& journal) {
  auto data = std::make_shared<data_options>();
  auto& command = commands.add(
      journal, "stats", "Where its bytes are, who reads it, what its events are; --json prints one object",
      [data] { return run_journal_stats(*data); });
  add_data_options(command, *data);
}

constexpr auto backup_notes =
    "It is all of the journal up to one commit, receipts, timers, outbox, notes and snapshots too, and a\n"
    "journal itself: journal verify, stream read and the like take its folder as --data. A node may run\n"
    "meanwhile. The folder gets its name when the copy was verified.";

void add_backup(command_set& commands, CLI::App& journal) {
  auto options = std::make_shared<copy_options<journal_backup_options>>();
  auto& command = commands.add(
      journal, "backup", "Copy a journal into a new folder, and verify the copy; --json prints one object",
      [options] { return run_journal_backup(options->wanted, options->data); }, backup_notes);
  command.add_option("TO", options->wanted.to, "The new folder")->required()->type_name("DIR");
  command.add_flag_callback(
      "--compact", [options] { options->wanted.form = copy_form::compact; },
      "Without free pages, and without what events that are gone still say");
  add_data_options(command, options->data);
}

constexpr auto restore_notes = "--data is where the journal is made: a folder that is not there, or is "
                               "empty. It gets an id of its own,\n"
                               "so that rows which were made of the journal that was backed up, and may be "
                               "ahead, are not taken for its\n"
                               "own; its rows are made anew by the next node that runs.";

void add_restore(command_set& commands, CLI::App& journal) {
  auto options = std::make_shared<copy_options<journal_restore_options>>();
  auto& command = commands.add(
      journal, "restore", "Make a journal out of a backup; --json prints one object",
      [options] { return run_journal_restore(options->wanted, options->data); }, restore_notes);
  command.add_option("FROM", options->wanted.from, "The folder of the backup")->required()->type_name("DIR");
  add_dry_run_option(command, options->wanted.agreed);
  add_data_options(command, options->data);
}

constexpr auto compact_notes =
    "A copy without free pages takes the data file's place when it was verified. Nobody may have the "
    "journal\n"
    "open, to read it either (exit status 4); beside a node that runs, journal backup --compact makes a\n"
    "compact copy. Events that were truncated, or whose stream has a tombstone, lose what they still say.";

void add_compact(command_set& commands, CLI::App& journal) {
  auto options = std::make_shared<copy_options<consent>>();
  auto& command = commands.add(
      journal, "compact", "Make the data file as small as what it holds; --json prints one object",
      [options] { return run_journal_compact(options->wanted, options->data); }, compact_notes);
  add_dry_run_option(command, options->wanted);
  add_data_options(command, options->data);
}

constexpr auto export_notes =
    "A line is an object as of events --raw --json; one of an event that is gone has its place and "
    "\"gone\".\n"
    "It carries events and nothing else: no receipts, timers, outbox, notes, snapshots. A backup has all.";

void add_export(command_set& commands, CLI::App& journal) {
  auto options = std::make_shared<copy_options<journal_export_options>>();
  auto& wanted = options->wanted;
  auto& command = commands.add(
      journal, "export", "The events as lines of JSON, on standard output or into a new file",
      [options] { return run_journal_export(options->wanted, options->data); }, export_notes);
  command.add_option("FILE", wanted.to, "The new file; none, or -: standard output")->type_name("FILE");
  command.add_option("--after", wanted.after, "Only events behind this position")
      ->type_name("POSITION")
      ->check(whole_number(0));
  command.add_option("--until", wanted.until, "Only events up to this position")
      ->type_name("POSITION")
      ->check(whole_number(0));
  command.add_option("--type", wanted.types, "Only events of this stored type; may be given several times")
      ->type_name("TYPE")
      ->allow_extra_args(false);
  command
      .add_option("--category", wanted.categories,
                  "Only of streams of this category; may be given several times")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command.add_option("--stream", wanted.stream, "Only of this stream")->type_name("STREAM");
  add_data_options(command, options->data);
}

constexpr auto import_notes =
    "--data is where the journal is made: a folder that is not there, or is empty. All lines are imported "
    "or\n"
    "none: wrong ones are told as FILE:LINE: reason (exit status 1). Streams, versions, types, times and\n"
    "metadata are those of the lines, and of a whole export the positions are too. A command that is sent\n"
    "again is carried out again: an export has no receipts.";

void add_import(command_set& commands, CLI::App& journal) {
  auto options = std::make_shared<copy_options<journal_import_options>>();
  auto& command = commands.add(
      journal, "import", "Make a journal out of exported lines; --json prints one object",
      [options] { return run_journal_import(options->wanted, options->data); }, import_notes);
  command.add_option("FILE", options->wanted.file, "The lines; -: standard input")
      ->required()
      ->type_name("FILE");
  command.add_option("--shards", options->wanted.shards, "Shards of the journal that is made")
      ->type_name("N")
      ->capture_default_str()
      ->check(CLI::Range(std::uint16_t{1}, std::uint16_t{4'096}));
  add_dry_run_option(command, options->wanted.agreed);
  add_data_options(command, options->data);
}

} // namespace

void add_journal_copy_commands(command_set& commands) {
  auto& journal = commands.group("journal", "Look at a journal as a whole, copy it, make one");
  add_stats(commands, journal);
  add_backup(commands, journal);
  add_restore(commands, journal);
  add_compact(commands, journal);
  add_export(commands, journal);
  add_import(commands, journal);
}

} // namespace tusker::cli
