#include <order/payments/stand_in_provider.hpp>

#include <order/payments/ledger_reading.hpp>
#include <order/payments/payment_luck.hpp>

#include <utility>

namespace order_demo {

namespace {

constexpr auto voided_reason = "voided";

} // namespace

auto payments_file(const std::filesystem::path& data) -> std::filesystem::path {
  return data / "payments.ndjson";
}

auto stand_in_provider::open(const std::filesystem::path& ledger, const stand_in_options& options)
    -> tusker::result<std::unique_ptr<stand_in_provider>> {
  if (auto checked = check(options); !checked)
    return tusker::fail(checked.error());
  standings known;
  auto whole_bytes = read_ledger(ledger, [&known](ledger_entry entry) {
    auto& of = known[entry.payment_id];
    of.last = std::move(entry);
  });
  if (!whole_bytes)
    return tusker::fail(whole_bytes.error());
  auto file = ledger_file::open(ledger, *whole_bytes);
  if (!file)
    return tusker::fail(file.error());
  return std::unique_ptr<stand_in_provider>(
      new stand_in_provider(options, std::move(known), std::move(*file)));
}

stand_in_provider::stand_in_provider(const stand_in_options& options, standings known,
                                     std::unique_ptr<ledger_file> ledger)
    : options_(options), ledger_(std::move(ledger)), standings_(std::move(known)) {}

auto stand_in_provider::charge(const charge_request& request) -> charge_answer {
  standing now;
  {
    std::lock_guard lock(mutex_);
    auto known = standings_.find(request.payment_id);
    auto is_first = known == standings_.end();
    if (is_first || known->second.last.action == ledger_action::attempted) {
      auto noted = note(entry_for(request, is_first));
      if (!noted)
        return unavailable{tusker::to_string(noted.error())};
      now = std::move(*noted);
    } else {
      now = known->second;
    }
  }
  // Also who finds the entry of another thread waits for it: an answer that is given stands.
  if (auto durable = ledger_->await_durable(now.number); !durable)
    return unavailable{tusker::to_string(durable.error())};
  return answer_for(now.last);
}

auto stand_in_provider::refund(const std::string& payment_id) -> tusker::result<refund_outcome> {
  standing now;
  {
    std::lock_guard lock(mutex_);
    auto known = standings_.find(payment_id);
    auto last = known == standings_.end() ? ledger_entry{} : known->second.last;
    if (last.action == ledger_action::refunded || last.action == ledger_action::voided) {
      now = known->second;
    } else {
      auto was_charged = last.action == ledger_action::charged;
      auto noted = note(was_charged ? ledger_entry{ledger_action::refunded, payment_id, last.amount_cents, {}}
                                    : ledger_entry{ledger_action::voided, payment_id, 0, {}});
      if (!noted)
        return tusker::fail(noted.error());
      now = std::move(*noted);
    }
  }
  if (auto durable = ledger_->await_durable(now.number); !durable)
    return tusker::fail(durable.error());
  return now.last.action == ledger_action::refunded ? refund_outcome::refunded : refund_outcome::voided;
}

auto stand_in_provider::entry_for(const charge_request& request, bool is_first) const -> ledger_entry {
  auto entry = [&request](ledger_action action, std::optional<std::string> reason = std::nullopt) {
    return ledger_entry{action, request.payment_id, request.amount_cents, std::move(reason)};
  };
  if (is_first && luck_of(request.payment_id, options_) != payment_luck::good)
    return entry(ledger_action::attempted);
  if (options_.limit_cents && request.amount_cents > *options_.limit_cents) {
    return entry(ledger_action::declined, std::to_string(request.amount_cents) +
                                              " cents are more than the limit of " +
                                              std::to_string(*options_.limit_cents));
  }
  return entry(ledger_action::charged);
}

auto stand_in_provider::answer_for(const ledger_entry& entry) const -> charge_answer {
  switch (entry.action) {
  case ledger_action::attempted:
    break;
  case ledger_action::charged:
  case ledger_action::refunded: // It was charged, which is the answer to every further request for it.
    return charged{};
  case ledger_action::declined:
    return declined{entry.reason.value_or("")};
  case ledger_action::voided:
    return declined{voided_reason};
  }
  if (luck_of(entry.payment_id, options_) == payment_luck::no_answer)
    return no_answer{};
  return unavailable{"the payment provider has trouble: try again"};
}

auto stand_in_provider::note(ledger_entry entry) -> tusker::result<standing> {
  auto number = ledger_->append(entry);
  if (!number)
    return tusker::fail(number.error());
  auto& of = standings_[entry.payment_id];
  of = {std::move(entry), *number};
  return of;
}

} // namespace order_demo
