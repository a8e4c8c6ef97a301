#include <tusker/http/http_server.hpp>

#include <tusker/http/accept_pause.hpp>
#include <tusker/http/http_connection.hpp>
#include <tusker/http/http_errc.hpp>
#include <tusker/http/http_listener.hpp>
#include <tusker/http/http_workers.hpp>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <map>
#include <mutex>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <optional>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace tusker {

namespace {

using clock = http_connection::clock;

/// Connections past the limit that are told so at one time; past it none is taken.
constexpr std::size_t refused_connections_max = 32;

auto busy(int status, const std::string& message) -> http_response {
  auto response = error_response(status, "overloaded", message);
  response.headers.emplace_back("Retry-After", "1");
  return response;
}

} // namespace

class http_server::impl {
public:
  impl(const http_options& options, http_service service, http_listener listener)
      : options_(options), service_(std::move(service)), listener_(std::move(listener)),
        bell_(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    options_.listen = listener_.address;
    workers_.emplace(options_.workers, options_.queue_max, service_,
                     [this](numbered_answer answer) { hand_back(std::move(answer)); });
    thread_ = std::thread([this] { run(); });
  }

  impl(const impl&) = delete;
  auto operator=(const impl&) -> impl& = delete;

  ~impl() {
    (void)stop();
    workers_.reset(); // before the bell that they ring
  }

  [[nodiscard]] auto address() const -> const http_address& { return options_.listen; }

  [[nodiscard]] auto stats() const -> http_server_stats {
    return {open_connections_, requests_, refused_, connections_refused_, accepts_failed_};
  }

  auto stop() -> result<void> {
    std::lock_guard lock(stop_mutex_);
    if (!thread_.joinable())
      return stopped_;
    is_stopping_ = true;
    ring();
    thread_.join();
    if (unanswered_ > 0)
      stopped_ = fail(http_errc::not_stopped, std::to_string(unanswered_) +
                                                  " requests were not answered when the server had to stop");
    return stopped_;
  }

private:
  void ring() { (void)::eventfd_write(bell_.get(), 1); }

  /// Called by the workers.
  void hand_back(numbered_answer answer) {
    {
      std::lock_guard lock(answers_mutex_);
      answers_.push_back(std::move(answer));
    }
    ring();
  }

  void run() {
    std::optional<clock::time_point> stop_by;
    for (;;) {
      wait(stop_by);
      auto now = clock::now();
      if (is_stopping_ && !stop_by) {
        stop_by = now + options_.stop_timeout;
        listener_.socket.reset();
      }
      take_answers(now);
      for (auto& [number, connection] : connections_)
        look_after(number, connection, now, stop_by.has_value());
      forget_ended();
      if (!stop_by)
        accept_some(now);
      else if (connections_.empty() || now >= *stop_by)
        break;
    }
    unanswered_ =
        static_cast<std::size_t>(std::count_if(connections_.begin(), connections_.end(),
                                               [](const auto& each) { return each.second.is_answering(); }));
    connections_.clear();
    open_connections_ = 0;
  }

  /// Waits until a socket is ready, an answer is there, or a deadline has passed.
  void wait(const std::optional<clock::time_point>& stop_by) {
    waiting_.clear();
    waiting_.push_back({bell_.get(), POLLIN, 0});
    auto until = stop_by;
    auto pause = accept_pause_.until(clock::now());
    if (pause && (!until || *pause < *until))
      until = pause;
    auto takes_more = !pause && connections_.size() < options_.connections_max + refused_connections_max;
    waiting_.push_back({takes_more ? listener_.socket.get() : -1, POLLIN, 0});
    for (const auto& [number, connection] : connections_) {
      auto events = connection.wanted_events();
      waiting_.push_back({events == 0 ? -1 : connection.socket(), events, 0});
      if (auto deadline = connection.deadline(); deadline && (!until || *deadline < *until))
        until = deadline;
    }
    auto timeout = -1;
    if (until) {
      auto left = std::chrono::ceil<std::chrono::milliseconds>(*until - clock::now()).count();
      timeout = static_cast<int>(std::clamp<std::int64_t>(left, 0, 60'000));
    }
    if (::poll(waiting_.data(), waiting_.size(), timeout) < 0)
      for (auto& each : waiting_)
        each.revents = 0;
    ready_.clear();
    auto at = waiting_.begin() + 2;
    for (const auto& [number, connection] : connections_)
      if ((at++)->revents != 0)
        ready_.push_back(number);
    eventfd_t rung = 0;
    (void)::eventfd_read(bell_.get(), &rung);
  }

  void take_answers(clock::time_point now) {
    std::vector<numbered_answer> answers;
    {
      std::lock_guard lock(answers_mutex_);
      answers.swap(answers_);
    }
    for (auto& [number, answer] : answers)
      if (auto found = connections_.find(number); found != connections_.end())
        found->second.answer(std::move(answer), now);
  }

  void look_after(std::uint64_t number, http_connection& connection, clock::time_point now,
                  bool is_stopping) {
    if (std::binary_search(ready_.begin(), ready_.end(), number))
      connection.on_ready(now);
    if (auto deadline = connection.deadline(); deadline && *deadline <= now)
      connection.on_deadline(now);
    refused_ += connection.take_refusals();
    hand_out(number, connection, now);
    if (is_stopping)
      connection.finish(now);
  }

  void hand_out(std::uint64_t number, http_connection& connection, clock::time_point now) {
    while (auto request = connection.take_request()) {
      if (request->refusal) {
        ++refused_;
        connection.answer(std::move(*request->refusal), now);
        continue;
      }
      ++requests_; // before the answer, which may come at once
      if (workers_->offer({number, std::move(*request)}))
        return;
      --requests_;
      ++refused_;
      // The request was read as a whole, so the connection can go on, perhaps with one that was sent along.
      connection.answer(to_wire(busy(429, "too many requests wait: try again"), false), now);
    }
  }

  void forget_ended() {
    std::erase_if(connections_, [](const auto& each) { return each.second.is_over(); });
    open_connections_ = connections_.size();
  }

  /// A few at a time, so that those that are there have their turn.
  void accept_some(clock::time_point now) {
    for (auto left = 16; left > 0 && !accept_pause_.is_on(now); --left) {
      if (connections_.size() >= options_.connections_max + refused_connections_max)
        return;
      socket_handle taken(::accept4(listener_.socket.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
      if (auto why = errno; !taken.is_open()) {
        // Without a descriptor it fails whether somebody waits or not.
        if (!somebody_waits())
          return;
        if ((why == EMFILE || why == ENFILE) && make_room())
          continue;
        return note_failed_accept(why, now);
      }
      int yes = 1;
      (void)::setsockopt(taken.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
      auto is_too_many = connections_.size() >= options_.connections_max && !make_room();
      auto& connection =
          connections_.try_emplace(++last_number_, std::move(taken), options_, service_, now).first->second;
      if (is_too_many) {
        ++connections_refused_;
        connection.refuse(busy(503, "too many connections: try again"), now);
        (void)connection.take_refusals();
      }
    }
  }

  [[nodiscard]] auto somebody_waits() const -> bool {
    pollfd listener{listener_.socket.get(), POLLIN, 0};
    return ::poll(&listener, 1, 0) > 0;
  }

  /// Closes the connection that has been without a request for the longest time, as it would be closed when its time is
  /// over. Returns whether there was one.
  auto make_room() -> bool {
    auto longest = connections_.end();
    for (auto at = connections_.begin(); at != connections_.end(); ++at) {
      auto& connection = at->second;
      if (connection.is_idle() &&
          (longest == connections_.end() || *connection.deadline() < *longest->second.deadline()))
        longest = at;
    }
    // A request may have come since all were looked at; it is not thrown away.
    if (longest == connections_.end() || !longest->second.is_silent())
      return false;
    connections_.erase(longest);
    return true;
  }

  void note_failed_accept(int why, clock::time_point now) {
    // None waits, or the one that waited is gone: neither leaves the listener as it was.
    if (why == EAGAIN || why == EWOULDBLOCK || why == EINTR || why == ECONNABORTED)
      return;
    ++accepts_failed_;
    if (!accept_pause_.begin(now) || !service_.log)
      return;
    service_.log({log_level::warning,
                  log_component::http,
                  "connections cannot be taken",
                  {{"listen", to_string(options_.listen)},
                   {"failure", std::generic_category().message(why)},
                   {"connections", std::to_string(connections_.size())}}});
  }

  http_options options_;
  http_service service_;
  http_listener listener_;
  socket_handle bell_; ///< Wakes the thread that waits.
  std::mutex answers_mutex_;
  std::vector<numbered_answer> answers_;
  std::optional<http_workers> workers_;

  // Of the thread alone.
  std::map<std::uint64_t, http_connection> connections_;
  std::uint64_t last_number_ = 0;
  accept_pause accept_pause_;
  std::vector<pollfd> waiting_;
  std::vector<std::uint64_t> ready_; ///< In order.
  std::size_t unanswered_ = 0;

  std::atomic<std::uint64_t> open_connections_{0};
  std::atomic<std::uint64_t> requests_{0};
  std::atomic<std::uint64_t> refused_{0};
  std::atomic<std::uint64_t> connections_refused_{0};
  std::atomic<std::uint64_t> accepts_failed_{0};
  std::atomic<bool> is_stopping_{false};
  std::mutex stop_mutex_;
  result<void> stopped_;
  std::thread thread_;
};

http_server::http_server(std::unique_ptr<impl> made) : impl_(std::move(made)) {}
http_server::http_server(http_server&&) noexcept = default;
auto http_server::operator=(http_server&&) noexcept -> http_server& = default;
http_server::~http_server() = default;

auto http_server::open(const http_options& options, http_service service) -> result<http_server> {
  if (auto checked = check(options); !checked)
    return fail(checked.error());
  return listen_at(options.listen).map([&](http_listener listener) {
    return http_server(std::make_unique<impl>(options, std::move(service), std::move(listener)));
  });
}

auto http_server::address() const -> const http_address& {
  return impl_->address();
}

auto http_server::stats() const -> http_server_stats {
  return impl_->stats();
}

auto http_server::stop() -> result<void> {
  return impl_->stop();
}

} // namespace tusker
