#pragma once

#include <tusker/model/error.hpp>
#include <tusker/model/json_document.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace tusker {

/// Where in a JSON text a reader stands, and the first thing that was wrong: `OrderCreated.items[2].quantity`.
class decode_context {
public:
  explicit decode_context(std::string root) : path_(std::move(root)) {}

  /// Notes that something else stands here than was wanted. Returns false, for the reader to return.
  auto mismatch(std::string_view wanted, const json_value& found) -> bool;

  /// Notes that an object lacks a member; names the nearest one that it has. Returns false.
  auto missing(std::string_view name, const json_value& object) -> bool;

  /// Notes any other fault of the value here. Returns false.
  auto fault(std::string_view what) -> bool;

  [[nodiscard]] auto take_fault() -> error;

  /// Steps into a member or an element for as long as it lives.
  class step {
  public:
    step(decode_context& context, std::string_view member);
    step(decode_context& context, std::size_t element);
    ~step() { context_.path_.resize(length_); }
    step(const step&) = delete;
    auto operator=(const step&) -> step& = delete;

  private:
    decode_context& context_;
    std::size_t length_;
  };

private:
  std::string path_;
  error failure_;
};

} // namespace tusker
