#pragma once

#include <tusker/model/result.hpp>
#include <tusker/model/saga_input.hpp>
#include <tusker/model/saga_machine.hpp>
#include <tusker/model/saga_step.hpp>

#include <cstdint>
#include <vector>

namespace tusker {

/// A declaration together with one instance's data, seen without its types. What is evolved is tried out: until `keep`
/// it can be taken back; the script speaks of it already.
class saga_data : public saga_script {
public:
  /// Of the declaration.
  [[nodiscard]] virtual auto version() const -> std::uint32_t = 0;

  /// Takes an event into the data, by way of its upcasters; one that the declaration does not know changes nothing.
  /// Errors: those of the chain and of the codec.
  [[nodiscard]] virtual auto evolve(const saga_event& event) -> result<void> = 0;
  /// What an event means to the steps. Valid as long as the declaration. Errors: as above.
  [[nodiscard]] virtual auto meanings(const saga_event& event) const -> result<std::vector<saga_meaning>> = 0;

  virtual void keep() = 0;
  virtual void take_back() = 0;
};

} // namespace tusker
