#include "whole_log.hpp"

#include <tusker/persistence/sample_item.test.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <stdexcept>
#include <string_view>
#include <utility>

namespace tusker::contract {

namespace {

using sample::must;

void move_to_end(std::vector<recorded_event>& all, std::vector<recorded_event>& slice) {
  std::move(slice.begin(), slice.end(), std::back_inserter(all));
}

auto name_of(const recorded_event& event) -> std::string {
  return "version " + std::to_string(event.version.value()) + " of " + event.stream.name();
}

/// Whether a stream is read as the log has it: the versions from its first to its head, one after the other.
auto faults_of_stream(const journal_reader& journal, const stream_summary& listed,
                      const std::vector<recorded_event>& in_log) -> fault_list {
  fault_list faults;
  const auto& name = listed.stream.name();
  auto version = listed.first;
  for (const auto& event : in_log) {
    if (event.version != version)
      faults.push_back(name_of(event) + " stands where version " + std::to_string(version.value()) +
                       " should");
    version = event.version.next();
  }
  if (version != listed.version.next())
    faults.push_back(name + " has its last event at version " + std::to_string(version.previous().value()) +
                     ", its list entry says " + std::to_string(listed.version.value()));
  if (whole_stream(journal, listed.stream) != in_log)
    faults.push_back(name + " read forward is not what the log has of it");
  auto reversed = whole_stream(journal, listed.stream, {}, read_direction::backward);
  std::reverse(reversed.begin(), reversed.end());
  if (reversed != in_log)
    faults.push_back(name + " read backward is not what the log has of it");
  if (must(journal.stream_head(listed.stream)) != listed.version)
    faults.push_back("the head of " + name + " is not the one in its list entry");
  return faults;
}

/// The list as the contract orders it: names that begin alike for very long may stand in any order.
auto in_order_of_names(std::vector<stream_summary> streams, fault_list& faults)
    -> std::vector<stream_summary> {
  constexpr std::size_t ordered_bytes = 385;
  auto front = [](const stream_summary& of) {
    return std::string_view(of.stream.name()).substr(0, ordered_bytes);
  };
  auto is_before = [&](const auto& left, const auto& right) { return front(left) < front(right); };
  if (!std::is_sorted(streams.begin(), streams.end(), is_before))
    faults.emplace_back("the list of streams is not in the order of their names");
  std::sort(streams.begin(), streams.end(),
            [](const auto& left, const auto& right) { return left.stream < right.stream; });
  return streams;
}

auto faults_of_counts(const journal_reader& journal, std::uint64_t events, std::uint64_t streams)
    -> fault_list {
  fault_list faults;
  auto info = must(journal.info());
  if (must(journal.head(log_id(0))) != log_offset(events))
    faults.emplace_back("the log's head is not its number of events");
  if (info.events != events)
    faults.push_back("info counts " + std::to_string(info.events) + " events of " + std::to_string(events));
  if (info.streams != streams)
    faults.push_back("info counts " + std::to_string(info.streams) + " streams of " +
                     std::to_string(streams));
  return faults;
}

} // namespace

auto whole_log(const journal_reader& journal, read_limit limit, const log_filter& filter)
    -> std::vector<recorded_event> {
  std::vector<recorded_event> all;
  for (auto after = before_all_events;;) {
    auto slice = must(journal.read_log(log_id(0), after, limit, filter));
    move_to_end(all, slice.events);
    if (slice.scanned_to >= slice.head)
      return all;
    if (slice.scanned_to == after)
      throw std::runtime_error("a read of the log did not get on");
    after = slice.scanned_to;
  }
}

auto whole_stream(const journal_reader& journal, const stream_id& stream, read_limit limit,
                  read_direction direction) -> std::vector<recorded_event> {
  std::vector<recorded_event> all;
  auto last = must(journal.stream_head(stream));
  auto next = std::optional(direction == read_direction::forward ? empty_stream : last);
  while (next) {
    auto slice = must(journal.read_stream(stream, *next, limit, direction));
    if (slice.events.empty() && slice.next)
      throw std::runtime_error("a read of a stream did not get on");
    move_to_end(all, slice.events);
    next = slice.next;
  }
  return all;
}

auto all_streams(const journal_reader& journal) -> std::vector<stream_summary> {
  std::vector<stream_summary> all;
  for (std::string after;;) {
    constexpr std::size_t page = 7;
    auto part = must(journal.list_streams("", after, page));
    if (part.empty())
      return all;
    after = part.back().stream.name();
    std::move(part.begin(), part.end(), std::back_inserter(all));
  }
}

namespace {

/// The order of a log of which some is gone: offsets only rise.
auto faults_of_rising(const std::vector<recorded_event>& log) -> fault_list {
  fault_list faults;
  std::set<event_id> ids;
  auto offset = before_all_events;
  for (const auto& event : log) {
    if (event.at.offset <= offset)
      faults.push_back(name_of(event) + " does not stand behind offset " + std::to_string(offset.value()));
    offset = event.at.offset;
    if (!ids.insert(event.data.id).second)
      faults.push_back(name_of(event) + " is an event that was there before");
  }
  return faults;
}

} // namespace

auto faults_of_order(const std::vector<recorded_event>& log) -> fault_list {
  fault_list faults;
  std::map<stream_id, stream_version> heads;
  std::set<event_id> ids;
  auto offset = before_all_events;
  for (const auto& event : log) {
    if (event.at.offset != offset.next())
      faults.push_back(name_of(event) + " stands at offset " + std::to_string(event.at.offset.value()) +
                       " after " + std::to_string(offset.value()));
    offset = event.at.offset;
    auto& head = heads[event.stream];
    if (event.version != head.next())
      faults.push_back(name_of(event) + " follows version " + std::to_string(head.value()));
    head = event.version;
    if (!ids.insert(event.data.id).second)
      faults.push_back(name_of(event) + " is an event that was there before");
  }
  return faults;
}

auto faults_of_journal(const journal_reader& journal) -> fault_list {
  auto log = whole_log(journal);
  fault_list faults;
  auto streams = in_order_of_names(all_streams(journal), faults);
  std::map<stream_id, std::vector<recorded_event>> in_log;
  for (const auto& event : log) {
    in_log[event.stream].push_back(event);
    if (event.shard != shard_of(event.stream, journal.shards()))
      faults.push_back(name_of(event) + " is in a shard that is not its own");
  }
  auto add = [&](fault_list found) { std::move(found.begin(), found.end(), std::back_inserter(faults)); };
  std::uint64_t gone = 0;
  for (const auto& listed : streams) {
    gone += listed.first.value() - 1;
    add(faults_of_stream(journal, listed, in_log[listed.stream]));
  }
  add(gone == 0 ? faults_of_order(log) : faults_of_rising(log));
  if (in_log.size() != streams.size())
    faults.emplace_back("the list of streams is not the streams of the log");
  add(faults_of_counts(journal, log.size() + gone, streams.size()));
  return faults;
}

} // namespace tusker::contract
