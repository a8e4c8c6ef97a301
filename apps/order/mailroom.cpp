#include <order/mailroom.hpp>

#include <tusker/cli/cli_errc.hpp>
#include <tusker/model/content_hash.hpp>

#include <array>
#include <fstream>
#include <string>
#include <string_view>

namespace order_demo {

namespace {

auto is_lost(const std::string& order_id, std::uint32_t percent) -> bool {
  auto parts = std::array<std::string_view, 1>{order_id};
  return tusker::hash_of(parts).bytes.front() % 100U < percent;
}

auto write_letter(const std::filesystem::path& file, const order_created& placed) -> tusker::result<void> {
  std::ofstream out(file, std::ios::app);
  out << "To " << placed.customer_id << ": your order " << placed.order_id << " is placed.\n" << std::flush;
  if (!out)
    return tusker::fail(tusker::cli::cli_errc::cannot_write, file.string() + " cannot be written");
  return {};
}

} // namespace

auto mail_file(const std::filesystem::path& data) -> std::filesystem::path {
  return data / "mail.txt";
}

auto delivery_to_mailroom() -> tusker::subscriber_options {
  tusker::subscriber_options how;
  how.order = tusker::delivery_order::by_key;
  return how;
}

void add_mailroom(tusker::cli::registered_types& types, const mail_options& options,
                  tusker::subscriber_options how) {
  auto make_handler = [percent = options.fail_percent](const std::filesystem::path& data) {
    return [percent, file = mail_file(data)](const order_created& placed,
                                             const tusker::delivery_context&) -> tusker::result<void> {
      if (is_lost(placed.order_id, percent))
        return tusker::fail(tusker::cli::cli_errc::unexpected,
                            "the mail of " + placed.order_id + " was lost");
      return write_letter(file, placed);
    };
  };
  if (options.retry_base)
    how.retries.delay_base = *options.retry_base;
  types.add_subscriber<placed_orders>(mailroom_name, make_handler, how);
}

} // namespace order_demo
