#pragma once

#include <order/ndjson_reader.hpp>

#include <tusker/model/codec.hpp>
#include <tusker/model/result.hpp>

#include <functional>
#include <optional>
#include <string>
#include <utility>

namespace order_demo {

/// A value that stands on one line of a file.
template <class T>
struct ndjson_record {
  std::string place; ///< `orders.ndjson:12`
  T value;
};

/// The next line of the file that is a `T` by its schema; members that the schema does not have are passed over.
/// None at the end. `on_fault` is told of each line before it that is none. Errors: `cli_errc::cannot_read`.
template <tusker::has_schema T>
[[nodiscard]] auto next_record(ndjson_reader& reader, const std::string& file,
                               const std::function<void(const std::string&)>& on_fault)
    -> tusker::result<std::optional<ndjson_record<T>>> {
  for (;;) {
    auto line = reader.next();
    if (!line)
      return tusker::fail(line.error());
    if (!*line)
      return std::nullopt;
    auto place = file + ":" + std::to_string((*line)->number);
    if (!(*line)->fault.empty()) {
      on_fault(place + ": " + (*line)->fault);
      continue;
    }
    auto value = tusker::decode<T>((*line)->text);
    if (value)
      return ndjson_record<T>{std::move(place), std::move(*value)};
    on_fault(place + ": " + value.error().message());
  }
}

} // namespace order_demo
