#pragma once

#include <tusker/persistence/verify_report.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace tusker {

/// Where a verification is. Plain bytes, so that it can lie in memory that outlives the process which walks.
struct verify_place {
  std::array<char, 16> table{};
  std::array<char, 16> unit{};
  std::uint64_t number = 0;
};

/// Where a verification writes down what it finds and where it is.
class verify_notes {
public:
  /// Keeps `faults_max` faults and counts the rest. `place` must outlive this.
  verify_notes(std::size_t faults_max, verify_place& place) : faults_max_(faults_max), place_(place) {}

  /// What is looked at from now on: a table, and what its `step`s count: `offset`, `page`, `entry`.
  void enter(std::string_view table, std::string_view unit) {
    fill(place_.table, table);
    fill(place_.unit, unit);
    place_.number = 0;
  }
  void step(std::uint64_t number) { place_.number = number; }

  void fault(std::string_view table, std::string place, std::string what) {
    if (report_.faults.size() < faults_max_)
      report_.faults.push_back({std::string(table), std::move(place), std::move(what)});
    else
      ++report_.faults_more;
    ++faults_;
  }

  /// How many there were so far: a check is clean when this is after it what it was before.
  [[nodiscard]] auto faults() const -> std::uint64_t { return faults_; }

  [[nodiscard]] auto report() -> verify_report& { return report_; }

private:
  static void fill(std::array<char, 16>& into, std::string_view text) {
    into = {};
    text.copy(into.data(), into.size() - 1);
  }

  std::size_t faults_max_;
  verify_place& place_;
  std::uint64_t faults_ = 0;
  verify_report report_;
};

} // namespace tusker
