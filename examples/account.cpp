// The smallest complete program: an account that takes deposits and refuses to be overdrawn.
#include <tusker/actors/runtime.hpp>

#include <iostream>
#include <variant>

struct deposited {
  std::int64_t cents;
  static constexpr auto schema = tusker::event("Deposited", 1, tusker::field("cents", &deposited::cents));
};
struct withdrawn {
  std::int64_t cents;
  static constexpr auto schema = tusker::event("Withdrawn", 1, tusker::field("cents", &withdrawn::cents));
};
struct deposit {
  std::int64_t cents;
  static constexpr auto schema = tusker::command("Deposit", 1, tusker::field("cents", &deposit::cents));
};
struct withdraw {
  std::int64_t cents;
  static constexpr auto schema = tusker::command("Withdraw", 1, tusker::field("cents", &withdraw::cents));
};
struct too_little_money {
  std::int64_t balance;
  static constexpr auto schema =
      tusker::rejection("TooLittleMoney", 1, tusker::field("balance", &too_little_money::balance));
};

struct account {
  static constexpr std::string_view type_name = "account";
  using state = std::int64_t;
  using command = std::variant<deposit, withdraw>;
  using event = std::variant<deposited, withdrawn>;
  using rejection = std::variant<too_little_money>;

  static auto decide(state, const deposit& d, const tusker::context&) -> tusker::decision<account> {
    return deposited{d.cents};
  }
  static auto decide(state balance, const withdraw& w, const tusker::context&) -> tusker::decision<account> {
    if (w.cents > balance)
      return too_little_money{balance};
    return withdrawn{w.cents};
  }
  static auto evolve(state balance, const deposited& d) -> state { return balance + d.cents; }
  static auto evolve(state balance, const withdrawn& w) -> state { return balance - w.cents; }
};

int main(int argc, char** argv) {
  auto node = tusker::runtime::open({.journal = {.directory = argc > 1 ? argv[1] : "account-data"}});
  if (!node)
    return std::cerr << to_string(node.error()) << '\n', 1;
  if (auto started = node->add<account>().start(); !started)
    return std::cerr << to_string(started.error()) << '\n', 1;
  auto receipt = node->dispatch<account>("alice", deposit{500}).get();
  std::cout << (receipt ? "deposited" : to_string(receipt.error())) << "\n";
  auto refused = node->dispatch<account>("alice", withdraw{1'000'000}).get();
  std::cout << to_string(refused.error()) << "\nbalance: " << node->load<account>("alice")->state << '\n';
}
