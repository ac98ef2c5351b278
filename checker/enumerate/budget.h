#pragma once

#include <cstdint>

namespace presproof::enumerate {

/// How much one decision may look at, in conditions evaluated, distances measured and states met; counted, so that the same
/// question is given up at the same point everywhere.
class Budget {
 public:
  static constexpr std::uint64_t kDefault = 20'000'000;
  explicit Budget(std::uint64_t units = kDefault) : units_(units), left_(units) {}

  /// False when that is more than what is left; from then on always.
  bool spend(std::uint64_t units) {
    if (units > left_) exhausted_ = true;
    if (!exhausted_) left_ -= units;
    return !exhausted_;
  }
  [[nodiscard]] bool exhausted() const { return exhausted_; }
  [[nodiscard]] std::uint64_t units() const { return units_; }

 private:
  std::uint64_t units_;
  std::uint64_t left_;
  bool exhausted_ = false;
};

}  // namespace presproof::enumerate
