#include <order/payments/payment_reporter.hpp>

#include <variant>

namespace order_demo {

auto report_to(tusker::runtime& node, std::chrono::milliseconds timeout) -> payment_reporter {
  return [&node, timeout](std::string_view key, const payment::command& outcome,
                          const tusker::command_id& id) -> tusker::result<void> {
    tusker::dispatch_options options;
    options.command_id = id;
    options.timeout = timeout;
    auto answer = std::visit(
        [&](const auto& command) { return node.dispatch<payment>(key, command, options).get(); }, outcome);
    if (!answer)
      return tusker::fail(answer.error());
    return {};
  };
}

} // namespace order_demo
