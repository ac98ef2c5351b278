#pragma once

// Included by document.h; not for others.

#include <cstddef>
#include <cstdint>
#include <iterator>

#include "xml/document.h"

namespace presproof::xml {

/// The child elements of an element, in order: an input range of Element values.
class ChildRange {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Element;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Element;

    Iterator() = default;
    Iterator(const Document* document, std::uint32_t node, std::uint32_t end)
        : document_(document), node_(node), end_(end) {}
    [[nodiscard]] Element operator*() const;
    Iterator& operator++();
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const Document* document_ = nullptr;
    std::uint32_t node_ = 0;
    std::uint32_t end_ = 0;
  };

  ChildRange(Iterator begin, Iterator end) : begin_(begin), end_(end) {}
  [[nodiscard]] Iterator begin() const { return begin_; }
  [[nodiscard]] Iterator end() const { return end_; }
  [[nodiscard]] bool empty() const { return begin_ == end_; }

 private:
  Iterator begin_;
  Iterator end_;
};

/// All child nodes of an element, in order: an input range of Node values. The text of a processing instruction is
/// its target, then a space and its data when it has any.
class NodeRange {
 public:
  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Node;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using reference = Node;

    Iterator() = default;
    Iterator(const Document* document, std::uint32_t node) : document_(document), node_(node) {}
    [[nodiscard]] Node operator*() const;
    Iterator& operator++();
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator&, const Iterator&) = default;

   private:
    const Document* document_ = nullptr;
    std::uint32_t node_ = 0;
  };

  NodeRange(Iterator begin, Iterator end) : begin_(begin), end_(end) {}
  [[nodiscard]] Iterator begin() const { return begin_; }
  [[nodiscard]] Iterator end() const { return end_; }
  [[nodiscard]] bool empty() const { return begin_ == end_; }

 private:
  Iterator begin_;
  Iterator end_;
};

}  // namespace presproof::xml
