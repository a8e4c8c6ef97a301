#include "engine.hpp"
#include "whole_log.hpp"

#include <tusker/persistence/sample_item.test.hpp>
#include <tusker_test/catch.hpp>

namespace tusker::contract {

using namespace sample;

namespace {

/// Names that an order of bytes and a prefix can get wrong: short and long, dashes, letters beyond ASCII.
auto journal_of_names(const engine& made_by) -> journal_under_test {
  auto journal = journal_under_test(made_by);
  for (const auto* name : {"order-2", "orders-1", "order-10", "order-1", "ord-1", "order-é", "order-1-a",
                           "a-1", "z-1", "order_x-1", "order-Z"})
    record(*journal, {item_for(*journal, name, events(1, name))});
  record(*journal, {item_for(*journal, "order-1", events(2, "more"))});
  return journal;
}

using names = std::vector<std::string>;

auto list(const journal_under_test& journal, const std::string& category, const std::string& after,
          std::size_t count) -> names {
  names found;
  for (const auto& entry : must(journal->list_streams(category, after, count)))
    found.push_back(entry.stream.name());
  return found;
}

const names orders{"order-1", "order-1-a", "order-10", "order-2", "order-Z", "order-é"};

} // namespace

TEST_CASE("all streams are listed in the order of their names with their versions") {
  auto journal = journal_of_names(GENERATE(from_range(engines())));
  CHECK(list(journal, "", "", 100) == names{"a-1", "ord-1", "order-1", "order-1-a", "order-10", "order-2",
                                            "order-Z", "order-é", "order_x-1", "orders-1", "z-1"});
  CHECK(must(journal->list_streams("", "ord-1", 1)) ==
        std::vector{stream_summary{stream_named("order-1"), stream_version(3)}});
}

TEST_CASE("the streams of a category are listed without those of its neighbours") {
  auto journal = journal_of_names(GENERATE(from_range(engines())));
  CHECK(list(journal, "order", "", 100) == orders);
  CHECK(list(journal, "a", "", 100) == names{"a-1"});
  CHECK(list(journal, "orde", "", 100).empty());
  CHECK(list(journal, "payment", "", 100).empty());
}

TEST_CASE("a list of streams goes on behind any name, whether there is such a stream or not") {
  auto journal = journal_of_names(GENERATE(from_range(engines())));
  names paged;
  for (std::string after;;) {
    auto page = list(journal, "order", after, 2);
    if (page.empty())
      break;
    CHECK(page.size() == 2);
    paged.insert(paged.end(), page.begin(), page.end());
    after = page.back();
  }
  CHECK(paged == orders);
  CHECK(list(journal, "order", "order-15", 1) == names{"order-2"});
  CHECK(list(journal, "order", "a", 1) == names{"order-1"});
  CHECK(list(journal, "order", "z", 100).empty());
  CHECK(list(journal, "", "z-1", 100).empty());
  CHECK(list(journal, "", "", 0).empty());
}

} // namespace tusker::contract
