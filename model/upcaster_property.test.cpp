#include <tusker/model/upcasters.hpp>

#include <tusker_test/catch.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <random>
#include <thread>

// Random chains against a second, simpler way to say what they should give. Every step leaves a mark in the events that
// pass it, so an event tells the way it went.

using namespace tusker;

namespace {

constexpr std::size_t types_max = 6;
constexpr std::uint16_t versions_max = 4;

enum class step_kind { change, rename, split, drop };

/// What a step does, as plain data: both the chain and the oracle are made of it.
struct planned_step {
  step_kind kind = step_kind::change;
  std::vector<message_type> to;
  /// For a split: which of the targets the parts go to, in order.
  std::vector<std::size_t> parts;
};

/// A whole set of steps and schemas. Types are numbered, and steps lead to another version of the same type or to a
/// type of a higher number, so there is no circle.
struct plan {
  std::vector<message_type> today;
  std::vector<std::pair<message_type, planned_step>> steps;
};

auto mark_of(const message_type& type) -> std::string {
  return type.name + std::to_string(type.version.value());
}

class planner {
public:
  explicit planner(std::uint64_t seed) : random_(seed) {}

  auto make() -> plan {
    plan made;
    for (auto type = types_max; type-- > 0;) {
      // The type of the highest number is always known, so that there is something to lead to.
      auto latest = schema_version(static_cast<std::uint16_t>(1 + below(versions_max)));
      auto is_declared = type + 1 == types_max || below(2) == 0;
      for (auto version = schema_version(1); version < latest; version = version.next())
        made.steps.emplace_back(message_type{name(type), version}, step(type, version));
      if (is_declared)
        made.today.push_back({name(type), latest});
      else
        made.steps.emplace_back(message_type{name(type), latest}, away(type));
      latest_[type] = latest;
    }
    std::shuffle(made.steps.begin(), made.steps.end(), random_);
    return made;
  }

  auto below(std::uint64_t bound) -> std::uint64_t { return random_() % bound; }

private:
  static auto name(std::size_t type) -> std::string { return std::string(1, static_cast<char>('A' + type)); }

  auto step(std::size_t type, schema_version version) -> planned_step {
    if (type + 1 == types_max || below(3) != 0)
      return {step_kind::change, {{name(type), version.next()}}, {}};
    return away(type);
  }

  /// To types of a higher number, or to nothing.
  auto away(std::size_t type) -> planned_step {
    if (type + 1 == types_max)
      return {step_kind::drop, {}, {}};
    switch (below(5)) {
    case 0:
      return {step_kind::drop, {}, {}};
    case 1:
    case 2:
      return {step_kind::rename, {beyond(type)}, {}};
    default:
      return split(type);
    }
  }

  auto beyond(std::size_t type) -> message_type {
    auto other = type + 1 + below(types_max - type - 1);
    return {name(other), schema_version(static_cast<std::uint16_t>(1 + below(latest_[other].value())))};
  }

  auto split(std::size_t type) -> planned_step {
    planned_step split{step_kind::split, {beyond(type)}, {}};
    auto second = beyond(type);
    if (second.name != split.to.front().name)
      split.to.push_back(second);
    for (auto left = below(4); left > 0; --left)
      split.parts.push_back(below(split.to.size()));
    return split;
  }

  std::mt19937_64 random_;
  std::array<schema_version, types_max> latest_{};
};

/// The object of one more step.
auto marked(json_tree object, const std::string& mark) -> json_tree {
  object["way"].push_back(mark);
  return object;
}

/// A fault that is put into one step of a chain, for the positive controls.
enum class fault { none, impure, turned_around, forgets };

void add_step(upcasters& to, const message_type& from, const planned_step& step, fault broken) {
  auto mark = mark_of(from);
  auto version = from.version.value();
  auto calls = std::make_shared<std::atomic<int>>(0);
  auto touch = [=](json_tree object) {
    if (broken == fault::forgets)
      return json_tree::object();
    return marked(std::move(object), broken == fault::impure ? mark + std::to_string((*calls)++) : mark);
  };
  switch (step.kind) {
  case step_kind::change:
    to.step(from.name, version, touch);
    return;
  case step_kind::rename:
    to.rename_type(from.name, version, step.to[0].name, step.to[0].version.value());
    return;
  case step_kind::drop:
    to.drop(from.name, version, mark);
    return;
  case step_kind::split:
    break;
  }
  std::vector<upcasters::target> targets;
  targets.reserve(step.to.size());
  for (const auto& target : step.to)
    targets.push_back({target.name, target.version.value()});
  to.split(from.name, version, targets, [=](const json_tree& object) {
    std::vector<upcast_part> parts;
    parts.reserve(step.parts.size());
    for (std::size_t at = 0; at < step.parts.size(); ++at)
      parts.push_back({step.to[step.parts[at]].name, marked(touch(object), std::to_string(at))});
    if (broken == fault::turned_around)
      std::reverse(parts.begin(), parts.end());
    return parts;
  });
}

auto chain_of(const plan& planned, fault broken = fault::none) -> upcaster_chain {
  upcasters steps;
  for (const auto& [from, step] : planned.steps)
    add_step(steps, from, step, broken);
  return make_upcaster_chain(steps, planned.today).value();
}

/// What must come of an event, without the chain's code: the steps, straight from the plan.
void expect(const plan& planned, const message_type& at, json_tree object, upcast_messages& into) {
  if (std::find(planned.today.begin(), planned.today.end(), at) != planned.today.end()) {
    into.current.push_back({at.name, at.version, object.dump()});
    return;
  }
  const auto& [from, step] = *std::find_if(planned.steps.begin(), planned.steps.end(),
                                           [&](const auto& known) { return known.first == at; });
  auto mark = mark_of(from);
  switch (step.kind) {
  case step_kind::drop:
    into.dropped.push_back({at, mark});
    return;
  case step_kind::rename:
    return expect(planned, step.to[0], std::move(object), into);
  case step_kind::change:
    return expect(planned, step.to[0], marked(std::move(object), mark), into);
  case step_kind::split:
    for (std::size_t part = 0; part < step.parts.size(); ++part)
      expect(planned, step.to[step.parts[part]], marked(marked(object, mark), std::to_string(part)), into);
  }
}

/// Every type and version that may lie in a journal, as a message.
auto stored_in(const plan& planned) -> std::vector<encoded_message> {
  std::vector<encoded_message> all;
  auto add = [&](const message_type& type) {
    all.push_back(
        {type.name, type.version, R"({"way":["stored"],"number":)" + std::to_string(all.size()) + "}"});
  };
  for (const auto& type : planned.today)
    add(type);
  for (const auto& [from, step] : planned.steps)
    add(from);
  return all;
}

/// Says what is wrong with a chain; empty when it gives what the plan says, however often and by whomever it is asked.
auto check(const plan& planned, const upcaster_chain& chain, planner& chance) -> std::string {
  auto stored = stored_in(planned);
  for (auto asked = 3 * stored.size(); asked > 0; --asked) {
    const auto& message = stored[chance.below(stored.size())];
    upcast_messages expected;
    expect(planned, {message.type, message.version}, parse_tree(message.json).value(), expected);
    auto read = chain.upcast(message);
    if (!read)
      return to_string(read.error());
    if (*read != expected)
      return "an event of " + to_string(message_type{message.type, message.version}) + " is read otherwise";
  }
  return {};
}

/// Whether the fault shows in any of many chains.
auto is_caught(fault broken) -> bool {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    planner chance(seed);
    auto planned = chance.make();
    if (!check(planned, chain_of(planned, broken), chance).empty())
      return true;
  }
  return false;
}

} // namespace

TEST_CASE("random chains give what their steps say, in order, however often they are asked") {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    planner chance(seed);
    auto planned = chance.make();
    INFO("seed " << seed);
    CHECK(check(planned, chain_of(planned), chance).empty());
  }
}

TEST_CASE("the order in which steps are told makes no difference") {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    planner chance(seed);
    auto planned = chance.make();
    auto turned = planned;
    std::reverse(turned.steps.begin(), turned.steps.end());
    auto chain = chain_of(planned);
    auto other = chain_of(turned);
    for (const auto& message : stored_in(planned))
      CHECK(chain.upcast(message) == other.upcast(message));
  }
}

TEST_CASE("a chain is asked by several threads at once") {
  planner chance(7);
  auto planned = chance.make();
  auto chain = chain_of(planned);
  std::vector<std::string> faults(4);
  std::vector<std::thread> readers;
  for (std::size_t at = 0; at < faults.size(); ++at) {
    readers.emplace_back([&, at] {
      planner own(at);
      faults[at] = check(planned, chain, own);
    });
  }
  for (auto& reader : readers)
    reader.join();
  CHECK(faults == std::vector<std::string>(4));
}

TEST_CASE("a chain with a broken step is caught") {
  CHECK_FALSE(is_caught(fault::none));
  CHECK(is_caught(fault::impure));
  CHECK(is_caught(fault::turned_around));
  CHECK(is_caught(fault::forgets));
}
