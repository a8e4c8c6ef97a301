#include <order/problem_text.hpp>

#include <tusker/actors/runtime_errc.hpp>
#include <tusker/cli/interruption.hpp>
#include <tusker/persistence/journal_errc.hpp>

namespace order_demo {

namespace {

auto reason_of(const tusker::error& failure) -> std::string {
  const auto* rejection = failure.detail<tusker::encoded_message>();
  if (failure.code() == tusker::runtime_errc::rejected && rejection != nullptr)
    return "rejected: " + rejection->type + " " + rejection->json;
  return tusker::to_string(failure);
}

} // namespace

auto problem_text(const std::string& place, std::string_view kind, const std::string& id,
                  const tusker::error& failure) -> std::string {
  return (place.empty() ? "" : place + ": ") + std::string(kind) + " '" + id + "': " + reason_of(failure);
}

auto is_given_up(const tusker::error& failure) -> bool {
  return failure.code() == tusker::runtime_errc::stopped && tusker::cli::was_interrupted();
}

auto is_fatal(const tusker::error& failure) -> bool {
  using tusker::journal_errc;
  auto code = failure.code();
  return code == journal_errc::fenced || code == journal_errc::storage_full ||
         code == journal_errc::io_error || code == journal_errc::read_only ||
         code == tusker::runtime_errc::stopped;
}

} // namespace order_demo
