#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "presence/document.h"
#include "presence/filter_expression.h"

/// A presence document laid out for watcher filters: its elements in document order, so that a subtree is a range and a
/// parent stands before its children. Selections are evaluated step by step over all elements at once.
namespace presproof::presence {

class FilterTree {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  struct Entry {
    const Element* element = nullptr;
    std::uint32_t parent = kNone;  ///< of the root
    std::uint32_t end = 0;         ///< one past the last element inside
  };

  /// Elements by number: true for the selected ones.
  using ElementSet = std::vector<bool>;

  explicit FilterTree(const Document& document);
  FilterTree(const FilterTree&) = delete;
  FilterTree& operator=(const FilterTree&) = delete;

  /// 0 is <presence>.
  [[nodiscard]] std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }
  [[nodiscard]] const Entry& operator[](std::uint32_t index) const { return entries_[index]; }
  [[nodiscard]] const Element& element(std::uint32_t index) const { return *entries_[index].element; }
  /// The elements directly in one, in order.
  [[nodiscard]] std::vector<std::uint32_t> children(std::uint32_t index) const;
  /// The numbers of <presence>'s children, one for each part.
  [[nodiscard]] const std::vector<std::uint32_t>& parts() const { return parts_; }

  /// The elements that the steps of a selection lead to; when it ends in an attribute, those that have it.
  [[nodiscard]] ElementSet select(const Selection& selection) const;
  [[nodiscard]] ElementSet select_namespace(std::string_view ns) const;

 private:
  void add(const Element& element, std::uint32_t parent);
  [[nodiscard]] ElementSet step(const FilterStep& step, const ElementSet& from, bool from_document) const;
  [[nodiscard]] bool holds(const FilterCondition& condition, std::uint32_t index) const;
  [[nodiscard]] bool holds(const FilterTest& test, std::uint32_t index) const;

  Element root_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> parts_;
};

/// The index of an attribute in an element; nothing when it does not have it.
[[nodiscard]] std::optional<std::size_t> find_attribute(const Element& element, const NameTest& name);

}  // namespace presproof::presence
