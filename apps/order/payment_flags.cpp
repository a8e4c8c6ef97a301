#include <order/payment_flags.hpp>

#include <order/domain/payment.hpp>
#include <order/payments/gateway_options.hpp>

#include <tusker/cli/command_set.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace order_demo {

namespace {

constexpr auto group = "Payments";

void add_percent(CLI::App& command, const std::string& name, std::uint32_t& percent,
                 const std::string& what) {
  constexpr std::uint32_t all = 100;
  command.add_option(name, percent, what)
      ->type_name("P")
      ->capture_default_str()
      ->check(tusker::cli::whole_number(0))
      ->check(CLI::Range(std::uint32_t{0}, all))
      ->group(group);
}

template <class Time>
void add_time(CLI::App& command, const std::string& name, Time& time, std::chrono::milliseconds fallback,
              std::chrono::milliseconds most, const std::string& what) {
  auto set = [&time](std::uint64_t ms) { time = std::chrono::milliseconds(ms); };
  command.add_option_function<std::uint64_t>(name, set, what)
      ->type_name("MS")
      ->default_str(std::to_string(fallback.count()))
      ->check(tusker::cli::at_least_one())
      ->check(CLI::Range(std::uint64_t{1}, static_cast<std::uint64_t>(most.count())))
      ->group(group);
}

} // namespace

void add_payment_flags(CLI::App& command, demo_options& options) {
  command
      .add_option("--payment-limit-cents", options.provider.limit_cents,
                  "Orders with a larger total are declined; none: no order is")
      ->type_name("L")
      ->check(tusker::cli::whole_number(0))
      ->check(CLI::Range(std::int64_t{0}, payment_cents_max))
      ->group(group);
  add_percent(command, "--payment-transient-percent", options.provider.transient_percent,
              "Of a hundred payments so many fail at first, and are tried again");
  add_percent(command, "--payment-timeout-percent", options.provider.timeout_percent,
              "Of a hundred payments so many get no answer at first");
  add_time(command, "--payment-deadline-ms", options.payment_deadline, options.payment_deadline,
           std::chrono::hours(1), "How long an order waits for its payment before it asks again");
  command
      .add_option("--payment-attempts", options.payment_attempts,
                  "How often an order asks for its payment before it gives up and is cancelled")
      ->type_name("N")
      ->capture_default_str()
      ->check(tusker::cli::at_least_one())
      ->check(CLI::Range(std::uint32_t{1}, std::uint32_t{1'000}))
      ->group(group);
  add_time(command, "--retry-base-ms", options.retry_base, gateway_options().retry_base,
           std::chrono::minutes(10),
           "How soon a payment that failed is tried again; then twice as late each time");
}

} // namespace order_demo
