#pragma once

#include <tusker/bench/raw_environment.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <filesystem>
#include <string_view>
#include <utility>

namespace tusker::bench {

/// What the events of an order come to.
struct order_fold {
  std::uint64_t version = 0;
  std::int64_t qty = 0;
  std::int64_t total = 0;

  /// Adds an event of `stored_order`, as JSON. Its numbers are found behind their colons; nothing else is looked at.
  void take(std::string_view json);

  friend auto operator==(const order_fold&, const order_fold&) -> bool = default;
};

/// Reads the streams of a journal of `make_order_streams` by cursors, without a journal around them: no checksums, no
/// parser, no strings. Nobody may write meanwhile.
class raw_streams {
public:
  /// Errors: as `lmdb_error`.
  [[nodiscard]] static auto open(const std::filesystem::path& journal) -> result<raw_streams>;

  /// Order `number`, from 0 on. Errors: as `lmdb_error`.
  [[nodiscard]] auto fold(std::uint64_t number) const -> result<order_fold>;

private:
  raw_streams(raw_environment env, MDB_dbi events, MDB_dbi stream_events)
      : env_(std::move(env)), events_(events), stream_events_(stream_events) {}

  raw_environment env_;
  MDB_dbi events_;
  MDB_dbi stream_events_;
};

} // namespace tusker::bench
