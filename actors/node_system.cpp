#include <tusker/actors/node_system.hpp>

#include <tusker/actors/quiet_worker.hpp>
#include <tusker/actors/worker_policy.hpp>
#include <tusker/actors/worker_threads.hpp>

#include <caf/actor_registry.hpp>
#include <caf/actor_system_config.hpp>
#include <caf/atom.hpp>

#include <cassert>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

namespace tusker {

namespace {

auto make_config(const runtime_options& options, scheduling how) -> caf::actor_system_config {
  caf::actor_system_config config;
  config.set("scheduler.max-throughput", options.messages_per_turn_max);
  config.set("scheduler.max-threads", worker_threads_of(options) + worker_policy::spares);
  // One queue for all workers. CAF 0.17's default, stealing, walks a worker's whole queue for each theft: with a
  // hundred thousand aggregates that are told to end, the shutdown takes time squared.
  if (how == scheduling::deterministic)
    config.set("scheduler.policy", caf::atom("testing"));
  else
    config.load<caf::scheduler::coordinator<worker_policy>>();
  return config;
}

} // namespace

struct node_system::hosted_system {
  hosted_system(const runtime_options& options, scheduling how)
      : config(make_config(options, how)), system(config) {}

  caf::actor_system_config config;
  caf::actor_system system;
};

/// CAF 0.17 wants a system to be destroyed on the thread that made it (that thread holds the system's logger, for
/// which the destructor waits), and it waits for ever for an actor that does not end. So the system lives on a
/// thread of its own, which can be left behind.
class node_system::host_thread {
public:
  host_thread(const runtime_options& options, scheduling how) {
    std::promise<caf::actor_system*> made;
    auto system = made.get_future();
    thread_ = std::thread([options, how, told = std::move(made), told_to_end = end_.get_future(),
                           ended = std::move(ended_), shared = shared_]() mutable {
      {
        hosted_system hosted(options, how);
        told.set_value(&hosted.system);
        told_to_end.wait();
        hosted.system.await_all_actors_done();
        std::lock_guard lock(shared->mutex);
        shared->has_actors = false;
      }
      ended.set_value();
    });
    system_ = system.get();
  }

  [[nodiscard]] auto system() -> caf::actor_system& { return *system_; }

  [[nodiscard]] auto end(std::chrono::milliseconds timeout) -> std::optional<std::size_t> {
    end_.set_value();
    if (has_ended_.wait_for(timeout) == std::future_status::ready) {
      thread_.join();
      return std::nullopt;
    }
    thread_.detach();
    std::lock_guard lock(shared_->mutex);
    return shared_->has_actors ? system_->registry().running() : 0;
  }

private:
  /// As long as it is locked and there are actors, the system is not destroyed.
  struct life {
    std::mutex mutex;
    bool has_actors = true;
  };

  std::shared_ptr<life> shared_ = std::make_shared<life>();
  std::promise<void> end_;
  std::promise<void> ended_;
  std::future<void> has_ended_ = ended_.get_future();
  std::thread thread_;
  caf::actor_system* system_ = nullptr;
};

node_system::node_system(const runtime_options& options, scheduling how) : how_(how) {
  if (is_deterministic())
    hosted_ = std::make_unique<hosted_system>(options, how);
  else
    host_ = std::make_unique<host_thread>(options, how);
}

node_system::~node_system() {
  assert(!hosted_ && !host_);
}

auto node_system::system() -> caf::actor_system& {
  return is_deterministic() ? hosted_->system : host_->system();
}

auto node_system::coordinator() -> caf::scheduler::test_coordinator& {
  return dynamic_cast<caf::scheduler::test_coordinator&>(hosted_->system.scheduler());
}

auto node_system::end(std::chrono::milliseconds timeout) -> std::optional<std::size_t> {
  if (is_deterministic()) {
    coordinator().run();
    hosted_.reset();
    return std::nullopt;
  }
  return std::exchange(host_, nullptr)->end(timeout);
}

} // namespace tusker
