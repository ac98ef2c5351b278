#include "smt/finite_variable.h"

#include <bit>

#include <fmt/format.h>

#include "base/fault.h"

namespace presproof::smt {

FiniteVariable::FiniteVariable(TermStore& terms, const std::string& name, std::uint32_t size) : terms_(&terms), size_(size) {
  const int bits = size <= 1 ? 0 : std::bit_width(size - (seeded(Fault::variable_one_bit_short) ? 2 : 1));
  for (int bit = 0; bit < bits; ++bit) bits_.push_back(terms.variable(fmt::format("{}.{}", name, bit)));
}

Term FiniteVariable::block(std::uint32_t level, std::uint64_t index) {
  const auto depth = static_cast<std::uint32_t>(bits_.size());
  if (level >= depth) return kTrue;
  const std::uint64_t key = index << 6 | level;
  if (const auto known = blocks_.find(key); known != blocks_.end()) return known->second;
  const Term literal = (index & 1) != 0 ? bits_[level] : !bits_[level];
  const Term term = terms_->both(block(level + 1, index >> 1), literal);  // at most 32 levels deep
  blocks_.emplace(key, term);
  return term;
}

Term FiniteVariable::in(CellSet::Range range) {
  std::vector<Term> blocks;
  std::uint64_t first = range.first;
  std::uint64_t end = range.end;
  for (std::uint32_t level = 0; first < end; ++level, first >>= 1, end >>= 1) {
    if (level == bits_.size()) {
      blocks.push_back(kTrue);
      break;
    }
    if (first & 1) blocks.push_back(block(level, first++));
    if (end & 1) blocks.push_back(block(level, --end));
  }
  return terms_->any_of(std::move(blocks));
}

Term FiniteVariable::in(const CellSet& set) {
  std::vector<Term> ranges;
  for (const CellSet::Range& range : set.ranges()) ranges.push_back(range.first == 0 && range.end == size_ ? kTrue : in(range));
  return terms_->any_of(std::move(ranges));
}

std::uint32_t FiniteVariable::value_in(const Valuation& values) const {
  std::uint32_t value = 0;
  for (std::size_t bit = 0; bit < bits_.size(); ++bit) {
    if (holds(values, bits_[bit])) value |= std::uint32_t{1} << bit;
  }
  return value;
}

void FiniteVariable::set(std::uint32_t value, Valuation& values) const {
  for (std::size_t bit = 0; bit < bits_.size(); ++bit) values[bits_[bit].node()] = (value >> bit & 1) != 0;
}

}  // namespace presproof::smt
