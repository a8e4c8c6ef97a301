#include <tusker/cli/program_wiring.hpp>

#include <tusker/cli/config_hooks.hpp>
#include <tusker/cli/part_catalogue.hpp>
#include <tusker/config/config_errc.hpp>
#include <tusker/model/nearest_name.hpp>

#include <exception>
#include <span>
#include <utility>

namespace tusker::cli {

namespace {

auto no_such_part(const std::string& kind, const std::string& name) -> std::string {
  return "this program has no " + kind + " '" + name + "'";
}

/// `projection.order_summary`
auto section_of(const std::string& kind, const std::string& part) -> std::string {
  auto section = kind;
  return section.append(1, '.').append(part);
}

/// How each option showed before hooks ran, of all parts of a kind by their names.
using shown_parts = std::map<std::string, std::map<std::string, std::string>>;

template <class Options>
auto shown(const part_map<Options>& parts) -> shown_parts {
  shown_parts all;
  auto catalogue = part_catalogue<Options>();
  for (auto [name, part] : parts)
    all.emplace(name, shown_options(catalogue, part));
  return all;
}

class wirer {
public:
  wirer(given_options& given, const named_functions& functions, registered_types types)
      : given_(given), functions_(functions), knows_types_(!types.is_empty()) {
    wiring_.types = std::move(types);
    wiring_.file = given.file();
    for (const auto& option : facts_of(program_catalogue()))
      if (option.is_secret)
        given_.keep_secret(option.section, option.key);
  }

  auto wire() && -> program_wiring {
    auto& types = wiring_.types;
    wire_hooks();
    wire_event_store_and_node();
    wire_aggregates();
    wire_parts("queue", types.queue_parts().parts(), hooks_.message_queue, hooks_.message_queue_name);
    wire_parts("projection", types.projection_parts().parts(), hooks_.projections, hooks_.projections_name);
    wire_parts("saga", types.saga_parts().parts(), hooks_.sagas, hooks_.sagas_name);
    for (const auto& section : program_catalogue().sections)
      given_.know_section(section.name);
    given_.report_unknown(wiring_.report.problems);
    check_servers();
    // It follows from what is said of the parts, so only when that is right.
    if (wiring_.report.problems.is_empty())
      check_saga_needs();
    if (wiring_.report.problems.is_empty())
      if (auto checked = check(wiring_.config); !checked)
        wiring_.report.problems.add(place_of_all(), checked.error().message());
    return std::move(wiring_);
  }

private:
  /// A program that knows no types has none of their functions either; it reads a config for its other options.
  void wire_hooks() {
    if (knows_types_)
      return apply_options(hook_catalogue(), "", given_, functions_, hooks_, wiring_.report);
    for (const auto& hook : facts_of(hook_catalogue()))
      (void)given_.find(hook.section, hook.key);
  }

  /// Lets a hook do its work; what it says, or throws, is a problem of the line that names it.
  template <class Hook, class... Args>
  void run_hook(const std::string& key, const std::string& name, const Hook& hook, Args&... on) {
    if (!hook)
      return;
    auto why = std::string();
    try {
      if (auto done = hook(on...); !done)
        why = done.error().message();
    } catch (const std::exception& thrown) {
      why = thrown.what();
    }
    if (!why.empty())
      wiring_.report.problems.add(given_.find("event_driven", key)->place,
                                  key + ": function '" + name + "' failed: " + why);
  }

  void wire_event_store_and_node() {
    auto catalogue = program_catalogue();
    auto& config = wiring_.config;
    unset_source unset{.before_hook = shown_options(catalogue, config)};
    run_hook("event_store", hooks_.event_store_name, hooks_.event_store, config.node.journal,
             config.node.read_store.limits);
    replay_options replay;
    run_hook("replay", hooks_.replay_name, hooks_.replay, replay);
    config.node.recoveries_max = replay.recoveries_max;
    config.node.snapshot_every_events = replay.snapshot_every_events;
    config.node.snapshot_on_passivation_events = replay.snapshot_on_passivation_events;
    auto both = hooks_.event_store_name.empty() ? hooks_.replay_name : hooks_.event_store_name;
    unset.hook = "function " + both;
    apply_options(catalogue, "", given_, functions_, config, wiring_.report, unset);
    for (auto& each : wiring_.report.options)
      if (each.source.origin == value_origin::hook && each.section == "cqrs")
        each.source.text = "function " + hooks_.replay_name;
  }

  template <class Options, class Hook>
  void wire_parts(const std::string& kind, part_map<Options>& parts, const Hook& hook,
                  const std::string& name) {
    if (given_.has_file())
      for (auto& [part, entry] : parts)
        entry.is_on = given_.section(section_of(kind, part)) != nullptr;
    auto before = shown(parts);
    if constexpr (!std::is_null_pointer_v<Hook>)
      run_hook(kind == "queue" ? "message_queue" : kind + "s", name, hook, parts);
    auto catalogue = part_catalogue<Options>();
    for (auto& [part, entry] : parts) {
      unset_source unset{.before_hook = before[part], .hook = "function " + name};
      auto section = section_of(kind, part);
      if (given_.has_file() && given_.section(section) == nullptr)
        unset.source.text = "no [" + section + "] in " + given_.file();
      given_.know_section(section);
      auto rows = wiring_.report.options.size();
      apply_options(catalogue, part, given_, functions_, entry, wiring_.report, unset);
      explain_section(section, wiring_.report.options.at(rows).source);
    }
    report_unknown_parts(kind, parts);
  }

  /// Each type is as [cqrs] says, but for what its own section does.
  void wire_aggregates() {
    auto& parts = wiring_.types.aggregate_parts().parts();
    for (auto& [name, part] : parts)
      part.how = options_of(wiring_.config.node, name);
    auto rows = wiring_.report.options.size();
    wire_parts("aggregate", parts, nullptr, "");
    for (const auto& [name, part] : parts)
      if (part.how != options_of(wiring_.config.node, name))
        wiring_.config.node.aggregates.insert_or_assign(name, part.how);
    for (auto& row : std::span(wiring_.report.options).subspan(rows))
      if (row.source.origin == value_origin::fallback && row.key != "enabled")
        row.source.text = "[cqrs] " + row.key;
  }

  /// That a part runs is said by its section alone.
  void explain_section(const std::string& section, value_source& enabled) {
    const auto* written = given_.section(section);
    if (written != nullptr && enabled.origin == value_origin::fallback)
      enabled = {value_origin::file, to_string(written->place)};
  }

  template <class Options>
  void report_unknown_parts(const std::string& kind, const part_map<Options>& parts) {
    std::vector<std::string> known;
    known.reserve(parts.size());
    for (const auto& [name, part] : parts)
      known.push_back(name);
    for (const auto* section : given_.sections_of(kind)) {
      auto name = section->name.substr(kind.size() + 1);
      if (parts.find(name) != parts.end())
        continue;
      if (knows_types_ && name.find('.') == std::string::npos)
        wiring_.report.problems.add(section->place, no_such_part(kind, name) + name_hint(name, known));
      else if (knows_types_)
        continue;
      // Its values are looked at all the same, and its keys.
      program_part<Options> unused;
      config_report report;
      given_.know_section(section->name);
      apply_options(part_catalogue<Options>(), name, given_, functions_, unused, report);
      for (auto& problem : report.problems.in_order())
        wiring_.report.problems.add(std::move(problem.place), std::move(problem.message));
    }
  }

  /// A saga without the aggregates that it sends to would not come to an end of anything.
  void check_saga_needs() {
    const auto& types = wiring_.types;
    for (const auto& [saga, aggregates] : types.saga_needs()) {
      if (types.saga_parts().how(saga) == nullptr)
        continue;
      const auto* section = given_.section(section_of("saga", saga));
      auto place = section != nullptr ? section->place : place_of_all();
      for (const auto& each : aggregates) {
        if (types.aggregate_parts().how(each) != nullptr)
          continue;
        auto what = std::string("saga '").append(saga).append("' needs aggregate '").append(each);
        what.append("', which is left out; add [aggregate.").append(each);
        what.append("], or take [saga.").append(saga).append("] out");
        wiring_.report.problems.add(place, what);
      }
    }
  }

  [[nodiscard]] auto place_of_all() const -> config_place {
    return {wiring_.file.empty() ? "config" : wiring_.file};
  }

  /// An address that others reach needs a token; that is said at the address.
  void check_servers() {
    check_server("admin", wiring_.config.admin.http);
    check_server("http", wiring_.config.http);
  }

  void check_server(const std::string& section, const http_options& server) {
    auto listen = given_.find(section, "listen");
    if (!listen || !listen->value || is_loopback(server.listen) || !server.token.is_empty())
      return;
    // A program that takes a flag may have a token of its own, and looks at both.
    if (listen->source.origin != value_origin::file)
      return;
    wiring_.report.problems.add(listen->place,
                                "listen: expected a loopback address such as \"127.0.0.1:8080\", or a "
                                "token: others reach " +
                                    to_string(server.listen) + "; set [" + section +
                                    "] token = '@env.secure(\"NAME\")'");
  }

  given_options& given_;
  const named_functions& functions_;
  bool knows_types_;
  config_hooks hooks_;
  program_wiring wiring_;
};

template <class Options>
void add_part_samples(std::vector<sample_section>& samples, const part_map<Options>& parts) {
  auto catalogue = part_catalogue<Options>();
  for (auto [name, part] : parts) {
    sample_section sample{catalogue.sections.front().name + "." + name, documented(catalogue).front()};
    // The defaults are those of the part and not those of its kind.
    for (std::size_t at = 0; at < sample.of.options.size(); ++at)
      sample.of.options[at].fallback = catalogue.options[at].show(part);
    samples.push_back(std::move(sample));
  }
}

template <class Options>
void add_documented_part(std::vector<documented_section>& to) {
  to.push_back(documented(part_catalogue<Options>()).front());
}

/// The sections that are no parts', the hooks first.
auto documented_program() -> std::vector<documented_section> {
  auto sections = documented(program_catalogue());
  for (auto& each : sections) {
    if (each.facts.name != "event_driven")
      continue;
    auto hooks = facts_of(hook_catalogue());
    each.options.insert(each.options.begin(), hooks.begin(), hooks.end());
  }
  return sections;
}

} // namespace

auto wire(given_options& given, const named_functions& functions, registered_types types) -> program_wiring {
  return wirer(given, functions, std::move(types)).wire();
}

auto documented_config() -> std::vector<documented_section> {
  auto sections = documented_program();
  add_documented_part<aggregate_options>(sections);
  add_documented_part<subscriber_options>(sections);
  add_documented_part<projection_options>(sections);
  add_documented_part<saga_options>(sections);
  return sections;
}

auto sample_sections(const registered_types& types,
                     const std::map<std::string, std::string, std::less<>>& values)
    -> std::vector<sample_section> {
  std::vector<sample_section> samples;
  for (auto& each : documented_program())
    samples.push_back({each.facts.name, each});
  add_part_samples(samples, types.aggregate_parts().parts());
  add_part_samples(samples, types.queue_parts().parts());
  add_part_samples(samples, types.projection_parts().parts());
  add_part_samples(samples, types.saga_parts().parts());
  for (auto& sample : samples) {
    for (const auto& option : sample.of.options) {
      auto set = values.find(sample.name + "." + option.key);
      if (set != values.end())
        sample.values.emplace(option.key, set->second);
    }
  }
  return samples;
}

} // namespace tusker::cli
