#include <tusker/bench/raw_commit_log.hpp>

#include <tusker/bench/order_document.hpp>
#include <tusker/bench/raw_rows.hpp>
#include <tusker/persistence/file_error.hpp>

#include <fcntl.h>
#include <string_view>
#include <system_error>
#include <unistd.h>

namespace tusker::bench {

namespace {

constexpr std::size_t log_bytes = std::size_t{64} << 20U;
constexpr std::size_t batch_header_bytes = 48;
constexpr std::size_t stream_name_bytes = 14;

/// What an event takes in a log: its record, its stream's name, its receipt with the key.
auto record_bytes() -> std::size_t {
  return event_header_bytes + event_metadata_bytes + order_document(1).size() + stream_name_bytes +
         receipt_key_bytes + receipt_bytes;
}

auto write_at(int file, std::string_view bytes, std::uint64_t at) -> result<void> {
  while (!bytes.empty()) {
    auto written = ::pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (written <= 0)
      return fail(file_error("the log", last_system_error()));
    bytes.remove_prefix(static_cast<std::size_t>(written));
    at += static_cast<std::uint64_t>(written);
  }
  return {};
}

} // namespace

auto raw_commit_log::make(const std::filesystem::path& folder, durability durable) -> result<raw_commit_log> {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  auto path = folder / "log";
  raw_commit_log log(file_descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)),
                     durable);
  if (!log.file_.is_open())
    return fail(file_error(path, last_system_error()));
  auto zeros = std::string(log_bytes, '\0');
  if (auto written = write_at(log.file_.number(), zeros, 0); !written)
    return fail(written.error());
  if (::fsync(log.file_.number()) != 0)
    return fail(file_error(path, last_system_error()));
  return log;
}

auto raw_commit_log::append(std::size_t records) -> result<void> {
  static const auto bytes_each = record_bytes();
  batch_.assign(batch_header_bytes + records * bytes_each, 'x');
  if (end_ + batch_.size() > log_bytes)
    end_ = 0;
  if (auto written = write_at(file_.number(), batch_, end_); !written)
    return written;
  end_ += batch_.size();
  records_ += records;
  if (durable_ != durability::volatile_mode && ::fdatasync(file_.number()) != 0)
    return fail(file_error("the log", last_system_error()));
  return {};
}

} // namespace tusker::bench
