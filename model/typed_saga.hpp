#pragma once

#include <tusker/model/located_error.hpp>
#include <tusker/model/saga_data.hpp>
#include <tusker/model/saga_instance.hpp>
#include <tusker/model/saga_table.hpp>
#include <tusker/model/saga_type.hpp>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tusker {

/// A workflow over several aggregates, as a table: `table()` says how it goes on, `evolve(state, event)` what it keeps
/// of events for its commands. An instance that began by another version of the table goes on by that one, which
/// `former_tables()` keeps until no instance has it any more.
template <class S>
concept saga = requires {
  { S::type_name } -> std::convertible_to<std::string_view>;
  { S::table() } -> std::same_as<saga_table<S>>;
}
&&std::default_initializable<typename S::state>&& std::copyable<typename S::state>;

/// A table as instances use it.
template <class S>
struct prepared_saga_table {
  saga_table<S> table;
  std::vector<saga_step_rules> rules;
};

template <class S>
using prepared_saga_tables = std::vector<std::shared_ptr<const prepared_saga_table<S>>>;

/// What is wrong with a table, or nothing.
[[nodiscard]] auto check_saga_rules(const std::vector<saga_step_rules>& rules) -> result<void>;

/// The data of an instance of a user's saga.
template <saga S>
class typed_saga_data final : public saga_data {
public:
  using state = typename S::state;

  explicit typed_saga_data(std::shared_ptr<const prepared_saga_table<S>> made_of)
      : made_of_(std::move(made_of)) {}

  [[nodiscard]] auto steps() const -> const std::vector<saga_step_rules>& override { return made_of_->rules; }
  [[nodiscard]] auto version() const -> std::uint32_t override { return table().version(); }
  [[nodiscard]] auto count(std::size_t step) const -> std::size_t override {
    return table().steps()[step].count(now());
  }
  [[nodiscard]] auto command(std::size_t step, std::size_t item) const -> result<saga_command> override {
    return table().steps()[step].command(now(), item);
  }
  [[nodiscard]] auto undo(std::size_t step, std::size_t item, const saga_failure& why) const
      -> result<saga_command> override {
    return table().steps()[step].undo(now(), item, why);
  }

  [[nodiscard]] auto evolve(const saga_event& event) -> result<void> override {
    return for_each_today(event, [&](const auto& known, const encoded_message& content) -> result<void> {
      if (!known.evolve)
        return {};
      if (!tried_)
        tried_.emplace(kept_); // a copy of all that it keeps, so only where something changes
      return known.evolve(*tried_, content);
    });
  }

  [[nodiscard]] auto meanings(const saga_event& event) const -> result<std::vector<saga_meaning>> override {
    std::vector<saga_meaning> all;
    auto looked =
        for_each_today(event, [&](const auto& known, const encoded_message& content) -> result<void> {
          for (const auto& each : known.meanings) {
            saga_meaning found{each.step, each.is_ok, std::nullopt, known.type};
            if (each.item) {
              auto item = each.item(now(), content);
              if (!item)
                return fail(item.error());
              found.item = *item;
            }
            all.push_back(found);
          }
          return {};
        });
    if (!looked)
      return fail(looked.error());
    return all;
  }

  void keep() override {
    if (tried_)
      kept_ = std::move(*tried_);
    tried_.reset();
  }
  void take_back() override { tried_.reset(); }

  [[nodiscard]] auto now() const -> const state& { return tried_ ? *tried_ : kept_; }

private:
  [[nodiscard]] auto table() const -> const saga_table<S>& { return made_of_->table; }

  /// Gives `take` what the event says today, as far as the table knows it.
  template <class Take>
  auto for_each_today(const saga_event& event, Take take) const -> result<void> {
    auto chain = table().chains().find(event.category);
    if (chain == table().chains().end())
      return {};
    auto content = event.content();
    if ((*chain->second).is_current(content))
      return take_known(event.category, content, take);
    auto upcast = (*chain->second).upcast(content);
    if (!upcast)
      return fail(upcast.error());
    for (const auto& current : upcast->current)
      if (auto taken = take_known(event.category, current, take); !taken)
        return taken;
    return {};
  }

  template <class Take>
  auto take_known(std::string_view category, const encoded_message& content, Take& take) const
      -> result<void> {
    const auto* known = table().find(category, content.type);
    return known == nullptr ? result<void>() : take(*known, content);
  }

  std::shared_ptr<const prepared_saga_table<S>> made_of_;
  state kept_{};
  std::optional<state> tried_;
};

/// Whether each event from the log says of which item it speaks. Errors: `model_errc::invalid_saga`.
template <class S>
[[nodiscard]] auto check_items_are_named(const prepared_saga_table<S>& made) -> result<void> {
  for (const auto& [category, known] : made.table.events()) {
    for (const auto& [type, event] : known) {
      for (const auto& each : event.meanings) {
        if (!each.is_heard || each.item || !made.rules[each.step].has_items)
          continue;
        auto why = "step '" + made.rules[each.step].name;
        why += "': of which item '" + type + "' speaks is not said: give a function of data and event";
        return fail(model_errc::invalid_saga, std::move(why));
      }
    }
  }
  return {};
}

/// The tables that a saga declares, today's first.
template <saga S>
[[nodiscard]] auto saga_tables_of() -> std::vector<saga_table<S>> {
  std::vector<saga_table<S>> declared;
  declared.push_back(S::table());
  if constexpr (requires { S::former_tables(); })
    for (auto& former : S::former_tables())
      declared.push_back(std::move(former));
  return declared;
}

/// The same, checked. Errors: `model_errc::invalid_name`, with the step; `invalid_saga`; those of the
/// aggregates' upcasters.
template <saga S>
[[nodiscard]] auto prepare_saga_tables(std::vector<saga_table<S>> declared)
    -> result<prepared_saga_tables<S>> {
  prepared_saga_tables<S> prepared;
  std::set<std::uint32_t> versions;
  for (auto& table : declared) {
    auto made = std::make_shared<prepared_saga_table<S>>(prepared_saga_table<S>{std::move(table), {}});
    for (const auto& step : made->table.steps()) {
      if (!step.command && made->rules.size() > 0)
        return fail(model_errc::invalid_saga, "step '" + step.rules.name + "' sends nothing");
      made->rules.push_back(step.rules);
    }
    if (auto checked = check_saga_rules(made->rules); !checked)
      return fail(checked.error());
    if (auto checked = check_items_are_named(*made); !checked)
      return fail(checked.error());
    if (!versions.insert(made->table.version()).second)
      return fail(model_errc::invalid_saga,
                  "two tables have version " + std::to_string(made->table.version()));
    for (const auto& [category, chain] : made->table.chains())
      if (!chain)
        return fail(chain.error().code(), category + ": " + chain.error().message());
    prepared.push_back(std::move(made));
  }
  return prepared;
}

/// What the tables want to hear, of each category: from the log if `is_heard`, else with answers.
/// Errors: `model_errc::invalid_saga` for an event that no aggregate of that category has.
template <class S>
[[nodiscard]] auto saga_sources(const prepared_saga_tables<S>& tables, bool is_heard)
    -> result<std::vector<event_source>> {
  std::map<std::string, std::set<std::string>> wanted;
  std::map<std::string, upcaster_chain> chains;
  for (const auto& each : tables) {
    for (const auto& [category, chain] : each->table.chains())
      chains.emplace(category, *chain);
    for (const auto& [category, known] : each->table.events()) {
      for (const auto& [type, event] : known) {
        if (!chains.contains(category) || chains.at(category).stored_names(type).empty()) {
          auto why = "the event '" + type + "' is none of '";
          why += category + "': name the command with `send` before its events";
          return fail(model_errc::invalid_saga, std::move(why));
        }
        if (!is_heard || event.key)
          wanted[category].insert(type);
      }
    }
  }
  std::vector<event_source> sources;
  sources.reserve(wanted.size());
  for (const auto& [category, types] : wanted)
    sources.push_back(make_event_source(category, chains.at(category), {types.begin(), types.end()}));
  return sources;
}

/// The description by which a runtime hosts `S`, by the tables that it declares, or others: today's first, then those
/// by which instances may have begun. REQUIRES: there is one. Errors: those of `prepare_saga_tables` and of
/// `saga_sources`.
template <saga S>
[[nodiscard]] auto describe_saga(std::vector<saga_table<S>> declared = saga_tables_of<S>())
    -> result<saga_type> {
  auto tables = prepare_saga_tables<S>(std::move(declared));
  if (!tables)
    return fail(tables.error().code(),
                "saga '" + std::string(S::type_name) + "': " + tables.error().message());
  auto heard = saga_sources<S>(*tables, true);
  auto answered = saga_sources<S>(*tables, false);
  for (const auto* each : {&heard, &answered}) {
    if (!*each)
      return fail(each->error().code(),
                  "saga '" + std::string(S::type_name) + "': " + each->error().message());
  }
  saga_type made;
  made.name = S::type_name;
  made.heard = std::move(*heard);
  made.answered = std::move(*answered);
  made.address = [tables = *tables](const recorded_event& event) -> result<saga_address> {
    for (const auto& each : tables) {
      const auto* known = each->table.find(event.stream.category(), event.data.content.type);
      if (known == nullptr || !known->key)
        continue;
      auto key = known->key(event.data.content);
      if (!key)
        return fail(key.error());
      // New instances begin by today's table alone.
      return saga_address{std::move(*key), known->starts && each == tables.front()};
    }
    return saga_address{};
  };
  for (const auto& [category, known] : tables->front()->table.events())
    for (const auto& [type, event] : known)
      if (event.starts)
        made.starts.emplace_back(type, category);
  auto open = [tables = *tables](std::optional<std::uint32_t> version) -> std::unique_ptr<saga_data> {
    for (const auto& each : tables)
      if (!version || each->table.version() == *version)
        return std::make_unique<typed_saga_data<S>>(each);
    return nullptr;
  };
  made.instances = {std::string(S::type_name), saga_command_names(), saga_event_names(),
                    [open] { return std::make_unique<saga_instance>(open); }, saga_event_chain()};
  return made;
}

} // namespace tusker
