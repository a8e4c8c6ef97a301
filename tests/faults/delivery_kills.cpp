#include <tusker/actors/runtime.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/typed_subscriber.hpp>
#include <tusker/persistence/delivery_notes.hpp>
#include <tusker/persistence/lmdb_journal.hpp>
#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>
#include <tusker_test/forwarding_journal.hpp>
#include <tusker_test/killed_child.hpp>
#include <tusker_test/soak.hpp>
#include <tusker_test/temporary_folder.hpp>

#include <algorithm>
#include <atomic>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <thread>
#include <unistd.h>

// A node dies while messages are published and handled, again and again over the same journal. What was acknowledged
// and what was handled, the parent process knows.

namespace tusker::faults {

namespace {

using sample::must;

struct job_wanted {
  std::int64_t number = 0;
  static constexpr auto schema = tusker::event("JobWanted", 1, field("number", &job_wanted::number));
};

struct jobs_topic {
  static constexpr std::string_view name = "jobs";
  using message = std::variant<job_wanted>;
};

constexpr auto subscriber_name = "worker";

auto fails_always(std::int64_t number) -> bool {
  return number % 20 == 7;
}
auto fails_twice(std::int64_t number) -> bool {
  return number % 10 == 3;
}

/// What a child tells its parent.
struct news {
  enum class kind : std::uint32_t { published, handled, failed };

  kind what = kind::published;
  std::int32_t number = 0;
};

using ear = tusker_test::value_pipe_end<news>;

struct site {
  tusker_test::temporary_folder folder{tusker_test::memory_backed_base()};
  std::int32_t messages = 0;

  [[nodiscard]] auto options() const -> runtime_options {
    runtime_options made;
    made.journal.directory = folder.path() / "journal";
    made.journal.durable = durability::volatile_mode;
    return made;
  }
  [[nodiscard]] auto journal() const -> std::unique_ptr<tusker::journal> {
    auto reading = options().journal;
    reading.mode = open_mode::read_only;
    return must(open_lmdb_journal(reading));
  }
};

auto subscriber() -> subscriber_options {
  subscriber_options how;
  how.consumers = 2;
  how.commit_every_messages = 7;
  how.retries = {std::chrono::milliseconds(1), 2.0, std::chrono::seconds(1), 0.0, 3};
  return how;
}

/// A journal that stores cursors which are ahead of what was handled: the positive control.
class hasty_cursor final : public forwarding_journal {
public:
  explicit hasty_cursor(std::unique_ptr<tusker::journal> engine)
      : forwarding_journal(*engine), engine_(std::move(engine)) {}

  auto append(std::span<const append_item> batch) -> result<std::vector<append_verdict>> override {
    std::vector<append_item> changed(batch.begin(), batch.end());
    for (auto& item : changed)
      for (auto& note : item.notes)
        if (note.key == cursor_note_key)
          hasten(note);
    return engine_->append(changed);
  }

private:
  void hasten(stream_note& note) const {
    constexpr std::uint64_t too_far = 30;
    auto cursor = must(decode<delivery_cursor>(note.content.json));
    cursor.offset = std::min(cursor.offset.next(too_far), must(engine_->head(log_id(0))));
    note = must(note_of(cursor));
  }

  std::unique_ptr<tusker::journal> engine_;
};

enum class build { sound, hasty };

auto start_node(const site& at, build how, const std::function<void(news)>& tell) -> runtime {
  auto options = at.options();
  auto engine = must(open_lmdb_journal(options.journal));
  if (how == build::hasty)
    engine = std::make_unique<hasty_cursor>(std::move(engine));
  auto node = must(runtime::open(options, std::move(engine)));
  auto handler = [tell](const job_wanted& job, const delivery_context& context) -> result<void> {
    constexpr std::uint32_t twice = 2;
    auto number = static_cast<std::int32_t>(job.number);
    if (fails_always(job.number) || (fails_twice(job.number) && context.attempt().number <= twice)) {
      tell({news::kind::failed, number});
      return fail(model_errc::row_not_found, "it is meant to fail");
    }
    tell({news::kind::handled, number});
    return {};
  };
  node.add_topic<jobs_topic>().add_subscriber<jobs_topic>(subscriber_name, handler, subscriber());
  if (auto started = node.start(); !started)
    throw std::runtime_error(to_string(started.error()));
  return node;
}

auto id_of(std::int32_t number) -> message_id {
  return message_id(sample::id_numbered(static_cast<std::uint64_t>(number)));
}

/// Publishes those that nobody acknowledged, each under its id, and handles what comes, until it is killed.
void work(const site& at, const std::set<std::int32_t>& acknowledged, build how, const ear& parent) {
  auto node = start_node(at, how, [&parent](news one) { parent.send(one); });
  for (std::int32_t number = 1; number <= at.messages; ++number) {
    if (acknowledged.count(number) > 0)
      continue;
    publish_options options;
    options.id = id_of(number);
    node.publish<jobs_topic>(job_wanted{number}, options)
        .then([&parent, number](const result<published>& answer) {
          if (answer)
            parent.send({news::kind::published, number});
        });
    std::this_thread::yield();
  }
  for (;;)
    ::pause();
}

/// What all children together have told.
struct story {
  std::set<std::int32_t> acknowledged;
  std::map<std::int32_t, int> handled;
  std::map<std::int32_t, int> failed;

  void add(const std::vector<news>& told) {
    for (const auto& one : told) {
      if (one.what == news::kind::published)
        acknowledged.insert(one.number);
      else if (one.what == news::kind::handled)
        ++handled[one.number];
      else
        ++failed[one.number];
    }
  }
};

/// Lets a node do the rest undisturbed.
void finish(const site& at, story& so_far, build how) {
  std::mutex mutex;
  std::vector<news> told;
  auto node = start_node(at, how, [&](news one) {
    std::lock_guard lock(mutex);
    told.push_back(one);
  });
  for (std::int32_t number = 1; number <= at.messages; ++number) {
    if (so_far.acknowledged.count(number) > 0)
      continue;
    publish_options options;
    options.id = id_of(number);
    auto answer = node.publish<jobs_topic>(job_wanted{number}, options).get();
    if (!answer)
      throw std::runtime_error(to_string(answer.error()));
    so_far.acknowledged.insert(number);
  }
  for (;;) {
    auto status = must(node.subscriber_status_of(subscriber_name));
    if (status.phase == subscriber_phase::failed)
      throw std::runtime_error(to_string(status.failure.value_or(error())));
    if (status.phase == subscriber_phase::live && status.parked == 0 && status.position == status.head)
      break;
    std::this_thread::yield();
  }
  if (!node.shutdown())
    throw std::runtime_error("the node did not end");
  so_far.add(told);
}

using fault_list = std::vector<std::string>;

/// What is not as it must be when all is done.
auto faults_of(const site& at, const story& all) -> fault_list {
  fault_list faults;
  auto journal = at.journal();
  std::map<std::int64_t, int> stored;
  auto topic = must(topic_stream(jobs_topic::name));
  auto slice = must(journal->read_stream(topic, stream_version(1), {100'000}, read_direction::forward));
  std::map<std::uint64_t, std::int64_t> number_at;
  for (const auto& event : slice.events) {
    auto number = must(decode<job_wanted>(event.data.content.json)).number;
    ++stored[number];
    number_at[event.at.offset.value()] = number;
  }
  std::map<std::int64_t, std::uint64_t> dead;
  for (const auto& letter : must(read_dead_letters(*journal, subscriber_name, {}, 100'000)))
    dead[number_at[letter.offset.value()]] = letter.attempts_made;
  for (std::int64_t number = 1; number <= at.messages; ++number) {
    auto name = "message " + std::to_string(number);
    if (stored[number] != 1)
      faults.push_back(name + " is stored " + std::to_string(stored[number]) + " times");
    auto was_handled = all.handled.count(static_cast<std::int32_t>(number)) > 0;
    if (was_handled == fails_always(number))
      faults.push_back(name + (was_handled ? " was handled" : " was not handled"));
    if ((dead.count(number) > 0) != fails_always(number))
      faults.push_back(name + (dead.count(number) > 0 ? " is a dead letter" : " is no dead letter"));
    auto failed = all.failed.find(static_cast<std::int32_t>(number));
    if (fails_always(number) && (failed == all.failed.end() || failed->second < 3))
      faults.push_back(name + " was not tried three times");
    if (dead.count(number) > 0 && dead[number] != 3)
      faults.push_back(name + " died after " + std::to_string(dead[number]) + " attempts");
  }
  if (!must(read_parked(*journal, subscriber_name, {}, 1)).empty())
    faults.emplace_back("a message still waits");
  return faults;
}

auto run_kills(const site& at, int kills, build how, unsigned seed) -> story {
  story all;
  std::mt19937 random(seed);
  for (auto kill = 0; kill < kills; ++kill) {
    // One that passes messages over may have little to tell.
    auto told = 1 + random() % (how == build::sound ? 60 : 10);
    auto child = tusker_test::kill_child_after<news>(
        told, [&](const ear& parent) { work(at, all.acknowledged, how, parent); });
    if (!child.was_killed)
      throw std::runtime_error("the node was not killed");
    all.add(child.told);
  }
  finish(at, all, how);
  return all;
}

} // namespace

TEST_CASE("a node that is killed while it delivers loses no message, and forgets no attempt", "[soak]") {
  const auto kills = tusker_test::rounds(50, 500);
  site at;
  at.messages = kills * 20;
  auto all = run_kills(at, kills, build::sound, 20261126);
  CHECK(faults_of(at, all).empty());
  tusker_test::report_soak(std::to_string(kills) + " kills of a node that delivers, " +
                           std::to_string(at.messages) + " messages");
}

TEST_CASE("control: a cursor that is stored ahead of what was handled is found out") {
  site at;
  at.messages = 1'000;
  auto all = run_kills(at, 40, build::hasty, 1);
  CHECK_FALSE(faults_of(at, all).empty());
}

} // namespace tusker::faults
