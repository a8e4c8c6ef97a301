#pragma once

#include <order/payments/ledger_entry.hpp>

#include <tusker/model/error.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/file_descriptor.hpp>

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

namespace order_demo {

/// The end of a ledger's file, for its one writer: a line an entry, each by one write. Several threads may write and
/// wait, and share the syncs. After an I/O error nothing more is written, since the last line may be half a line; what
/// opens the file the next time cuts it off.
class ledger_file {
public:
  /// Makes the file if it is not there, and cuts off what stands behind the first `whole_bytes`.
  /// Errors: `journal_errc::io_error`, `storage_full`.
  [[nodiscard]] static auto open(const std::filesystem::path& file, std::uint64_t whole_bytes)
      -> tusker::result<std::unique_ptr<ledger_file>>;

  /// Writes an entry and gives its number, counted from 1 since the file was opened. It is not durable yet.
  /// Errors: `model_errc::not_encodable`; `journal_errc::io_error`, `storage_full`.
  [[nodiscard]] auto append(const ledger_entry& entry) -> tusker::result<std::uint64_t>;

  /// Returns when the entries up to this number are durable; those that were read have the number 0.
  /// Errors: `journal_errc::io_error`, `storage_full`; whether they are durable is not known then.
  [[nodiscard]] auto await_durable(std::uint64_t number) -> tusker::result<void>;

private:
  ledger_file(std::filesystem::path path, tusker::file_descriptor file);

  std::filesystem::path path_;
  tusker::file_descriptor file_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t written_ = 0;
  std::uint64_t durable_ = 0;
  bool is_syncing_ = false;
  std::optional<tusker::error> failure_;
};

} // namespace order_demo
