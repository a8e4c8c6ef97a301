#pragma once

#include "journal_probe.hpp"

#include <tusker/actors/deterministic_runtime.hpp>
#include <tusker/model/aggregate.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/topic.hpp>

#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace publishing {

struct news {
  std::string text;
  static constexpr auto schema = tusker::event("News", 1, tusker::field("text", &news::text));
};

struct board {
  static constexpr std::string_view name = "board";
  using message = std::variant<news>;
};

struct noted {
  std::string text;
  static constexpr auto schema = tusker::event("Noted", 1, tusker::field("text", &noted::text));
};

struct note {
  std::string text;
  std::int64_t copies = 1;
  static constexpr auto schema =
      tusker::command("Note", 1, tusker::field("text", &note::text), tusker::field("copies", &note::copies));
};

struct no_text {
  static constexpr auto schema = tusker::rejection("NoText", 1);
};

/// Publishes what it notes, as often as it is told; tries to even if it says no.
struct writer {
  static constexpr std::string_view type_name = "writer";
  struct state {};
  using command = std::variant<note>;
  using event = std::variant<noted>;
  using rejection = std::variant<no_text>;

  static auto decide(const state&, const note& wish, const tusker::context&) -> tusker::decision<writer> {
    auto made =
        wish.text.empty() ? tusker::decision<writer>(no_text{}) : tusker::decision<writer>(noted{wish.text});
    for (std::int64_t copy = 0; copy < wish.copies; ++copy)
      made.publish<board>(news{wish.text + "/" + std::to_string(copy)}, "one key");
    return made;
  }
  static auto evolve(state same, const noted&) -> state { return same; }
};

} // namespace publishing

/// A deterministic node with a topic and an aggregate that publishes, over a probed journal that can be opened again.
struct publishing_node {
  explicit publishing_node(const tusker::runtime_options& options = {})
      : publishing_node(options, new journal_probe) {}

  auto publish(std::string text, const tusker::publish_options& options = {})
      -> tusker::pending<tusker::published> {
    return node->publish<publishing::board>(publishing::news{std::move(text)}, options);
  }
  auto note(std::string_view key, std::string text, std::int64_t copies = 1)
      -> tusker::pending<tusker::receipt> {
    return node->dispatch<publishing::writer>(key, publishing::note{std::move(text), copies});
  }

  [[nodiscard]] auto messages() const -> std::vector<tusker::recorded_event> {
    return journal.read_stream(*tusker::topic_stream("board"), {}, {}, tusker::read_direction::forward)
        ->events;
  }
  /// The texts in the topic, in its order.
  [[nodiscard]] auto texts() const -> std::vector<std::string> {
    std::vector<std::string> found;
    for (const auto& message : messages())
      found.push_back(tusker::decode<publishing::news>(message.data.content.json)->text);
    return found;
  }
  /// Entries of all outboxes.
  [[nodiscard]] auto waiting() const -> std::size_t {
    std::size_t count = 0;
    for (std::uint16_t shard = 0; shard < journal.shards().value(); ++shard)
      count += journal.read_outbox(tusker::shard_id(shard), std::nullopt, 1'000)->size();
    return count;
  }

  void run_turns(int turns) {
    for (auto turn = 0; turn < turns; ++turn)
      (void)node.run_once();
  }

  journal_probe& journal;
  tusker::deterministic_runtime node;

private:
  publishing_node(const tusker::runtime_options& options, journal_probe* probe)
      : journal(*probe),
        node(
            std::move(*tusker::deterministic_runtime::open(options, std::unique_ptr<tusker::journal>(probe),
                                                           tusker::timestamp{std::chrono::hours(500'000)}))) {
    journal.can_reopen = true;
    node->add<publishing::writer>().add_topic<publishing::board>();
    if (auto started = node->start(); !started)
      throw std::logic_error(to_string(started.error()));
    node.run();
  }
};
