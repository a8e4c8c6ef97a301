#pragma once

#include <tusker/config/http_options.hpp>
#include <tusker/model/result.hpp>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace tusker::cli {

/// The address of a running node's admin endpoint, in the file `admin` beside its journal, for who may read the folder.
/// It is there from `leave` on until this goes. A node that dies leaves it behind, so the file alone says nothing:
/// whether that node still runs, the owner's lock says.
class node_link {
public:
  /// REQUIRES: this process owns the journal. Errors: `cli_errc::cannot_write`.
  [[nodiscard]] static auto leave(const std::filesystem::path& data, const http_address& address)
      -> result<node_link>;

  /// The address that was left by the node that runs there; none when none runs, or it left none.
  [[nodiscard]] static auto find(const std::filesystem::path& data) -> std::optional<http_address>;

  node_link(node_link&& other) noexcept : file_(std::exchange(other.file_, {})) {}
  auto operator=(node_link&& other) noexcept -> node_link& {
    std::swap(file_, other.file_);
    return *this;
  }
  node_link(const node_link&) = delete;
  auto operator=(const node_link&) -> node_link& = delete;
  ~node_link();

private:
  explicit node_link(std::filesystem::path file) : file_(std::move(file)) {}

  std::filesystem::path file_;
};

} // namespace tusker::cli
