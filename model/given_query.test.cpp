#include <tusker/model/given_projection.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker_test/catch.hpp>

using namespace tusker;

namespace {

struct sold {
  std::string item;
  std::int64_t price = 0;
  static constexpr auto schema = event("Sold", 1, field("item", &sold::item), field("price", &sold::price));
};
struct sell {
  static constexpr auto schema = command("Sell", 1);
};
struct no_reason {
  static constexpr auto schema = rejection("NoReason", 1);
};
struct shop {
  static constexpr std::string_view type_name = "shop";
  using state = int;
  using command = std::variant<sell>;
  using event = std::variant<sold>;
  using rejection = std::variant<no_reason>;
  static auto decide(state, const sell&, const context&) -> decision<shop> { return no_reason{}; }
  static auto evolve(state now, const sold&) -> state { return now; }
};

struct sale {
  std::string item;
  std::int64_t price = 0;
  static constexpr auto schema = record("Sale", field("item", &sale::item), field("price", &sale::price));
  friend auto operator==(const sale&, const sale&) -> bool = default;
};

struct find_dearest {
  using answer = row_page<sale>;
  std::uint32_t wanted = 0;
  std::string forgotten; ///< Not in the schema.
  std::string after;
  static constexpr auto schema =
      query("FindDearest", 1, field("wanted", &find_dearest::wanted), field("after", &find_dearest::after));
};

struct sales {
  static constexpr std::string_view name = "sales";
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<shop>;
  using event = std::variant<sold>;
  using query = std::variant<find_dearest>;
  static constexpr auto by_price = index("by_price", descending(&sale::price));
  static constexpr auto rows = table<sale>("sales", key(&sale::item), by_price);

  static auto on(const sold& event, const event_context&, read_model& to) -> result<void> {
    return to.put(rows, {event.item, event.price});
  }
  static auto answer(const find_dearest& asked, const read_rows& from) -> result<find_dearest::answer> {
    if (!asked.forgotten.empty())
      return fail(model_errc::invalid_name, "came through");
    return from.scan(rows.by(by_price), {.rows_max = asked.wanted, .after = asked.after});
  }
};

/// Declares a query that it does not answer.
struct mute_sales : sales {
  using query = std::variant<find_dearest>;
  static void answer();
};

static_assert(projection<sales>);
static_assert(!projection<mute_sales>);

} // namespace

TEST_CASE("a projection's queries are specified like its rows") {
  auto shop = given<sales>(in_stream("shop-1", sold{"hat", 30}, sold{"cap", 20}, sold{"fez", 40}));
  auto first = shop.when(find_dearest{2, "not in the schema", ""});
  REQUIRE(first.get());
  CHECK(first.get()->rows == std::vector{sale{"fez", 40}, sale{"hat", 30}});
  CHECK(shop.when(find_dearest{2, "", first.get()->next}).then({{sale{"cap", 20}}, ""}));
  auto wrong = shop.when(find_dearest{9, "", ""}).then({});
  CHECK_FALSE(wrong);
  CHECK(wrong.message() == "query 'FindDearest' has another answer");
  CHECK(shop.when(find_dearest{9, "", "ab"}).get().error().code() == model_errc::foreign_token);
}

TEST_CASE("a query of a projection that could not take its events says why") {
  auto failed = given<sales>(in_stream("shop-1", stored("Sold", 9, "{}"))).when(find_dearest{});
  CHECK(failed.get().error().code() == model_errc::unsupported_schema_version);
}
