#include <tusker/bench/workload.hpp>

#include <tusker/bench/append_workloads.hpp>
#include <tusker/bench/catch_up.hpp>
#include <tusker/bench/codec_cost.hpp>
#include <tusker/bench/conflicts.hpp>
#include <tusker/bench/event_workload.hpp>
#include <tusker/bench/filtered_read.hpp>
#include <tusker/bench/growth.hpp>
#include <tusker/bench/hot_cold.hpp>
#include <tusker/bench/index_trade.hpp>
#include <tusker/bench/lifecycle.hpp>
#include <tusker/bench/message_queue.hpp>
#include <tusker/bench/order_sagas.hpp>
#include <tusker/bench/overload.hpp>
#include <tusker/bench/projected_catch_up.hpp>
#include <tusker/bench/random_writers.hpp>
#include <tusker/bench/recovery.hpp>
#include <tusker/bench/scale.hpp>
#include <tusker/bench/slow_subscriber.hpp>
#include <tusker/bench/stream_loads.hpp>
#include <tusker/bench/timers.hpp>
#include <tusker/bench/value_cliff.hpp>

#include <array>

namespace tusker::bench {

namespace {

constexpr std::array all{
    workload{"filtered-read", "Reads a log with filters, against a bare scan with checksums",
             [](CLI::App& to) {
               return over_events(to, {1'000'000, 10'000}, run_filtered_read);
             }},
    workload{"index-trade", "What indexes over type and category cost an append, and what they give a read",
             [](CLI::App& to) {
               return over_events(to, {1'000'000, 10'000}, run_index_trade);
             }},
    workload{"value-cliff", "Events of several sizes on disk: as they are, packed by zstd, packed by LZ4",
             [](CLI::App& to) {
               return over_events(to, {20'000, 1'000}, run_value_cliff);
             }},
    workload{"codec", "Writes and reads the event OrderCreated as JSON",
             [](CLI::App& to) {
               return over_events(to, {1'000'000, 1'000}, run_codec_cost);
             }},
    workload{"w1", "Appends orders to new streams, one client, against raw LMDB and a raw commit log",
             prepare_append_one},
    workload{"w2", "The same with 64 clients that know nothing of each other", prepare_append_many},
    workload{"w2r", "64 clients that write to 100,000 orders at random: whether the pace holds",
             prepare_random_writers},
    workload{"hot-cold",
             "16 clients that write to an order each, alone and beside those that write to 100,000",
             prepare_hot_cold},
    workload{"w3", "Appends to one stream by 8 clients, each with the version it saw, against raw LMDB",
             prepare_conflicts},
    workload{"w4", "Loads orders of 100 events from the store, against raw cursors without a parser",
             prepare_stream_loads},
    workload{"w5", "Reads 50,000 orders of four events into a map, against a raw program without a parser",
             [](CLI::App& to) {
               return over_events(to, {200'000, 4'000}, run_catch_up);
             }},
    workload{"w5p", "The same into a store on disk, rows and offset in one commit, against a raw program",
             [](CLI::App& to) {
               return over_events(to, {200'000, 4'000}, run_projected_catch_up);
             }},
    workload{"w6",
             "Places orders that a saga fulfils, 64 at a time, against a raw program with the same writes",
             prepare_order_sagas},
    workload{"w6f", "The same with payments of which each tenth fails", prepare_failing_order_sagas},
    workload{"w7",
             "Publishes 20,000 messages to a subscriber that fails on some, against single durable puts",
             [](CLI::App& to) {
               return over_events(to, {20'000, 1'000}, run_message_queue);
             }},
    workload{"slow-subscriber",
             "Publishes for a minute to one subscriber that keeps up and one that does not",
             prepare_slow_subscriber},
    workload{"growth", "Appends to some hot streams until the journal holds 10,000,000 events",
             prepare_growth},
    workload{"recovery",
             "Loads orders of 100 and of 10,000 events into a fresh node, with a snapshot and without",
             [](CLI::App& to) {
               return over_events(to, {200'000, 10'000}, run_recovery);
             }},
    workload{"lifecycle",
             "Brings aggregates into memory and lets them leave: how quickly, and whether memory comes back",
             prepare_lifecycle},
    workload{"scale", "Touches a million aggregates, with room for all of them and for a twentieth",
             prepare_scale},
    workload{"overload", "Offers a node ten times what it takes, and looks at memory, refusals and latency",
             prepare_overload},
    workload{"timers", "Sets timers beside a thousand and a million that wait, and fires those that are due",
             prepare_timers},
};

} // namespace

auto workloads() -> std::span<const workload> {
  return all;
}

} // namespace tusker::bench
