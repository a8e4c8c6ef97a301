#pragma once

#include <order/payments/ledger_entry.hpp>
#include <order/payments/ledger_file.hpp>
#include <order/payments/payment_provider.hpp>
#include <order/payments/stand_in_options.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

namespace order_demo {

/// Where the stand-in's ledger lies: beside the journal, and not in it.
[[nodiscard]] auto payments_file(const std::filesystem::path& data) -> std::filesystem::path;

/// A payment provider that takes nobody's money: its answers depend on its options, the payment's id and what it was
/// asked before, so they are the same in every run. What it did stands in a ledger of its own before it answers, also
/// that a first attempt came to nothing; so a restart changes nothing.
class stand_in_provider final : public payment_provider {
public:
  /// Makes the ledger if it is not there, and cuts off a last line that was torn. REQUIRES: nobody else writes to it.
  /// Errors: those of `check`, `read_ledger` and `ledger_file::open`.
  [[nodiscard]] static auto open(const std::filesystem::path& ledger, const stand_in_options& options)
      -> tusker::result<std::unique_ptr<stand_in_provider>>;

  /// When its ledger cannot be written it is `unavailable`.
  [[nodiscard]] auto charge(const charge_request& request) -> charge_answer override;

  /// Errors: those of `ledger_file::append`.
  [[nodiscard]] auto refund(const std::string& payment_id) -> tusker::result<refund_outcome> override;

private:
  /// The last entry of a payment, and its number in the file.
  struct standing {
    ledger_entry last;
    std::uint64_t number = 0;
  };
  using standings = std::unordered_map<std::string, standing>;

  stand_in_provider(const stand_in_options& options, standings known, std::unique_ptr<ledger_file> ledger);

  /// What becomes of a payment that is asked for, and was neither charged nor declined yet. `is_first` says that it was
  /// never asked for before.
  [[nodiscard]] auto entry_for(const charge_request& request, bool is_first) const -> ledger_entry;
  [[nodiscard]] auto answer_for(const ledger_entry& entry) const -> charge_answer;
  /// Writes an entry and gives where the payment stands now. REQUIRES: the mutex is held.
  [[nodiscard]] auto note(ledger_entry entry) -> tusker::result<standing>;

  stand_in_options options_;
  std::unique_ptr<ledger_file> ledger_;
  std::mutex mutex_;
  standings standings_;
};

} // namespace order_demo
