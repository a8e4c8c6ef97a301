#include <tusker/persistence/verify_read_directory.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/lmdb_read_keys.hpp>
#include <tusker/persistence/lmdb_read_system.hpp>
#include <tusker/persistence/verify_scope.hpp>

#include <optional>
#include <utility>

namespace tusker {

namespace {

using problem = std::optional<std::string>;

constexpr std::size_t number_bytes = 8;
constexpr std::size_t offset_key_bytes = 12;

auto number_text(std::string_view what, std::uint64_t number) -> std::string {
  return std::string(what) + " " + std::to_string(number);
}

class directory_check {
public:
  explicit directory_check(verify_read_scope& scope) : scope_(scope) {}

  auto run() -> result<void> {
    if (auto checked = check_system(); !checked)
      return checked;
    using entry_check = problem (directory_check::*)(std::string_view, std::string_view);
    // In this order: projections name models, and what belongs to a model comes after all models.
    const std::initializer_list<std::pair<const char*, entry_check>> checks{
        {"model", &directory_check::model_problem},   {"proj", &directory_check::projection_problem},
        {"offset", &directory_check::offset_problem}, {"gone", &directory_check::gone_problem},
        {"table", &directory_check::table_problem},
    };
    for (const auto& entry : checks) {
      const auto* name = entry.first;
      auto check = entry.second;
      auto walked = scope_.walk(name, [&](std::string_view key, std::string_view value) {
        if (auto wrong = (this->*check)(key, value))
          scope_.notes().fault(name, key_text(key), std::move(*wrong));
      });
      if (!walked)
        return walked;
    }
    check_owners();
    return {};
  }

private:
  auto check_system() -> result<void> {
    if (!scope_.has("sys"))
      return {};
    auto system = get_read_system(scope_.transaction(), scope_.tables());
    if (!system && system.error().code() == journal_errc::corrupt) {
      scope_.notes().fault("sys", "", system.error().message());
      return {};
    }
    if (!system)
      return fail(system.error());
    scope_.notes().report().format_version = system->format;
    if (system->format != read_store_format_version)
      return fail(journal_errc::unsupported_format,
                  number_text("it has format", system->format) +
                      number_text(", this program knows format", read_store_format_version));
    scope_.notes().report().id = system->journal;
    system_ = *system;
    return {};
  }

  auto model_problem(std::string_view key, std::string_view value) -> problem {
    auto body = key.size() == number_bytes ? unframe(key, value) : std::nullopt;
    auto model = body ? decode_model(*body) : std::nullopt;
    if (!model)
      return "the entry is damaged";
    auto number = model_number(byte_reader(key).big<std::uint64_t>());
    if (system_ && number > system_->last_model)
      return number_text("no model was ever given a number beyond", system_->last_model.value());
    owners_.emplace(number, model->projection);
    return std::nullopt;
  }

  auto projection_problem(std::string_view key, std::string_view value) -> problem {
    auto body = unframe(key, value);
    auto projection = body ? decode_projection(*body) : std::nullopt;
    if (!projection)
      return "the entry is damaged";
    for (auto model : {projection->serving, projection->building}) {
      if (model == model_number() && model != projection->serving)
        continue;
      auto owner = owners_.find(model);
      if (scope_.has("model") && (owner == owners_.end() || owner->second != key))
        return number_text("it has no model", model.value());
      named_.insert(model);
    }
    return std::nullopt;
  }

  auto offset_problem(std::string_view key, std::string_view value) -> problem {
    auto body = key.size() == offset_key_bytes ? unframe(key, value) : std::nullopt;
    if (!body || !decode_offset(*body))
      return "the entry is damaged";
    return problem_of_model(key);
  }

  auto gone_problem(std::string_view key, std::string_view value) -> problem {
    auto body = key.size() == number_bytes ? unframe(key, value) : std::nullopt;
    if (!body || !body->empty())
      return "the entry is damaged";
    auto number = table_of_prefix(key);
    scope_.gone.insert(number);
    return problem_of_number(number);
  }

  auto table_problem(std::string_view key, std::string_view value) -> problem {
    auto body = key.size() > number_bytes ? unframe(key, value) : std::nullopt;
    auto table = body ? decode_table(*body) : std::nullopt;
    if (!table)
      return "the entry is damaged";
    auto number = table->number;
    if (scope_.gone.contains(number))
      return number_text("it has the number of a table that is gone:", number.value());
    if (!scope_.row_tables.emplace(number, verified_row_table{key_text(key), std::move(*table)}).second)
      return number_text("another one has its number", number.value());
    auto wrong = problem_of_number(number);
    return wrong ? wrong : problem_of_model(key);
  }

  [[nodiscard]] auto problem_of_number(table_number number) const -> problem {
    if (system_ && number > system_->last_table)
      return number_text("no table was ever given a number beyond", system_->last_table.value());
    return std::nullopt;
  }

  /// Of a key that begins with a model's number.
  [[nodiscard]] auto problem_of_model(std::string_view key) const -> problem {
    auto model = model_number(byte_reader(key).big<std::uint64_t>());
    if (scope_.has("model") && !owners_.contains(model))
      return number_text("there is no model", model.value());
    return std::nullopt;
  }

  void check_owners() {
    if (!scope_.has("proj"))
      return;
    for (const auto& [model, projection] : owners_)
      if (!named_.contains(model))
        scope_.notes().fault("model", key_text(model_key(model)),
                             "it is neither served nor built by '" + projection + "'");
  }

  verify_read_scope& scope_;
  std::optional<read_system> system_;
  /// The projection of each model, and the models that a projection names.
  std::map<model_number, std::string> owners_;
  std::set<model_number> named_;
};

} // namespace

auto verify_read_directory(verify_read_scope& scope) -> result<void> {
  return directory_check(scope).run();
}

} // namespace tusker
