#pragma once

#include <tusker/actors/pending.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/result.hpp>

#include <cstdint>
#include <memory>
#include <utility>

namespace tusker {

/// The answer to what somebody wants of a subscriber: given once, and by itself when nobody is left to give it.
class delivery_answer {
public:
  explicit delivery_answer(std::shared_ptr<pending_state<std::uint64_t>> caller)
      : caller_(std::move(caller)) {}
  delivery_answer(const delivery_answer&) = delete;
  auto operator=(const delivery_answer&) -> delivery_answer& = delete;
  ~delivery_answer() {
    (void)caller_->complete(fail(runtime_errc::stopped, "it was ended before it answered"));
  }

  void complete(result<std::uint64_t> answer) { (void)caller_->complete(std::move(answer)); }

private:
  std::shared_ptr<pending_state<std::uint64_t>> caller_;
};

} // namespace tusker
