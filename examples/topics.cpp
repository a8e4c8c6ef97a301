// Topics: messages that some publish and others subscribe to. They are declared as events are, and are kept in the same
// journal. A program publishes directly, or an aggregate does with its decision: then the message is as durable as its
// events, and comes into the topic once.

#include <tusker/actors/runtime.hpp>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>
#include <variant>

namespace {

struct price_announced {
  std::string article;
  std::int64_t cents = 0;
  static constexpr auto schema =
      tusker::event("PriceAnnounced", 1, tusker::field("article", &price_announced::article),
                    tusker::field("cents", &price_announced::cents));
};

struct prices_topic {
  static constexpr std::string_view name = "prices";
  using message = std::variant<price_announced>;
};

struct price_set {
  std::int64_t cents = 0;
  static constexpr auto schema = tusker::event("PriceSet", 1, tusker::field("cents", &price_set::cents));
};

struct set_price {
  std::string article;
  std::int64_t cents = 0;
  static constexpr auto schema = tusker::command("SetPrice", 1, tusker::field("article", &set_price::article),
                                                 tusker::field("cents", &set_price::cents));
};

struct article {
  static constexpr std::string_view type_name = "article";
  struct state {};
  using command = std::variant<set_price>;
  using event = std::variant<price_set>;

  static auto decide(const state&, const set_price& wish, const tusker::context&)
      -> tusker::decision<article> {
    // In one commit with the event. The key keeps the announcements of one article in their order.
    return tusker::decision<article>(price_set{wish.cents})
        .publish<prices_topic>(price_announced{wish.article, wish.cents}, wish.article);
  }
  static auto evolve(state same, const price_set&) -> state { return same; }
};

auto run() -> tusker::result<void> {
  tusker::runtime_options options;
  options.journal.directory = "topics-example";
  std::filesystem::remove_all(options.journal.directory);
  auto node = tusker::runtime::open(options);
  if (!node)
    return tusker::fail(node.error());
  node->add<article>().add_topic<prices_topic>();
  // Each message at least once, also over restarts: a handler that fails is tried again after 2 s and 4 s, and what it
  // fails on three times is a dead letter. Messages of one article keep their order.
  tusker::subscriber_options how;
  how.order = tusker::delivery_order::by_key;
  std::atomic<int> printed = 0;
  node->add_subscriber<prices_topic>(
      "price-tags",
      [&printed](const price_announced& price,
                 const tusker::delivery_context& context) -> tusker::result<void> {
        std::printf("%s: %lld cents (attempt %u)\n", price.article.c_str(),
                    static_cast<long long>(price.cents), context.attempt().number);
        ++printed;
        return {};
      },
      how);
  if (auto started = node->start(); !started)
    return started;

  auto done = node->dispatch<article>("tea", set_price{"tea", 499}).get();
  if (!done)
    return tusker::fail(done.error());

  // Under an id of the caller's, a message is published once, however often that is tried.
  auto first = node->publish<prices_topic>(price_announced{"coffee", 899}, {.key = "coffee"}).get();
  if (!first)
    return tusker::fail(first.error());
  auto again =
      node->publish<prices_topic>(price_announced{"coffee", 899}, {.id = first->id, .key = "coffee"}).get();
  if (!again)
    return tusker::fail(again.error());
  std::printf("published at offset %llu, %s\n", static_cast<unsigned long long>(first->at.offset.value()),
              again->at == first->at ? "once" : "twice");
  // What a subscriber has not been given by now, it is given by the next start; this one waits for its two.
  while (printed < 2)
    std::this_thread::yield();
  return node->shutdown();
}

} // namespace

auto main() -> int {
  auto done = run();
  if (!done)
    std::fprintf(stderr, "%s\n", to_string(done.error()).c_str());
  return done ? 0 : 1;
}
