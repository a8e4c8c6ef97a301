#pragma once

#include <tusker/model/error.hpp>
#include <tusker/model/json_document.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace tusker {

/// Where in a JSON text a reader stands, and the first thing that was wrong: `OrderCreated.items[2].quantity`.
class decode_context {
public:
  /// REQUIRES: `root` outlives it.
  explicit decode_context(std::string_view root) : root_(root) {}

  /// Notes that something else stands here than was wanted. Returns false, for the reader to return.
  auto mismatch(std::string_view wanted, const json_value& found) -> bool;

  /// Notes that an object lacks a member; names the nearest one that it has. Returns false.
  auto missing(std::string_view name, const json_value& object) -> bool;

  /// Notes any other fault of the value here. Returns false.
  auto fault(std::string_view what) -> bool;

  [[nodiscard]] auto take_fault() -> error;

  /// Steps into a member or an element for as long as it lives. REQUIRES: the member's name outlives it.
  class step {
  public:
    step(decode_context& context, std::string_view member) : step(context, member, 0) {}
    step(decode_context& context, std::size_t element) : step(context, {}, element) {}
    ~step() { context_.innermost_ = outer_; }
    step(const step&) = delete;
    auto operator=(const step&) -> step& = delete;

  private:
    friend class decode_context;
    step(decode_context& context, std::string_view member, std::size_t element)
        : context_(context), outer_(std::exchange(context.innermost_, this)), member_(member),
          element_(element) {}

    decode_context& context_;
    const step* outer_;
    std::string_view member_; ///< None in an array.
    std::size_t element_;
  };

private:
  [[nodiscard]] auto path() const -> std::string;

  std::string_view root_;
  const step* innermost_ = nullptr; ///< The path in one piece is only made for a fault.
  error failure_;
};

} // namespace tusker
