#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace tusker::fuzz {

/// Inputs are at most this long, in bytes.
inline constexpr std::size_t input_bytes_max = 4'096;

/// Makes inputs of inputs: the same sequence for the same seed and corpus, on every machine.
class mutator {
public:
  /// REQUIRES: a corpus that is not empty and outlives the mutator.
  mutator(const std::vector<std::string>& corpus, std::uint64_t seed) : corpus_(corpus), engine_(seed) {}

  /// One of the corpus with one to four changes.
  [[nodiscard]] auto next() -> std::string;

private:
  auto below(std::size_t bound) -> std::size_t { return static_cast<std::size_t>(engine_() % bound); }
  auto any_of_corpus() -> const std::string& { return corpus_[below(corpus_.size())]; }
  void change(std::string& input);
  void flip_bit(std::string& input);
  void put_number(std::string& input);
  void put_token(std::string& input);
  void remove_part(std::string& input);
  void repeat_part(std::string& input);
  void insert_noise(std::string& input);
  void splice(std::string& input);

  const std::vector<std::string>& corpus_;
  std::mt19937_64 engine_;
};

} // namespace tusker::fuzz
