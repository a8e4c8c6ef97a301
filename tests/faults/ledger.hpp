#pragma once

#include <tusker/model/aggregate.hpp>
#include <tusker/model/projection.hpp>
#include <tusker/model/read_table.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>

/// A projection in whose rows an event that is handled twice or passed over is seen: sums, and a few latest entries.
namespace tusker::faults {

struct booked {
  std::int64_t number = 0; ///< Counts up over all accounts, from 1.
  std::int64_t amount = 0;
  static constexpr auto schema =
      event("Booked", 1, field("number", &booked::number), field("amount", &booked::amount));
};

struct book_amount {
  static constexpr auto schema = command("BookAmount", 1);
};

struct account {
  static constexpr std::string_view type_name = "account";
  struct state {};
  using command = std::variant<book_amount>;
  using event = std::variant<booked>;
  using rejection = std::variant<>;

  static auto decide(const state&, const book_amount&, const context&) -> decision<account> {
    return nothing_happened{};
  }
  static auto evolve(state same, const booked&) -> state { return same; }
};

struct balance_row {
  std::string account;
  std::int64_t balance = 0;
  std::int64_t entries = 0;
  static constexpr auto schema =
      record("Balance", field("account", &balance_row::account), field("balance", &balance_row::balance),
             field("entries", &balance_row::entries));
};

struct latest_row {
  std::int64_t number = 0;
  std::int64_t amount = 0;
  static constexpr auto schema =
      record("Latest", field("number", &latest_row::number), field("amount", &latest_row::amount));
};

struct ledger {
  static constexpr std::string_view name = "ledger";
  static constexpr std::uint32_t version = 1;
  using aggregates = std::tuple<account>;
  using event = std::variant<booked>;

  static constexpr auto balances = table<balance_row>("balances", key(&balance_row::account),
                                                      index("by_balance", descending(&balance_row::balance)));
  static constexpr auto latest = table<latest_row>("latest", key(&latest_row::number));
  static constexpr std::int64_t latest_max = 20;

  static auto on(const booked& happened, const event_context& context, read_model& to) -> result<void> {
    auto changed = to.upsert(balances.at(std::string(context.stream().key())), [&](balance_row& row) {
      row.balance += happened.amount;
      ++row.entries;
    });
    if (!changed)
      return changed;
    if (auto put = to.put(latest, {happened.number, happened.amount}); !put)
      return put;
    return happened.number > latest_max ? to.erase(latest.at(happened.number - latest_max)) : result<void>();
  }
};

} // namespace tusker::faults
