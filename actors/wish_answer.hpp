#pragma once

#include <tusker/actors/pending.hpp>
#include <tusker/actors/runtime_errc.hpp>
#include <tusker/model/result.hpp>

#include <memory>
#include <utility>

namespace tusker {

/// The answer to what somebody wants of a node: given once, and by itself when nobody is left to give it.
template <class T>
class wish_answer {
public:
  explicit wish_answer(std::shared_ptr<pending_state<T>> caller) : caller_(std::move(caller)) {}
  wish_answer(const wish_answer&) = delete;
  auto operator=(const wish_answer&) -> wish_answer& = delete;
  ~wish_answer() { (void)caller_->complete(fail(runtime_errc::stopped, "it was ended before it answered")); }

  void complete(result<T> answer) { (void)caller_->complete(std::move(answer)); }

private:
  std::shared_ptr<pending_state<T>> caller_;
};

} // namespace tusker
