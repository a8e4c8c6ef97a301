#include <tusker/cli/saga_timeline.hpp>

#include <tusker/cli/saga_timeline_text.hpp>
#include <tusker/model/codec.hpp>
#include <tusker/model/saga_rehearsal.hpp>

#include <tusker_test/catch.hpp>
#include <tusker_test/trip_saga.hpp>

#include <algorithm>
#include <limits>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

using namespace tusker;     // NOLINT(google-build-using-namespace)
using namespace travelling; // NOLINT(google-build-using-namespace)
using namespace std::chrono_literals;

using tusker::cli::timeline_text;

namespace {

constexpr std::size_t rows_max = 40;
constexpr auto all_rows = std::numeric_limits<std::size_t>::max();
constexpr cli::terminal wide{.has_unicode = true};

struct rehearsal : rehearsed<booking> {
  void plan(std::size_t seats) {
    std::vector<std::string> names;
    for (std::size_t number = 0; number < seats; ++number)
      names.push_back("s" + std::to_string(number));
    when<trip>(trip_planned{"t1", std::move(names), 500});
  }
  void reserve(std::uint32_t from, std::uint32_t to) {
    for (auto number = from; number < to; ++number)
      accept("seat", number, seat_reserved{"t1"});
  }
};

auto timeline_of(const saga_rehearsal& saga, std::size_t rows) -> cli::timeline {
  REQUIRE(saga.fault().empty());
  cli::timeline_maker maker(rows);
  stream_version number;
  for (const auto& each : saga.recorded()) {
    number = number.next();
    maker.add({number, each.time, decode<saga_record>(each.content.json).value()});
  }
  return std::move(maker).finish();
}

auto lines_of(const std::string& text) -> std::vector<std::string> {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);)
    lines.push_back(line);
  return lines;
}

auto has_line(const std::string& text, const std::string& part) -> bool {
  auto lines = lines_of(text);
  return std::any_of(lines.begin(), lines.end(),
                     [&](const auto& line) { return line.find(part) != std::string::npos; });
}

/// Two seats, and a fare that is asked for twice and then refused.
auto refused_trip() -> rehearsal {
  rehearsal saga;
  saga.plan(2);
  saga.pass(100ms);
  saga.reserve(0, 2);
  saga.accept("fare", 0, fare_asked{"t1", 500});
  saga.pass(6s);
  saga.when<fare>(fare_refused{"t1"});
  saga.accept("undo seat", 1, seat_released{"t1"});
  saga.pass(250ms);
  saga.accept("undo seat", 0, seat_released{"t1"});
  saga.accept("undo start", 0, trip_dropped{"t1", "…"});
  return saga;
}

} // namespace

TEST_CASE("a timeline has a line for each move, and arrows back to what is undone") {
  CHECK(timeline_text(timeline_of(refused_trip(), rows_max), wide) ==
        R"(+0.000                started  by TripPlanned, version 1
+0.000  ╭──▶ start    entered
+0.000  │    start/0  succeeded
+0.000  │╭─▶ seat     entered  2 items
+0.000  ││   seat/0   called  seat-s0, deadline +60.000
+0.000  ││   seat/1   called  seat-s1, deadline +60.000
+0.100  ││   seat/0   succeeded
+0.100  ││   seat/1   succeeded
+0.100  ││   fare     entered
+0.100  ││   fare/0   called  fare-t1, deadline +5.100
+0.100  ││   fare/0   accepted
+5.100  ││   fare/0   to be tried again  it missed its deadline, at +6.100
+6.100  ││   fare/0   called  attempt 2, fare-t1, deadline +11.100
+6.100  ││   fare/0   failed  attempt 2, FareRefused
+6.100  ││            compensating  because of fare: FareRefused
+6.100  ││   fare     nothing to undo
+6.100  │╰── seat     undone from here on
+6.100  │    seat/1   undo called  seat-s1
+6.100  │    seat/0   undo called  seat-s0
+6.100  │    seat/1   undone
+6.350  │    seat/0   undone
+6.350  ╰─── start    undone from here on
+6.350       start/0  undo called  trip-t1
+6.350       start/0  undone
+6.350                compensated
)");
}

TEST_CASE("where there is no Unicode the arrows are of ASCII") {
  auto text = timeline_text(timeline_of(refused_trip(), rows_max), {.has_unicode = false});
  CHECK(has_line(text, "+0.000  +--> start    entered"));
  CHECK(has_line(text, "+0.000  |+-> seat     entered  2 items"));
  CHECK(has_line(text, "+6.100  |+-- seat     undone from here on"));
  CHECK(has_line(text, "+6.350  +--- start    undone from here on"));
  CHECK(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}

TEST_CASE("lines are cut to the width of a terminal") {
  constexpr cli::terminal narrow{true, false, 40, true};
  auto text = timeline_text(timeline_of(refused_trip(), rows_max), narrow);
  for (const auto& line : lines_of(text))
    CHECK(line.size() <= 40 + 2 * 12); // arrows have three bytes a column
  CHECK(has_line(text, "│╭─▶ seat     entered  2 items"));
  CHECK(has_line(text, "fare/0   to be tried again…"));
}

TEST_CASE("of ten thousand items those that are alike are one line") {
  rehearsal saga;
  saga.plan(10'000);
  saga.reserve(0, 10'000);
  auto shown = timeline_of(saga, rows_max);
  CHECK(shown.rows.size() == 8);
  CHECK(shown.moves_left_out == 0);
  auto text = timeline_text(shown, wide);
  CHECK(has_line(text, "seat/0–9,999  called"));
  CHECK(has_line(text, "seat/0–9,999  succeeded"));
  CHECK(timeline_of(saga, all_rows).rows.size() == 20'000 + 6);
}

TEST_CASE("items that went otherwise stand out among ten thousand") {
  rehearsal saga;
  saga.plan(10'000);
  saga.reserve(0, 5'000);
  saga.accept("seat", 5'001, seat_refused{"t1"});
  saga.accept("seat", 5'000, seat_reserved{"t1"});
  for (std::uint32_t number = 5'001; number-- > 0;)
    saga.accept("undo seat", number, seat_released{"t1"});
  auto shown = timeline_of(saga, rows_max);
  CHECK(shown.rows.size() <= rows_max);
  CHECK(shown.moves_left_out == 0);
  auto text = timeline_text(shown, wide);
  CHECK(has_line(text, "seat/0–5,001  called"));
  CHECK(has_line(text, "seat/0–5,000  succeeded"));
  CHECK(has_line(text, "seat/5,001    failed  SeatRefused"));
  CHECK(has_line(text, "seat/0–5,000  undo called"));
  CHECK(has_line(text, "seat/0–5,000  undone"));
  CHECK(cli::return_arrows(shown).size() == 2);
}

TEST_CASE("of rows that are not alike the first and the last are shown, and how much is between them") {
  cli::timeline_maker maker(rows_max);
  saga_transition transition;
  for (std::uint32_t step = 0; step < 10'000; ++step) {
    transition.number = transition.number.next();
    saga_move entered{saga_act::entered};
    entered.step = "s" + std::to_string(step);
    entered.count = 1;
    auto succeeded = entered;
    succeeded.act = saga_act::succeeded;
    transition.record.moves = {entered, succeeded};
    maker.add(transition);
  }
  auto shown = std::move(maker).finish();
  CHECK(shown.rows.size() == rows_max);
  CHECK(shown.rows.front().step == "s0");
  CHECK(shown.rows.back().step == "s9999");
  CHECK(shown.moves_left_out == 20'000 - rows_max);
  auto lines = lines_of(timeline_text(shown, wide));
  REQUIRE(lines.size() == rows_max + 1);
  CHECK(lines[rows_max / 2].find("… 19,960 more (--all)") != std::string::npos);
}

TEST_CASE("an arrow over what is not shown goes through") {
  cli::timeline shown;
  cli::timeline_row entered;
  entered.act = saga_act::entered;
  entered.step = "seat";
  auto undo = entered;
  undo.act = saga_act::undo_entered;
  undo.undoes = true;
  shown.rows = {entered, undo};
  shown.cut_at = 1;
  shown.moves_left_out = 7;
  auto lines = lines_of(timeline_text(shown, wide));
  REQUIRE(lines.size() == 3);
  CHECK(lines[1].find("│   … 7 more") != std::string::npos);
}

TEST_CASE("runs join when what is between them comes") {
  cli::row_runs runs(rows_max);
  for (auto item : {5U, 3U, 4U, 9U, 8U}) {
    cli::timeline_row row;
    row.act = saga_act::undone;
    row.step = "seat";
    row.first = row.last = item;
    runs.add(row);
  }
  auto rows = std::move(runs).finish().rows;
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].first == 3);
  CHECK(rows[0].last == 5);
  CHECK(rows[0].moves == 3);
  CHECK(rows[1].first == 8);
  CHECK(rows[1].last == 9);
}

TEST_CASE("a wish of an operator is told as one, and inputs that came too late are counted") {
  rehearsal saga;
  saga.plan(2);
  saga.reserve(0, 2);
  CHECK(saga.wish(encode_message(compensate_saga{"the customer called"})).empty());
  for (int times = 0; times < 30; ++times)
    saga.when<fare>(fare_paid{"t1", "r-1"});
  auto text = timeline_text(timeline_of(saga, rows_max), wide);
  CHECK(has_line(text, "given up  it is not waited for"));
  CHECK(has_line(text, "compensating  an operator wants it: the customer called"));
  CHECK(has_line(text, "ignored  FarePaid: it came too late, 30 times"));
}

TEST_CASE("what came of one attempt is not put together with what came of another") {
  rehearsal saga;
  saga.plan(100);
  saga.reserve(0, 100);
  saga.accept("fare", 0, fare_asked{"t1", 500});
  saga.pass(6s);
  saga.accept("fare", 0, fare_asked{"t1", 500});
  auto text = timeline_text(timeline_of(saga, rows_max), wide);
  CHECK(has_line(text, "+0.000  fare/0     accepted"));
  CHECK(has_line(text, "+6.000  fare/0     accepted  attempt 2"));
}

TEST_CASE("calls of a saga of free form have names, and no items") {
  saga_transition transition;
  saga_move called{saga_act::called};
  called.step = "bonus";
  called.attempt = 1;
  called.count = 1;
  called.detail = "account-a";
  transition.record.detail = "OrderPaid";
  transition.record.moves = {{saga_act::started}, called};
  cli::timeline_maker few(rows_max);
  few.add(transition);
  auto text = timeline_text(std::move(few).finish(), wide);
  CHECK(text == "+0.000         started  by OrderPaid\n"
                "+0.000  bonus  called  account-a\n");

  cli::timeline_maker many(rows_max);
  transition.record.moves.insert(transition.record.moves.end(), 50, called);
  many.add(transition);
  text = timeline_text(std::move(many).finish(), wide);
  CHECK(has_line(text, "bonus  called  account-a, 51 times"));
}
