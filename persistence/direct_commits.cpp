#include <tusker/persistence/direct_commits.hpp>

#include <tusker/persistence/lmdb_commit_error.hpp>
#include <tusker/persistence/lmdb_file_length.hpp>
#include <tusker/persistence/lmdb_row_writer.hpp>

#include <optional>
#include <utility>

namespace tusker {

namespace {

class direct_write final : public journal_write {
public:
  direct_write(MDB_env* env, lmdb_transaction transaction)
      : env_(env), transaction_(std::move(transaction)), writer_(std::in_place, transaction_),
        rows_(transaction_, *writer_) {}

  [[nodiscard]] auto rows() const -> const journal_rows& override { return rows_; }

  [[nodiscard]] auto commit(log_offset /*head*/) -> result<void> override {
    writer_.reset();
    return commit_whole(env_, std::move(transaction_));
  }

private:
  MDB_env* env_;
  lmdb_transaction transaction_;
  std::optional<lmdb_row_writer> writer_; ///< Ends before the transaction.
  journal_rows rows_;
};

} // namespace

auto direct_commits::begin(std::size_t /*bytes*/) -> result<std::unique_ptr<journal_write>> {
  return lmdb_transaction::begin(env_, 0).map([&](lmdb_transaction begun) -> std::unique_ptr<journal_write> {
    return std::make_unique<direct_write>(env_, std::move(begun));
  });
}

auto commit_whole(MDB_env* env, lmdb_transaction transaction) -> result<void> {
  auto committed = std::move(transaction).commit();
  if (!committed)
    return fail(commit_error(env, committed.error(), free_bytes_beside(env)));
  lengthen_data_file(env);
  return {};
}

} // namespace tusker
