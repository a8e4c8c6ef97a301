#pragma once

#include <span>
#include <string>
#include <string_view>
#include <system_error>

namespace tusker {

/// The error category of one layer: a name and one sentence for each code, counted from 1.
class named_error_category final : public std::error_category {
public:
  named_error_category(const char* name, std::span<const std::string_view> sentences)
      : name_(name), sentences_(sentences) {}

  [[nodiscard]] auto name() const noexcept -> const char* override { return name_; }

  [[nodiscard]] auto message(int code) const -> std::string override {
    auto index = static_cast<std::size_t>(code) - 1;
    return code >= 1 && index < sentences_.size() ? std::string(sentences_[index]) : "unknown error";
  }

private:
  const char* name_;
  std::span<const std::string_view> sentences_;
};

} // namespace tusker
