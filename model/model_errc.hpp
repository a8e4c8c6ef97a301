#pragma once

#include <system_error>

namespace tusker {

/// What can go wrong in the model: with names, ids and the bytes of messages.
enum class model_errc {
  malformed_json = 1,     ///< The bytes are not JSON (RFC 8259) in UTF-8.
  schema_mismatch,        ///< The JSON lacks a field that the schema has, or has another kind of value in it.
  not_encodable,          ///< A value JSON cannot hold: text that is not UTF-8, a number that is not finite.
  unknown_event_type,     ///< A stored event whose type nobody declared.
  unknown_command_type,   ///< A command whose type the aggregate does not handle.
  unknown_rejection_type, ///< A recorded rejection whose type nobody declared.
  unsupported_schema_version, ///< The type is known, this version of it is not.
  malformed_id,               ///< Not a UUID.
  malformed_time,             ///< Not an RFC 3339 time.
  invalid_name,               ///< A name with characters or a length that are not allowed.
  invalid_upcasters, ///< Steps that do not lead from old events to today's; the message names the one.
  upcast_failed,     ///< A step threw, or gave something that is no event.
  row_not_found,     ///< A projection changes a row that is not there.
  row_key_changed,   ///< A projection changes a row in a member of its key, which would make it another row.
  unknown_index, ///< A table is read by an index that it does not have. The message names those that it has.
  foreign_token, ///< A page is asked for behind what is no page of the same rows in the same order.
  invalid_saga,  ///< A declaration of a saga that cannot be; the message says what is wrong with it.
};

[[nodiscard]] auto model_category() noexcept -> const std::error_category&;
[[nodiscard]] auto make_error_code(model_errc code) noexcept -> std::error_code;

} // namespace tusker

template <>
struct std::is_error_code_enum<tusker::model_errc> : std::true_type {};
