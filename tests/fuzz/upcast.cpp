#include "fuzz_target.hpp"

#include <tusker/model/upcasters.hpp>
#include <tusker/model/utf8.hpp>

#include <stdexcept>

// Any text as an event of an old version: it comes out as objects of today's types, the same ones each time, or an
// error says why not.

namespace tusker::fuzz {

auto seeds() -> std::vector<std::string> {
  return {R"({"customer":"c","euros":5,"lines":[{"sku":"a"},{"sku":"b"}]})",
          R"({"lines":[{"lines":[{"x":1}]},{}],"customer_id":"d"})",
          R"({"customer":"c","customer":"d","deep":[[[[{"x":[1.5,-1,null,true]}]]]]})",
          R"({"lines":7})",
          R"({"euros":"5"})",
          "[]",
          R"({"a":"\u00e4\ud83d\udc18"})"};
}

namespace {

auto parts_of(const json_tree& order) -> std::vector<upcast_part> {
  std::vector<upcast_part> parts;
  if (order.contains("lines"))
    for (const auto& line : order.at("lines"))
      parts.push_back({line.contains("lines") ? "Order" : "Line", line});
  return parts;
}

/// Steps of each kind, as careless as a user's: they look at members that may not be there or are of another kind.
auto chain() -> const upcaster_chain& {
  static const auto made =
      make_upcaster_chain(
          upcasters{}
              .rename_field("Order", 1, "customer", "customer_id")
              .change_field("Order", 2, "euros",
                            [](const json_tree& euros) { return euros.get<std::int64_t>() % 7; })
              .step("Order", 3,
                    [](json_tree order) {
                      if (order.size() > 5)
                        throw std::runtime_error("too many members");
                      order["copy"] = order;
                      return order;
                    })
              .add_field("Order", 4, "currency", "EUR")
              .split("Basket", 1, {{"Order", 1}, {"Line", 1}}, parts_of)
              .step("Line", 1, [](const json_tree& line) { return line.at("sku"); })
              .drop("Viewed", 1, "not kept"),
          {{"Order", schema_version(5)}, {"Line", schema_version(2)}})
          .value();
  return made;
}

void check(const encoded_message& stored) {
  auto read = chain().upcast(stored);
  require(chain().upcast(stored) == read, "an event is read otherwise the second time");
  if (!read)
    return require(is_utf8(read.error().message()), "a message about an event is no text");
  for (const auto& message : read->current) {
    require(chain().is_current(message), "an event that was read is not of today's types");
    require(parse_tree(message.json).has_value() && parse_tree(message.json)->is_object(),
            "an event that was read is no object");
  }
}

} // namespace

} // namespace tusker::fuzz

extern "C" auto LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) -> int { // NOLINT
  using namespace tusker;
  auto text = std::string(tusker::fuzz::text_of(data, size));
  for (const auto* type : {"Order", "Basket", "Line", "Viewed"})
    tusker::fuzz::check({type, schema_version(1), text});
  // And any text as a type's name.
  tusker::fuzz::check({text, schema_version(1), "{}"});
  return 0;
}
