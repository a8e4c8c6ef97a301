#pragma once

#include <tusker/config/http_options.hpp>
#include <tusker/http/socket_handle.hpp>
#include <tusker/model/result.hpp>

namespace tusker {

/// A socket that takes connections.
struct http_listener {
  socket_handle socket; ///< Does not block.
  http_address address; ///< With the port that was taken.
};

/// Listens at an address. Errors: `http_errc::cannot_listen` with the address and why.
[[nodiscard]] auto listen_at(const http_address& address) -> result<http_listener>;

} // namespace tusker
