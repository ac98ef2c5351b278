#include "presence/watcher_filter.h"

#include <algorithm>
#include <array>

#include "base/overloaded.h"
#include "presence/filter_tree.h"
#include "presence/geopriv.h"
#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

namespace ns = xml::ns;

/// What is kept of an element.
struct Mark {
  bool kept = false;
  bool text = false;             ///< its own text
  std::vector<bool> attributes;  ///< by index
};

struct RequiredChild {
  std::string_view parent_ns;
  std::string_view parent;
  std::string_view child_ns;
  std::string_view child;
};
/// Of the schemas of RFC 3863, 4479 and 4119.
constexpr std::array kRequiredChildren = {
    RequiredChild{ns::kPidf, "tuple", ns::kPidf, "status"},
    RequiredChild{ns::kDataModel, "device", ns::kDataModel, "deviceID"},
    RequiredChild{ns::kGeopriv, "geopriv", ns::kGeopriv, "location-info"},
    RequiredChild{ns::kGeopriv, "geopriv", ns::kGeopriv, "usage-rules"},
};

struct ElementName {
  std::string_view ns;
  std::string_view local;
};
/// RFC 3863 section 4.1.3: a <status> has at least one child. So have <location-info> and <provided-by> of RFC 4119,
/// and, not counting notes, these of RFC 4480.
constexpr std::array kNeverEmpty = {
    ElementName{ns::kPidf, "status"},         ElementName{ns::kGeopriv, "location-info"},
    ElementName{ns::kGeopriv, "provided-by"}, ElementName{ns::kRpid, "mood"},
    ElementName{ns::kRpid, "place-type"},     ElementName{ns::kRpid, "service-class"}};

bool is_never_empty(const Element& element) {
  return std::any_of(kNeverEmpty.begin(), kNeverEmpty.end(),
                     [&](const ElementName& name) { return element.is(name.ns, name.local); });
}

/// Those whose schema allows them without children: what belongs to them may all be filtered out.
bool is_container(const Element& element) {
  return element.is(ns::kPidf, "presence") || element.is(ns::kPidf, "tuple") || element.is(ns::kDataModel, "person") ||
         element.is(ns::kDataModel, "device");
}

bool is_note(const Element& element) { return element.local == "note"; }

/// One filter at work on one document.
class Projection {
 public:
  explicit Projection(const FilterTree& tree) : tree_(&tree), marks_(tree.size()) {
    for (std::uint32_t index = 0; index < tree.size(); ++index)
      marks_[index].attributes.resize(tree.element(index).attributes.size());
  }

  void keep_everything() { keep_whole(0); }

  void include(const ContentRule& rule) {
    std::visit(Overloaded{
                   [&](const Selection& selection) { include_selection(selection); },
                   [&](const ContentRule::Namespace& name) { include_namespace(name.ns); },
               },
               rule.what);
  }

  /// RFC 4661 section 3.5.1: "all other mandatory XML elements and/or attributes must be incorporated".
  void add_required() {
    for (std::uint32_t index = 0; index < tree_->size(); ++index) {
      if (!marks_[index].kept) continue;
      if (is_shape_element(tree_->element(index))) {  // all of a shape or nothing; ancestors of kept elements are kept
        keep_whole(index);
        index = (*tree_)[index].end - 1;
        continue;
      }
      add_required_children(index);
      if (is_never_empty(tree_->element(index)) && !has_content(marks_, index)) keep_content(index);
    }
  }

  /// RFC 4661 section 3.5.2: a step that leaves an invalid document "MUST be reversed".
  void exclude(const ContentRule& rule) {
    std::vector<Mark> after = marks_;
    std::visit(Overloaded{
                   [&](const Selection& selection) { exclude_selection(selection, after); },
                   [&](const ContentRule::Namespace& name) { drop_elements(tree_->select_namespace(name.ns), after); },
               },
               rule.what);
    if (stays_valid(after)) marks_ = std::move(after);
  }

  [[nodiscard]] Document result(const Document& document) const {
    Document result;
    result.entity = document.entity;
    for (std::size_t part = 0; part < document.parts.size(); ++part) {
      const std::uint32_t index = tree_->parts()[part];
      if (!marks_[index].kept) continue;
      Part kept = document.parts[part];
      kept.element = rebuilt(index);
      const std::string_view stamp_ns = kept.kind == PartKind::service ? ns::kPidf : ns::kDataModel;
      if (kept.element.child(stamp_ns, "timestamp") == nullptr) kept.timestamp.reset();
      result.parts.push_back(std::move(kept));
    }
    return result;
  }

 private:
  void keep_own(std::uint32_t index) {
    Mark& mark = marks_[index];
    mark.kept = true;
    mark.text = true;
    mark.attributes.assign(mark.attributes.size(), true);
  }

  /// The element with all that is in it, and its ancestors.
  void keep_whole(std::uint32_t index) {
    for (std::uint32_t inner = index; inner < (*tree_)[index].end; ++inner) keep_own(inner);
    keep_ancestors(index);
  }

  /// Ancestors keep their attributes: which of them their schemas require is not known for all.
  void keep_ancestors(std::uint32_t index) {
    for (std::uint32_t above = (*tree_)[index].parent; above != FilterTree::kNone; above = (*tree_)[above].parent) {
      Mark& mark = marks_[above];
      mark.kept = true;
      mark.attributes.assign(mark.attributes.size(), true);
    }
  }

  void include_selection(const Selection& selection) {
    const auto selected = tree_->select(selection);
    for (std::uint32_t index = 0; index < tree_->size(); ++index) {
      if (!selected[index]) continue;
      if (selection.attribute) {
        keep_attribute(index, *selection.attribute);
      } else {
        keep_whole(index);
        index = (*tree_)[index].end - 1;
      }
    }
  }

  /// The attribute, the `id` beside it, and the text of an element without children, which its type may require.
  void keep_attribute(std::uint32_t index, const NameTest& name) {
    const Element& element = tree_->element(index);
    Mark& mark = marks_[index];
    mark.kept = true;
    mark.text = mark.text || (*tree_)[index].end == index + 1;
    for (const NameTest& kept : {name, NameTest{false, {}, "id"}, NameTest{false, {}, "entity"}}) {
      if (const auto attribute = find_attribute(element, kept)) mark.attributes[*attribute] = true;
    }
    keep_ancestors(index);
  }

  void include_namespace(std::string_view name) {
    const auto selected = tree_->select_namespace(name);
    for (std::uint32_t index = 0; index < tree_->size(); ++index) {
      if (!selected[index]) continue;
      keep_own(index);
      keep_ancestors(index);
    }
    // An element that consists of other namespaces' elements alone says nothing without them, and may be invalid.
    for (std::uint32_t index = 0; index < tree_->size(); ++index) {
      if (selected[index] && !is_container(tree_->element(index)) && !tree_->element(index).is(ns::kPidf, "status") &&
          !has_content(marks_, index)) {
        keep_whole(index);
      }
    }
  }

  void add_required_children(std::uint32_t index) {
    const Element& element = tree_->element(index);
    for (const RequiredChild& row : kRequiredChildren) {
      if (!element.is(row.parent_ns, row.parent)) continue;
      for (const std::uint32_t child : tree_->children(index)) {
        if (!tree_->element(child).is(row.child_ns, row.child) || marks_[child].kept) continue;
        if (is_never_empty(tree_->element(child))) {
          keep_own(child);  // its own content follows when its turn comes
        } else {
          keep_whole(child);
        }
      }
    }
  }

  /// For an element that must not be empty: <basic> of a <status>, else all that is in it.
  void keep_content(std::uint32_t index) {
    for (const std::uint32_t child : tree_->children(index)) {
      if (!tree_->element(index).is(ns::kPidf, "status") || !tree_->element(child).is(ns::kPidf, "basic")) continue;
      keep_whole(child);
      return;
    }
    keep_whole(index);
  }

  /// Whether a kept element has a kept child that is no note.
  [[nodiscard]] bool has_content(const std::vector<Mark>& marks, std::uint32_t index) const {
    for (const std::uint32_t child : tree_->children(index)) {
      if (marks[child].kept && !is_note(tree_->element(child))) return true;
    }
    return false;
  }

  void exclude_selection(const Selection& selection, std::vector<Mark>& marks) const {
    const auto selected = tree_->select(selection);
    if (!selection.attribute) return drop_elements(selected, marks);
    for (std::uint32_t index = 0; index < tree_->size(); ++index) {
      if (!selected[index]) continue;
      if (const auto attribute = find_attribute(tree_->element(index), *selection.attribute))
        marks[index].attributes[*attribute] = false;
    }
  }

  void drop_elements(const FilterTree::ElementSet& selected, std::vector<Mark>& marks) const {
    for (std::uint32_t index = 0; index < tree_->size(); ++index) {
      const std::uint32_t parent = (*tree_)[index].parent;
      if (selected[index] || (parent != FilterTree::kNone && !marks[parent].kept)) marks[index].kept = false;
    }
  }

  [[nodiscard]] bool stays_valid(const std::vector<Mark>& after) const {
    if (!marks_[0].kept) return true;
    for (std::uint32_t index = 0; index < tree_->size(); ++index) {
      if (!after[index].kept) {
        if (index == 0 || (marks_[index].kept && is_required(index) && after[(*tree_)[index].parent].kept))
          return false;
        continue;
      }
      if (lost_required_attribute(index, after)) return false;
      if (is_never_empty(tree_->element(index)) && has_content(marks_, index) && !has_content(after, index))
        return false;
    }
    return true;
  }

  /// Whether the element may not be missing in its parent.
  [[nodiscard]] bool is_required(std::uint32_t index) const {
    const Element& element = tree_->element(index);
    const Element& parent = tree_->element((*tree_)[index].parent);
    if (is_shape_element(parent)) return true;
    return std::any_of(kRequiredChildren.begin(), kRequiredChildren.end(), [&](const RequiredChild& row) {
      return parent.is(row.parent_ns, row.parent) && element.is(row.child_ns, row.child);
    });
  }

  [[nodiscard]] bool lost_required_attribute(std::uint32_t index, const std::vector<Mark>& after) const {
    const Element& element = tree_->element(index);
    for (std::size_t attribute = 0; attribute < element.attributes.size(); ++attribute) {
      if (!marks_[index].attributes[attribute] || after[index].attributes[attribute]) continue;
      const ElementAttribute& lost = element.attributes[attribute];
      const bool identifies = lost.ns.empty() && lost.local == (index == 0 ? "entity" : "id");
      if (is_shape_element(element) || (is_container(element) && identifies)) return true;
    }
    return false;
  }

  /// Recursion: as deep as the document.
  [[nodiscard]] Element rebuilt(std::uint32_t index) const {
    const Element& source = tree_->element(index);
    Element element;
    element.ns = source.ns;
    element.local = source.local;
    element.span = source.span;
    for (std::size_t attribute = 0; attribute < source.attributes.size(); ++attribute) {
      if (marks_[index].attributes[attribute]) element.attributes.push_back(source.attributes[attribute]);
    }
    std::uint32_t next = index + 1;
    for (const Node& node : source.children) {
      if (std::holds_alternative<std::string>(node.value)) {
        if (marks_[index].text) element.children.push_back(node);
        continue;
      }
      if (marks_[next].kept) element.children.push_back({rebuilt(next)});
      next = (*tree_)[next].end;
    }
    return element;
  }

  const FilterTree* tree_;
  std::vector<Mark> marks_;
};

Document apply_one(const WatcherFilter& filter, const Document& document) {
  if (filter.includes.empty() && filter.excludes.empty()) return document;
  const FilterTree tree(document);
  Projection projection(tree);
  // RFC 4661 section 3.5.2: an <exclude> is an exception to what is included; alone, to the whole document.
  if (filter.includes.empty()) projection.keep_everything();
  for (const ContentRule& rule : filter.includes) projection.include(rule);
  projection.add_required();
  for (const ContentRule& rule : filter.excludes) projection.exclude(rule);
  return projection.result(document);
}

}  // namespace

Document apply(const WatcherFilterSet& set, const Document& document) {
  Document filtered = document;
  for (const WatcherFilter* filter : filters_for(set, document.entity)) filtered = apply_one(*filter, filtered);
  return filtered;
}

}  // namespace presproof::presence
