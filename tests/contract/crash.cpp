#include "crash.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/killed_child.hpp>

#include <array>
#include <stdexcept>
#include <unistd.h>
#include <utility>

namespace tusker::contract {

namespace {

using namespace sample;

constexpr std::uint32_t streams = 3;

auto stream_name(std::uint32_t number) -> std::string {
  return "order-" + std::to_string(number);
}

using ack_pipe = tusker_test::value_pipe_end<acknowledged>;

/// Appends one event after the other for ever. The event holds its stream and version, so that none is like another.
[[noreturn]] void append_for_ever(const engine& made_by, const journal_options& options, const ack_pipe& acks,
                                  std::uint64_t acks_max, ack_time says) {
  auto journal = must(made_by.open(options));
  for (std::uint64_t round = 0;; ++round) {
    auto number = static_cast<std::uint32_t>(round % streams);
    auto head = must(journal->stream_head(stream_named(stream_name(number))));
    auto told = acknowledged{number, head.next().value()};
    auto mark = stream_name(number) + "/" + std::to_string(told.version);
    auto item =
        as_command(item_for(*journal, stream_name(number), events(1, mark), head), round + told.version);
    item.command = command_id(derive_uuid(time_at(0), std::array<std::string_view, 1>{mark}));
    if (says == ack_time::before_append) {
      acks.send(told);
      // The parent kills at this ack. Waiting for it here makes the control fail every time, not now and then.
      if (round + 1 == acks_max)
        ::pause();
    }
    record(*journal, {item});
    if (says == ack_time::after_append)
      acks.send(told);
  }
}

} // namespace

auto append_until_killed(const engine& made_by, const journal_options& options, std::uint64_t acks,
                         ack_time says) -> std::vector<acknowledged> {
  auto report = tusker_test::kill_child_after<acknowledged>(
      acks, [&](const ack_pipe& parent) { append_for_ever(made_by, options, parent, acks, says); });
  if (!report.was_killed)
    throw std::runtime_error("the writing process ended by itself");
  return std::move(report.told);
}

auto faults_of_crash(const journal_reader& journal, const std::vector<acknowledged>& told) -> fault_list {
  auto faults = faults_of_journal(journal);
  for (const auto& ack : told) {
    auto head = must(journal.stream_head(stream_named(stream_name(ack.stream))));
    if (head.value() < ack.version)
      faults.push_back("version " + std::to_string(ack.version) + " of " + stream_name(ack.stream) +
                       " was acknowledged and is lost");
  }
  for (const auto& event : whole_log(journal)) {
    auto mark = event.stream.name() + "/" + std::to_string(event.version.value());
    if (event.data != events(1, mark).front())
      faults.push_back(mark + " is not what was written");
    auto outcome = must(journal.find_outcome(
        event.stream, command_id(derive_uuid(time_at(0), std::array<std::string_view, 1>{mark}))));
    if (!outcome || outcome->version != event.version || outcome->at != event.at)
      faults.push_back(mark + " is there without its receipt");
  }
  return faults;
}

} // namespace tusker::contract
