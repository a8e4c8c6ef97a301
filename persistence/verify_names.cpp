#include <tusker/persistence/verify_names.hpp>

#include <tusker/persistence/byte_reader.hpp>
#include <tusker/persistence/framed_value.hpp>
#include <tusker/persistence/lmdb_names.hpp>

#include <map>
#include <optional>
#include <utility>

namespace tusker {

namespace {

auto kind_of(char prefix) -> std::optional<name_kind> {
  switch (prefix) {
  case 't':
  case 'T':
    return name_kind::event_type;
  case 'c':
  case 'C':
    return name_kind::category;
  default:
    return std::nullopt;
  }
}

/// A key of a number: a capital letter and four bytes. Names begin with a small one.
auto is_number_key(std::string_view key) -> bool {
  return key.front() == 'T' || key.front() == 'C';
}

class names_check {
public:
  explicit names_check(verify_scope& scope) : scope_(scope) {}

  auto problem(std::string_view key, std::string_view value) -> std::optional<std::string> {
    auto kind = kind_of(key.front());
    if (!kind)
      return "it is no key of this table";
    auto body = unframe(key, value);
    if (!body)
      return "the entry is damaged";
    return is_number_key(key) ? problem_of_number(*kind, key.substr(1), *body)
                              : problem_of_name(*kind, std::string(key.substr(1)), *body);
  }

private:
  auto problem_of_number(name_kind kind, std::string_view number_bytes, std::string_view name)
      -> std::optional<std::string> {
    if (number_bytes.size() != sizeof(name_number::rep))
      return "it is no number";
    auto number = name_number(byte_reader(number_bytes).big<std::uint32_t>());
    if (auto& last = last_[kind]; std::exchange(last, number).next() != number)
      return "the number before it is missing";
    auto back = find_name(scope_.transaction(), scope_.tables(), kind, name);
    if (!back || *back != number)
      return "'" + std::string(name) + "' does not have this number";
    return std::nullopt;
  }

  auto problem_of_name(name_kind kind, const std::string& name, std::string_view body)
      -> std::optional<std::string> {
    if (body.size() != sizeof(name_number::rep))
      return "the entry is damaged";
    auto number = name_number(byte_reader(body).little<std::uint32_t>());
    auto back = cache_.name_of(scope_.transaction(), scope_.tables(), kind, number);
    if (!back || **back != name)
      return "number " + std::to_string(number.value()) + " does not have this name";
    return std::nullopt;
  }

  verify_scope& scope_;
  name_cache cache_;
  std::map<name_kind, name_number> last_;
};

} // namespace

auto verify_names(verify_scope& scope) -> result<void> {
  names_check check(scope);
  return scope.walk("name", "entry", [&](std::string_view key, std::string_view value) {
    if (auto problem = check.problem(key, value))
      scope.notes().fault("name", key_text(key), std::move(*problem));
  });
}

} // namespace tusker
