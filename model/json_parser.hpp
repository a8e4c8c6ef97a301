#pragma once

#include <tusker/model/json_document.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

namespace tusker {

/// Reads a JSON text in place (RFC 8259) into the nodes of a document, parents before children: what has no escape
/// stays where it is, what has one is undone there. It is strict: text is UTF-8, a surrogate has its other half, a
/// number fits a double. Nesting takes no stack.
class json_parser {
public:
  /// REQUIRES: the text outlives the nodes.
  json_parser(char* begin, char* end, std::vector<json_document::node>& nodes)
      : at_(begin), end_(end), nodes_(nodes) {}

  /// False when it is not JSON; the text and the nodes are then of no use.
  [[nodiscard]] auto parse() -> bool;

private:
  enum class progress { broken, child_next, complete };

  void pass_over_mark();
  void pass_over_space();
  [[nodiscard]] auto accept(char wanted) -> bool;

  [[nodiscard]] auto value() -> progress;
  [[nodiscard]] auto close_what_ends() -> progress;
  [[nodiscard]] auto open_object() -> progress;
  [[nodiscard]] auto open_array() -> progress;
  void close();
  [[nodiscard]] auto key() -> bool;
  [[nodiscard]] auto word(std::string_view wanted) -> bool;

  [[nodiscard]] auto text(std::string_view& into) -> bool;
  [[nodiscard]] auto rest_of_text(const char* begin, std::string_view& into) -> bool;
  [[nodiscard]] auto escape(char*& out) -> bool;
  [[nodiscard]] auto unicode_escape(char*& out) -> bool;
  [[nodiscard]] auto code_unit(unsigned& into) -> bool;

  [[nodiscard]] auto number() -> bool;
  [[nodiscard]] auto digits() -> bool;
  [[nodiscard]] auto put_integer(std::string_view text) -> bool;
  [[nodiscard]] auto put_real(std::string_view text) -> bool;

  template <class Content>
  void put(Content content);
  template <class Mark>
  void open(Mark mark);

  char* at_;
  char* end_;
  std::vector<json_document::node>& nodes_;
  std::string_view key_; ///< Of the next value.

  static constexpr auto nothing = static_cast<std::size_t>(-1);
  /// The innermost node that is open. Each open one has its parent in `next`, until it is closed.
  std::size_t open_ = nothing;
};

} // namespace tusker
