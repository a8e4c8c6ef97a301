#pragma once

#include <tusker/actors/delivery_answer.hpp>
#include <tusker/actors/subscriber_core.hpp>
#include <tusker/actors/subscriber_options.hpp>
#include <tusker/actors/ticket.hpp>
#include <tusker/model/delivery_context.hpp>
#include <tusker/model/position.hpp>
#include <tusker/model/recorded_event.hpp>
#include <tusker/model/result.hpp>
#include <tusker/model/subscriber_type.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tusker {

/// To a subscriber itself: look where it is, and begin.
struct open_delivery {};

/// To a subscriber itself: something may be due. Only the last one that was sent counts.
struct delivery_tick {
  std::uint64_t count = 0;
};

/// To a worker: handle this.
struct handle_message {
  ticket number;
  std::shared_ptr<const recorded_event> message;
  delivery_attempt attempt;
};

/// From a worker, or from the subscriber itself: what came of it.
struct message_handled {
  ticket number;
  delivery_outcome outcome;
};

/// What somebody wants of a subscriber.
struct steer_delivery {
  enum class wish {
    pause,
    resume,
    retry,  ///< The dead letters at `offsets`; the answer is how many.
    drop,   ///< The same, for good, because of `reason`.
    remove, ///< It is not to be any more.
    end,    ///< Finish what is in flight, store where it is, and end.
  };

  std::string subscriber;
  wish wanted = wish::pause;
  std::vector<log_offset> offsets = {};
  std::string reason = {};
  std::shared_ptr<delivery_answer> answer;
};

/// What a subscriber's actor is made of.
struct delivery_parts {
  std::shared_ptr<const subscriber_type> type;
  subscriber_options options = {};
  std::shared_ptr<subscriber_core> core;
};

/// To the subscribers' supervisor: there is one more.
struct host_delivery {
  delivery_parts parts;
};

/// To the subscribers' supervisor from itself: the time to start this one again has come.
struct restart_delivery {
  std::string subscriber;
};

/// By a test: let the subscriber, what it reads from, or one of its workers, if it has any, die as if it had crashed.
struct crash_delivery {
  enum class part { whole, reader, worker };

  std::string subscriber;
  part dying = part::whole;
  std::size_t worker = 0;
};

} // namespace tusker
