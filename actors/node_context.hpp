#pragma once

#include <tusker/actors/call_board.hpp>
#include <tusker/actors/command_book.hpp>
#include <tusker/actors/command_gate.hpp>
#include <tusker/actors/inner_commands.hpp>
#include <tusker/actors/journal_access.hpp>
#include <tusker/actors/outbox_board.hpp>
#include <tusker/actors/position_board.hpp>
#include <tusker/actors/publish_gate.hpp>
#include <tusker/actors/runtime_counters.hpp>
#include <tusker/actors/saga_board.hpp>
#include <tusker/actors/timer_board.hpp>
#include <tusker/actors/timer_failures.hpp>
#include <tusker/actors/wall_clock.hpp>
#include <tusker/config/runtime_options.hpp>
#include <tusker/model/shard.hpp>
#include <tusker/persistence/journal_reader.hpp>

#include <memory>
#include <vector>

namespace tusker {

/// What all actors of a node share. It is complete before the first of them is spawned and does not change.
struct node_context {
  runtime_options options;
  std::shared_ptr<const journal_reader> reader;
  std::shared_ptr<const wall_clock> clock;
  std::shared_ptr<runtime_counters> counters;
  std::shared_ptr<command_gate> gate;
  /// What is under way.
  std::shared_ptr<command_book> book;
  std::shared_ptr<position_board> positions;
  /// Where appends go that come from no router.
  std::shared_ptr<journal_access> journal;
  /// What is being published.
  std::shared_ptr<publish_gate> publishes;
  /// Which outboxes have something new.
  std::shared_ptr<outbox_board> outbox;
  std::shared_ptr<timer_board> timers;
  std::shared_ptr<tusker::timer_failures> timer_failures;
  /// The way of commands that parts of the node send.
  std::shared_ptr<const inner_commands> commands;
  /// What sagas have to send.
  std::shared_ptr<call_board> calls;
  /// Who waits for sagas.
  std::shared_ptr<saga_board> sagas;
  /// Whether actors run on threads, so that one may block: not so in a deterministic system.
  bool has_threads = true;
  /// The epochs under which this node owns the shards, by shard.
  std::vector<epoch> epochs;
};

} // namespace tusker
