#include <tusker/bench/append_workloads.hpp>

#include <tusker/bench/append_options.hpp>
#include <tusker/bench/contest.hpp>
#include <tusker/bench/memory_course.hpp>
#include <tusker/bench/order_node.hpp>
#include <tusker/bench/raw_appends.hpp>
#include <tusker/bench/work_folder.hpp>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tusker::bench {

namespace {

constexpr double limit_seconds_max = 10;

using raw_program = result<trial> (*)(const raw_load& load);

/// Those who take part in one workload: with their folder, which is emptied before each run.
class append_field {
public:
  append_field(const append_options& options, std::filesystem::path folder)
      : options_(options), limited_(options), folder_(std::move(folder)) {
    // What takes minutes is the node's memory, which a limit has none of.
    limited_.seconds = std::min(limited_.seconds, limit_seconds_max);
  }

  void add_raw(std::string system, std::string limit_of, std::string notes, raw_program run) {
    if (!options_.has_limits)
      return;
    all_.push_back({std::move(system), std::move(notes), std::move(limit_of),
                    [this, run] { return run(raw_options(limited_, folder_)); }});
  }

  void add_node(std::string notes, watched is_watched) {
    all_.push_back({"tusker", std::move(notes), "", [this, is_watched] {
                      return create_orders(options_, fresh_folder(folder_), is_watched);
                    }});
  }

  /// The node without a commit log, beside one that has it.
  void add_direct_node() {
    if (!options_.has_limits || options_.commits == commit_way::direct)
      return;
    all_.push_back({"tusker, direct", "the same without a commit log", "ratio_direct", [this] {
                      auto direct = options_;
                      direct.commits = commit_way::direct;
                      return create_orders(direct, fresh_folder(folder_), watched::no);
                    }});
  }

  auto hold(const std::string& workload) -> result<std::vector<measurement>> {
    if (auto held = hold_contest(all_, options_.rounds); !held)
      return fail(held.error());
    measurement first;
    first.workload = workload;
    first.durable = name_of(options_.durable);
    auto lines = lines_of(all_, first);
    for (std::size_t at = 0; at < lines.size(); ++at)
      if (all_[at].limit_of.empty() && is_memory_judged(options_.seconds))
        lines[at].claims = {claim_of_memory(lines[at])};
    return lines;
  }

private:
  const append_options& options_;
  append_options limited_; ///< Those of raw programs.
  std::filesystem::path folder_;
  std::vector<contender> all_;
};

auto run_append_one(const append_options& options) -> result<std::vector<measurement>> {
  auto folder = work_folder::make(options.data);
  if (!folder)
    return fail(folder.error());
  append_field field(options, folder->at("w1"));
  field.add_raw("raw LMDB", "ratio", "the limit: an order's rows in one commit", append_rows_alone);
  field.add_raw("raw commit log", "ratio_log", "the limit: an order in one write and one fdatasync",
                append_log_alone);
  field.add_direct_node();
  field.add_node("one client, each order in a new stream", watched::no);
  return field.hold("w1");
}

auto run_append_many(const append_options& options) -> result<std::vector<measurement>> {
  auto folder = work_folder::make(options.data);
  if (!folder)
    return fail(folder.error());
  append_field field(options, folder->at("w2"));
  field.add_raw("raw LMDB", "ratio", "the limit: a thread a client, which share commits",
                append_rows_together);
  field.add_raw("raw LMDB", "ratio", "the limit: one thread, an order of each client a commit",
                append_rows_alone);
  field.add_raw("raw commit log", "ratio_log", "the limit: a thread a client, which share flushes",
                append_log_together);
  field.add_raw("raw commit log", "ratio_log_alone", "the limit: one thread, an order of each client a flush",
                append_log_alone);
  field.add_direct_node();
  field.add_node("closed loops by `then`, each order in a new stream", watched::no);
  if (options.is_watched)
    field.add_node("the same, and a subscription of the node sees each event", watched::yes);
  return field.hold("w2");
}

/// The options of both, as they are without a line.
auto add_options(CLI::App& command, unsigned clients) -> std::shared_ptr<append_options> {
  auto options = std::make_shared<append_options>();
  options->clients = clients;
  options->live_max = live_for_passing_orders;
  add_append_options(command, *options);
  add_node_options(command, *options);
  add_node_only_option(command, *options);
  return options;
}

} // namespace

auto prepare_append_one(CLI::App& command) -> workload_run {
  auto options = add_options(command, 1);
  return [options] { return run_append_one(*options); };
}

auto prepare_append_many(CLI::App& command) -> workload_run {
  constexpr unsigned clients = 64;
  auto options = add_options(command, clients);
  command.add_flag_callback(
      "--unwatched", [options] { options->is_watched = false; }, "Without the run that a subscription sees");
  return [options] { return run_append_many(*options); };
}

} // namespace tusker::bench
