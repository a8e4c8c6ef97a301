#pragma once

#include <tusker/config/read_store_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_alarm.hpp>

#include <filesystem>
#include <string_view>

namespace tusker {

/// Decides whether a read store's data may be mapped. Meta pages are always read beforehand. Where the alarm was raised
/// or the file is too short, a writer looks at the structure of all pages with `pread`: a store that is found sound
/// gets its alarm taken back, one that is not is refused from now on. A reader refuses both, since beside a writer it
/// cannot look. What the pages hold is not verified: each value has its checksum, and nothing here is the truth.
/// Errors: `journal_errc::corrupt`, `io_error`. REQUIRES: there are data; a writer holds the owner's lock.
[[nodiscard]] auto admit_read_store(const read_store_options& options, const journal_alarm& alarm)
    -> result<void>;

/// Refuses the folder of a journal, which nobody is to be told to delete. Errors: `journal_errc::unsupported_format`.
[[nodiscard]] auto check_is_no_journal(const std::filesystem::path& directory) -> result<void>;

/// `journal_errc::corrupt`, with what is damaged in the store in that folder and what to do about it.
[[nodiscard]] auto damaged_read_store(const std::filesystem::path& directory, std::string_view cause)
    -> error;

/// The same failure, and if it is damage what to do about it.
[[nodiscard]] auto with_advice(const std::filesystem::path& directory, const error& failure) -> error;

/// What is to be done with a store that cannot be used: the end of a message.
inline constexpr std::string_view read_store_advice =
    "; nothing in it is the truth: delete the folder, and its projections are built anew from the journal";

} // namespace tusker
