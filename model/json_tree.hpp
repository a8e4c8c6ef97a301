#pragma once

#include <tusker/model/result.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace tusker {

/// A JSON value that can be changed; members keep their order. Only where events of old versions are rewritten: what
/// is current is read by `json_document` and written by `json_writer`, without a tree.
using json_tree = nlohmann::ordered_json;

/// How deep a tree may nest: whoever walks it does so on the stack.
inline constexpr std::size_t json_tree_depth_max = 200;

/// Reads what `json_document::parse` reads, by the same rules. Errors: `model_errc::malformed_json`;
/// `schema_mismatch` when it nests deeper than `json_tree_depth_max`.
[[nodiscard]] auto parse_tree(std::string_view text) -> result<json_tree>;

/// The same tree gives the same bytes. Errors: `model_errc::not_encodable`: text that is not UTF-8, a number that is
/// not finite, binary data, or too deep.
[[nodiscard]] auto write_tree(const json_tree& tree) -> result<std::string>;

} // namespace tusker
