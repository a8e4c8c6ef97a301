#pragma once

#include <tusker/config/journal_options.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/file_descriptor.hpp>

#include <filesystem>
#include <string>
#include <string_view>

namespace tusker {

/// The file `alarm` in a journal's folder: absent or empty while all is well. Who meets something that makes the data
/// doubtful writes a line; the next one who opens the journal verifies it first. The file is opened before anything
/// can go wrong, and written in place, so that raising the alarm needs nothing that a dying process may lack.
class journal_alarm {
public:
  /// How the alarm of a journal begins that was verified and found damaged: it is not opened again.
  static constexpr std::string_view damaged = "damaged: ";

  /// No alarm at all: nobody hears it.
  journal_alarm() = default;

  /// Opens the file; a writer makes it where it is not. A reader may not be allowed to write it: then what it raises
  /// is not heard. Errors: `journal_errc::io_error`, `storage_full`.
  [[nodiscard]] static auto open(const std::filesystem::path& folder, open_mode mode)
      -> result<journal_alarm>;

  /// The last line that says `damaged`; if there is none, what was raised first; empty when all is well.
  /// Errors: `journal_errc::io_error`.
  [[nodiscard]] auto text() const -> result<std::string>;

  /// Adds a line, durably. Safe in signal handlers.
  void raise(std::string_view line) const noexcept { raise(file_.number(), line); }
  static void raise(int file, std::string_view line) noexcept;

  /// Adds a line that says `damaged` and why, durably, unless the alarm says just that. What was raised before stays
  /// in the file, so that nothing is lost if this fails. Errors: `journal_errc::io_error`, `storage_full`.
  [[nodiscard]] auto declare_damaged(std::string_view cause) const -> result<void>;

  /// All is well, durably. Errors: `journal_errc::io_error`.
  [[nodiscard]] auto take_back() const -> result<void>;

  /// The file's descriptor, for handlers; negative when there is none.
  [[nodiscard]] auto descriptor() const -> int { return file_.number(); }

private:
  [[nodiscard]] auto content() const -> result<std::string>;

  journal_alarm(std::filesystem::path path, file_descriptor file)
      : path_(std::move(path)), file_(std::move(file)) {}

  std::filesystem::path path_;
  file_descriptor file_;
};

} // namespace tusker
