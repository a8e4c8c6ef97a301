#pragma once

#include <tusker/model/read_query.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/uuid.hpp>
#include <tusker/persistence/journal_errc.hpp>
#include <tusker/persistence/projection_entry.hpp>
#include <tusker/persistence/read_commit.hpp>
#include <tusker/persistence/read_store_errc.hpp>
#include <tusker/persistence/read_view.hpp>
#include <tusker/persistence/storage_stats.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

struct read_store_info {
  std::string engine;
  std::uint32_t format_version = 0;
  /// The journal whose offsets the store notes.
  uuid journal;
};

/// What `begin_build` does with a build that is there already.
enum class build_start {
  resume, ///< Goes on with it, if it is of the same version.
  afresh, ///< Abandons it.
};

/// A model that is to be built.
struct build_plan {
  /// Of the code that makes its rows.
  projection_version version;
  build_start how = build_start::resume;
  /// Its rows are made of what stands behind: of all of a log that is not here. A build that is gone on with keeps the
  /// offsets that it has reached.
  std::map<log_id, log_offset> from = {};
};

/// The rows of all projections, each with the offset up to which they are made of the journal: rows and offset commit
/// together. Nothing here is the truth: a store that is lost or damaged is thrown away and built anew from the
/// journal. So a commit that was acknowledged may be gone after power loss (never half of it), and is made again.
///
/// Reads may be made from any thread at any time, and see whole commits only. Writes may come from any thread too, and
/// are made one after the other. Writes fail, besides what stands at each, with `journal_errc::storage_full` (nothing
/// was written; try again later), `io_error` (unknown; the store takes nothing more until it is opened again),
/// `corrupt`, `read_only`; reads with `io_error`, `corrupt`, `too_many_readers`.
class read_store {
public:
  read_store() = default;
  read_store(const read_store&) = delete;
  auto operator=(const read_store&) -> read_store& = delete;
  virtual ~read_store() = default;

  // Projections and their models.

  /// Makes a projection with an empty model that serves, unless it is there; returns it as it is now. A projection
  /// that is there keeps its version: whoever brings another one begins a build.
  /// Errors: `read_store_errc::invalid`, `too_large` for its name.
  [[nodiscard]] virtual auto add_projection(std::string_view projection, projection_version version)
      -> result<projection_entry> = 0;

  /// Takes a log over for a projection: if its epoch is still `seen` it becomes the next one, and who had it before is
  /// fenced. Errors: `read_store_errc::unknown_projection`.
  [[nodiscard]] virtual auto claim(std::string_view projection, log_id log, epoch seen)
      -> result<claim_verdict> = 0;

  /// Makes a second, empty model beside the one that serves, and returns its number.
  /// Errors: `read_store_errc::unknown_projection`.
  [[nodiscard]] virtual auto begin_build(std::string_view projection, const build_plan& plan)
      -> result<model_number> = 0;

  /// Lets the model that was built serve, and drops the other one. The caller knows that it has caught up.
  /// Errors: `read_store_errc::unknown_projection`; `unknown_model` when that is not the one that is being built.
  [[nodiscard]] virtual auto switch_model(std::string_view projection, model_number built)
      -> result<void> = 0;

  /// Drops the model that is being built, if there is one. Errors: `read_store_errc::unknown_projection`.
  [[nodiscard]] virtual auto abandon_build(std::string_view projection) -> result<void> = 0;

  /// Drops a projection with its models and epochs, if it is there.
  [[nodiscard]] virtual auto drop_projection(std::string_view projection) -> result<void> = 0;

  /// Errors: `read_store_errc::unknown_projection`.
  [[nodiscard]] virtual auto set_mode(std::string_view projection, projection_mode mode) -> result<void> = 0;

  /// Notes what stopped a projection, cut off after `last_error_bytes_max`; empty takes it back.
  /// Errors: `read_store_errc::unknown_projection`.
  [[nodiscard]] virtual auto set_last_error(std::string_view projection, std::string_view what)
      -> result<void> = 0;
  static constexpr std::size_t last_error_bytes_max = 4'096;

  // Rows.

  /// Makes all writes of a commit and notes its offset, or does nothing at all.
  /// Errors: `read_store_errc::too_large`, `invalid`.
  [[nodiscard]] virtual auto commit(const read_commit& step) -> result<commit_verdict> = 0;

  /// Frees the space of what was dropped or cleared, in a commit of its own: at most `entries_max` rows and index
  /// entries. Returns how many it freed; 0 when nothing is left.
  [[nodiscard]] virtual auto sweep(std::size_t entries_max) -> result<std::size_t> = 0;

  // Reads.

  [[nodiscard]] virtual auto info() const -> result<read_store_info> = 0;

  /// All projections, by name.
  [[nodiscard]] virtual auto projections() const -> result<std::vector<projection_entry>> = 0;

  [[nodiscard]] virtual auto find_projection(std::string_view projection) const
      -> result<std::optional<projection_entry>> = 0;

  /// A model as it is now. Errors: `read_store_errc::unknown_model`.
  [[nodiscard]] virtual auto view(model_number model) const -> result<std::unique_ptr<read_view>> = 0;

  /// The model of a projection that serves now. Errors: `read_store_errc::unknown_projection`.
  [[nodiscard]] virtual auto view(std::string_view projection) const
      -> result<std::unique_ptr<read_view>> = 0;

  /// How full the storage is and who reads it.
  [[nodiscard]] virtual auto storage() const -> result<storage_stats> = 0;

  // One question in a view of its own. Errors: those of `view` and of the view.

  [[nodiscard]] auto get(model_number model, std::string_view table, std::string_view key) const
      -> result<std::optional<std::string>>;
  [[nodiscard]] auto scan(model_number model, const scan_request& request) const -> result<scan_slice>;
  [[nodiscard]] auto count(model_number model, const count_request& request) const -> result<row_count>;
  [[nodiscard]] auto digest(model_number model) const -> result<std::string>;
};

} // namespace tusker
