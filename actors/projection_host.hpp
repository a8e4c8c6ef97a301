#pragma once

#include <tusker/actors/actor_interfaces.hpp>
#include <tusker/actors/node_context.hpp>
#include <tusker/actors/projection_core.hpp>
#include <tusker/actors/projection_options.hpp>
#include <tusker/actors/projection_status.hpp>
#include <tusker/config/read_store_options.hpp>
#include <tusker/config/runtime_options.hpp>
#include <tusker/model/projection_type.hpp>
#include <tusker/model/result.hpp>
#include <tusker/persistence/journal_reader.hpp>
#include <tusker/persistence/read_store.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tusker {

/// The projections of a runtime and their read store, as the runtime sees them.
///
///   add… ─ open ─ start ─ (status, steer)… ─ stop ─ close
///
/// Safe for threads.
class projection_host {
public:
  /// What is wrong with a projection, `open` says.
  void add(result<projection_type> type, const projection_options& options);

  /// Opens the read store, if there are projections: the one that is given, or the one that the options name, or one in
  /// memory. Without projections one that is there already is opened too, for its checkpoints, if that is possible.
  /// Errors: those of `describe_projection`; `runtime_errc::duplicate_type`; `config_errc::out_of_range`; those of
  /// `open_lmdb_read_store` and of `refuse_checkpoints_ahead`.
  [[nodiscard]] auto open(const runtime_options& options, const journal_reader& journal,
                          std::shared_ptr<read_store> given) -> result<void>;

  /// Where subscriptions keep their checkpoints: the same store, which is opened now if it is not.
  /// REQUIRES: not closed. Errors: those of `open_lmdb_read_store` and of `refuse_checkpoints_ahead`.
  [[nodiscard]] auto checkpoints(const runtime_options& options, const journal_reader& journal)
      -> result<std::shared_ptr<read_store>>;

  void start(caf::actor_system& system, const std::shared_ptr<const node_context>& context);
  /// Tells the actors to end.
  void stop();
  /// The store closes with its last holder. REQUIRES: the actors have ended, or were left behind.
  void close();

  /// Errors: `runtime_errc::unknown_projection`.
  [[nodiscard]] auto status(std::string_view name) const -> result<projection_status>;
  [[nodiscard]] auto statuses() const -> std::vector<projection_status>;

  /// Notes in the read store what is wanted of a projection, and tells it. Errors: `runtime_errc::unknown_projection`,
  /// `stopped`; those of `read_store::set_mode`.
  [[nodiscard]] auto steer(std::string_view name, steer_projection::wish wanted) -> result<void>;

  /// Notes in the read store that a model is to be built, or is not any more, and tells the projection. Errors: those
  /// of `steer`; `runtime_errc::beyond_the_log`; those of `read_store::begin_build`, `abandon_build`.
  [[nodiscard]] auto rebuild(std::string_view name, const rebuild_options& how) -> result<void>;
  [[nodiscard]] auto abandon_rebuild(std::string_view name) -> result<void>;

  /// What a query needs of a projection. Its store is there from `open` to `close`.
  struct served {
    std::shared_ptr<const projection_type> type;
    std::shared_ptr<projection_core> core;
    std::shared_ptr<const read_store> store;
  };
  /// Errors: `runtime_errc::unknown_projection`.
  [[nodiscard]] auto find(std::string_view name) const -> result<served>;
  /// All, by name.
  [[nodiscard]] auto all_served() const -> std::vector<served>;
  /// Makes those that are not in the store yet, with no rows, so that they can be read. Errors: those of
  /// `read_store::add_projection`.
  [[nodiscard]] auto prepare() -> result<void>;

  /// Lets a projection die, or what it reads from.
  void crash(const crash_projection& request);

private:
  struct hosted {
    std::shared_ptr<const projection_type> type;
    projection_options options;
    std::shared_ptr<projection_core> core;
  };

  /// Opens the store, and has it refuse checkpoints that are ahead of the journal. REQUIRES: locked.
  [[nodiscard]] auto open_if_closed(const runtime_options& options, const journal_reader& journal)
      -> result<void>;
  [[nodiscard]] auto status_of(const hosted& projection) const -> projection_status;
  /// The projection, in the store too, if it can be told anything.
  [[nodiscard]] auto running(std::string_view name) -> result<const hosted*>;
  void tell(const hosted& projection, steer_projection::wish wanted);
  [[nodiscard]] auto unknown(std::string_view name) const -> tl::unexpected<error>;

  mutable std::mutex mutex_; // guards what follows
  std::map<std::string, hosted, std::less<>> projections_;
  std::optional<error> fault_; ///< The first thing that was wrong with a projection that was added.
  read_store_limits limits_;
  std::shared_ptr<read_store> store_;
  bool is_open_ = false; ///< The store is there, and its checkpoints were looked at.
  std::shared_ptr<const journal_reader> reader_;
  std::shared_ptr<const position_board> positions_;
  std::shared_ptr<const wall_clock> clock_;
  projection_supervisor supervisor_;
};

} // namespace tusker
