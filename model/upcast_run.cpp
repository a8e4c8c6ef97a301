#include <tusker/model/upcast_run.hpp>

#include <tusker/model/model_errc.hpp>
#include <tusker/model/nearest_name.hpp>
#include <tusker/model/quoted_text.hpp>
#include <tusker/model/upcaster_chain.hpp>
#include <tusker/model/visitor.hpp>

#include <algorithm>
#include <exception>
#include <iterator>
#include <string>
#include <utility>

namespace tusker {

namespace {

auto failed(const upcast_step& step, const std::string& why, model_errc code = model_errc::upcast_failed)
    -> tl::unexpected<error> {
  return fail(code, "the step for " + to_string(step.from) + " " + why);
}

/// Calls what a user wrote. The result's type is that of `action`, or a result already.
template <class Result, class Action>
auto call(const upcast_step& step, const Action& action, json_tree object) -> result<Result> {
  try {
    auto made = result<Result>(action(std::move(object)));
    if (!made)
      return failed(step, made.error().message());
    return made;
  } catch (const std::exception& thrown) {
    return failed(step, "threw: " + tusker::quoted(thrown.what()));
  } catch (...) {
    return failed(step, "threw something that is no std::exception");
  }
}

} // namespace

auto upcast_run::finish() -> result<upcast_messages> {
  ahead_.push_back({{stored_.type, stored_.version}, std::nullopt, nullptr});
  while (!ahead_.empty()) {
    auto next = std::move(ahead_.back());
    ahead_.pop_back();
    if (auto taken = take_on(std::move(next)); !taken)
      return fail(taken.error());
  }
  return std::move(arrived_);
}

auto upcast_run::take_on(part from) -> result<void> {
  if (table_.is_declared(from.type.name, from.type.version))
    return arrive(std::move(from));
  if (const auto* step = table_.step_from(from.type.name, from.type.version))
    return follow(*step, std::move(from));
  return fail(table_.unreadable(from.type));
}

auto upcast_run::arrive(part at) -> result<void> {
  if (!at.object) {
    arrived_.current.push_back({std::move(at.type.name), at.type.version, stored_.json});
    return {};
  }
  auto json = write_tree(*at.object);
  if (!json)
    return failed(*at.came_by, "gave what cannot be stored: " + json.error().message(),
                  model_errc::not_encodable);
  arrived_.current.push_back({std::move(at.type.name), at.type.version, std::move(*json)});
  return {};
}

auto upcast_run::follow(const upcast_step& step, part from) -> result<void> {
  return std::visit(visitor{
                        [&](const same_content&) -> result<void> {
                          // Only the name is another: the text need not even be read.
                          ahead_.push_back({step.to.front(), std::move(from.object), from.came_by});
                          return {};
                        },
                        [&](const content_change& action) { return change(step, action, std::move(from)); },
                        [&](const content_split& action) { return split(step, action, std::move(from)); },
                        [&](const dropped_for& why) -> result<void> {
                          arrived_.dropped.push_back({std::move(from.type), why.reason});
                          return {};
                        },
                    },
                    step.action);
}

auto upcast_run::change(const upcast_step& step, const content_change& action, part from) -> result<void> {
  auto object = object_of(from);
  if (!object)
    return fail(object.error());
  auto changed = call<json_tree>(step, action, std::move(*object));
  if (!changed)
    return fail(changed.error());
  if (!changed->is_object())
    return failed(step, "gave no object but " + std::string(changed->type_name()));
  ahead_.push_back({step.to.front(), std::move(*changed), &step});
  return {};
}

auto upcast_run::split(const upcast_step& step, const content_split& action, part from) -> result<void> {
  auto object = object_of(from);
  if (!object)
    return fail(object.error());
  auto made = call<std::vector<upcast_part>>(step, action, std::move(*object));
  if (!made)
    return fail(made.error());
  if (made->size() + ahead_.size() + arrived_.current.size() > upcast_events_max)
    return failed(step, "makes more than " + std::to_string(upcast_events_max) + " of one stored event");
  std::vector<part> parts;
  parts.reserve(made->size());
  for (auto& one : *made)
    if (auto queued = queue_part(step, std::move(one), parts); !queued)
      return queued;
  // The first of them goes on first, and whole, before the second: the order stays that of the parts.
  std::move(parts.rbegin(), parts.rend(), std::back_inserter(ahead_));
  return {};
}

auto upcast_run::queue_part(const upcast_step& step, upcast_part made, std::vector<part>& parts)
    -> result<void> {
  auto target = std::find_if(step.to.begin(), step.to.end(),
                             [&](const message_type& declared) { return declared.name == made.type; });
  if (target == step.to.end())
    return failed(step, "made a " + tusker::quoted(made.type) + ", which is not one of its targets" +
                            name_hint(made.type, names_of(step.to)));
  if (!made.content.is_object())
    return failed(step, "made a " + tusker::quoted(made.type) + " that is no object but " +
                            std::string(made.content.type_name()));
  parts.push_back({*target, std::move(made.content), &step});
  return {};
}

auto upcast_run::object_of(part& from) -> result<json_tree> {
  if (from.object)
    return std::move(*from.object);
  auto tree = parse_tree(stored_.json);
  if (!tree)
    return fail(tree.error().code(), to_string(from.type) + ": " + tree.error().message());
  if (!tree->is_object()) {
    return fail(model_errc::schema_mismatch,
                to_string(from.type) + ": expected an object, found " + std::string(tree->type_name()));
  }
  return tree;
}

} // namespace tusker
