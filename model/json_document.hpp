#pragma once

#include <tusker/model/result.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace tusker {

class json_value;

/// A JSON text that was read: flat, immutable, holding all that it needs of the text.
class json_document {
public:
  /// Reads one JSON value (RFC 8259) with nothing but white space around it; a byte order mark in front is
  /// passed over. Of members with the same name the first counts. Errors: `model_errc::malformed_json`, with the byte
  /// where it went wrong.
  [[nodiscard]] static auto parse(std::string_view text) -> result<json_document>;

  json_document(json_document&&) noexcept = default;
  auto operator=(json_document&&) noexcept -> json_document& = default;
  json_document(const json_document&) = delete;
  auto operator=(const json_document&) -> json_document& = delete;
  /// Leaves its memory to the next document of this thread.
  ~json_document();

  /// The value itself. It and all values got from it are valid as long as the document.
  [[nodiscard]] auto root() const -> json_value;

private:
  friend class json_value;
  friend class json_members;
  friend class json_document_builder;

  json_document() = default;

  struct array_mark {};
  struct object_mark {};

  struct node {
    std::string_view key; ///< The member's name when the parent is an object.
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string_view, array_mark,
                 object_mark>
        content;
    std::size_t next = 0; ///< The node after this one and all its children.
  };

  struct memory {
    std::unique_ptr<char[]>
        text;                   ///< What the nodes point into: it stays where it is when the document moves.
    std::size_t text_bytes = 0; ///< For which there is room.
    std::vector<node> nodes = {};
  };

  [[nodiscard]] static auto spare() -> memory&;
  void make_room(std::size_t text_bytes);

  memory memory_;
};

/// One value of a document: a handle, cheap to copy.
class json_value {
public:
  [[nodiscard]] auto is_null() const -> bool;
  [[nodiscard]] auto is_object() const -> bool;
  [[nodiscard]] auto is_array() const -> bool;

  /// `null`, `boolean`, `integer`, `number`, `text`, `array` or `object`: for error messages.
  [[nodiscard]] auto kind_name() const -> std::string_view;

  [[nodiscard]] auto boolean() const -> std::optional<bool>;
  /// An integer that fits; a number with a fraction or an exponent is none.
  [[nodiscard]] auto integer() const -> std::optional<std::int64_t>;
  [[nodiscard]] auto unsigned_integer() const -> std::optional<std::uint64_t>;
  [[nodiscard]] auto number() const -> std::optional<double>;
  [[nodiscard]] auto text() const -> const std::string_view*;

  /// The member of that name, when this is an object that has one.
  [[nodiscard]] auto member(std::string_view name) const -> std::optional<json_value>;
  /// The members' values of an object, or the elements of an array, in their order.
  [[nodiscard]] auto children() const -> std::vector<json_value>;
  /// Calls `take(child)` for each of them while that returns true. Whether it always has.
  template <class Take>
  auto for_each_child(const Take& take) const -> bool {
    for (auto at = index_ + 1; at < end(); at = next_of(at))
      if (!take(json_value(*document_, at)))
        return false;
    return true;
  }
  /// The name of this member of an object.
  [[nodiscard]] auto key() const -> std::string_view;

private:
  friend class json_document;
  friend class json_members;
  json_value(const json_document& document, std::size_t index) : document_(&document), index_(index) {}

  [[nodiscard]] auto self() const -> const json_document::node&;
  /// Behind the last child; that of a value without children is not behind the first.
  [[nodiscard]] auto end() const -> std::size_t;
  [[nodiscard]] auto next_of(std::size_t child) const -> std::size_t;

  const json_document* document_;
  std::size_t index_;
};

/// Finds the members of an object, quickest in the order in which they stand: as they were written, they are mostly
/// asked for. REQUIRES: no name is asked for twice.
class json_members {
public:
  explicit json_members(const json_value& object);

  /// As `json_value::member`.
  [[nodiscard]] auto find(std::string_view name) -> std::optional<json_value>;

private:
  json_value object_;
  std::size_t next_; ///< The member behind the one that was found last.
  std::size_t end_;
};

} // namespace tusker
