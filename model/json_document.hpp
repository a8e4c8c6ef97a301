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

  /// The value itself. It and all values got from it are valid as long as the document.
  [[nodiscard]] auto root() const -> json_value;

private:
  friend class json_value;
  friend class json_document_builder;

  struct array_mark {};
  struct object_mark {};

  struct node {
    std::string_view key; ///< The member's name when the parent is an object.
    std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, std::string_view, array_mark,
                 object_mark>
        content;
    std::size_t next = 0; ///< The node after this one and all its children.
  };

  std::unique_ptr<char[]> text_; ///< What the nodes point into: it stays where it is when the document moves.
  std::vector<node> nodes_;
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
  /// The name of this member of an object.
  [[nodiscard]] auto key() const -> std::string_view;

private:
  friend class json_document;
  json_value(const json_document& document, std::size_t index) : document_(&document), index_(index) {}

  [[nodiscard]] auto self() const -> const json_document::node&;

  const json_document* document_;
  std::size_t index_;
};

} // namespace tusker
