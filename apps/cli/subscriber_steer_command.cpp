#include <tusker/cli/subscriber_steer_command.hpp>

#include <tusker/cli/error_report.hpp>
#include <tusker/cli/nearest_subscriber.hpp>
#include <tusker/cli/owned_journal.hpp>
#include <tusker/cli/running_node.hpp>
#include <tusker/cli/topic_ls_command.hpp>

namespace tusker::cli {

namespace {

auto steer(const std::string& name, delivery_wish wanted, const data_options& options) -> result<void> {
  if (auto node = running_node::find(options.data)) {
    return node->post(target_of({"subscribers", name, wanted == delivery_wish::paused ? "pause" : "resume"}))
        .map([](const std::string&) {});
  }
  auto journal = open_to_write(options);
  if (!journal)
    return fail(journal.error());
  if (auto known = check_subscriber(**journal, name); !known)
    return known;
  return steer_subscriber(**journal, name, wanted, wall_time());
}

} // namespace

auto run_subscriber_steer(const std::string& name, delivery_wish wanted, const data_options& options)
    -> exit_status {
  auto done = steer(name, wanted, options);
  if (done)
    done = print_subscriber(name, options);
  return done ? exit_status::ok : report_error(options.program, done.error(), options.format());
}

} // namespace tusker::cli
