#pragma once

#include <order/payments/ledger_entry.hpp>

#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>

namespace order_demo {

/// What a provider did about one payment, in sum.
struct payment_account {
  std::uint64_t charged_times = 0;
  std::uint64_t declined_times = 0;
  std::uint64_t refunded_times = 0;
  std::uint64_t voided_times = 0;
  std::int64_t charged_cents = 0;
  std::int64_t refunded_cents = 0;

  friend auto operator==(const payment_account&, const payment_account&) -> bool = default;
};

/// The ledger of a provider, in sum: what it says of the journal's orders comes from outside of the journal.
class payment_ledger {
public:
  /// Errors: those of `read_ledger`.
  [[nodiscard]] static auto read(const std::filesystem::path& file) -> tusker::result<payment_ledger>;

  void add(const ledger_entry& entry);

  /// By payment id.
  [[nodiscard]] auto accounts() const -> const std::map<std::string, payment_account, std::less<>>& {
    return accounts_;
  }

  /// How many first attempts came to nothing, so that there was another one or a refund.
  [[nodiscard]] auto lost_attempts() const -> std::uint64_t { return lost_attempts_; }

private:
  std::map<std::string, payment_account, std::less<>> accounts_;
  std::uint64_t lost_attempts_ = 0;
};

} // namespace order_demo
