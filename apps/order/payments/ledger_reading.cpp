#include <order/payments/ledger_reading.hpp>

#include <order/payments/payment_errc.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/persistence/file_error.hpp>

#include <fstream>
#include <string>
#include <system_error>
#include <utility>

namespace order_demo {

auto read_ledger(const std::filesystem::path& file, const std::function<void(ledger_entry)>& on_entry)
    -> tusker::result<std::uint64_t> {
  std::error_code failed;
  if (!std::filesystem::exists(file, failed) && !failed)
    return 0;
  std::ifstream in(file, std::ios::binary);
  if (failed || !in)
    return tusker::fail(tusker::file_error(file, failed ? failed : tusker::last_system_error()));
  std::uint64_t whole_bytes = 0;
  std::uint64_t number = 0;
  std::string line;
  // A line that ends with the file has no newline.
  while (std::getline(in, line) && !in.eof()) {
    ++number;
    auto entry = tusker::decode<ledger_entry>(line);
    if (!entry)
      return tusker::fail(payment_errc::malformed_ledger,
                          file.string() + ":" + std::to_string(number) + ": " + entry.error().message());
    on_entry(std::move(*entry));
    whole_bytes += line.size() + 1;
  }
  if (in.bad())
    return tusker::fail(tusker::file_error(file, tusker::last_system_error()));
  return whole_bytes;
}

} // namespace order_demo
