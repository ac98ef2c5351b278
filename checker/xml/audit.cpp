#include "xml/audit.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "base/lexical.h"
#include "xml/declaration.h"
#include "xml/namespaces.h"

namespace presproof::xml {
namespace {

// With so few attributes, comparing each with each is faster than sorting.
constexpr std::size_t kFewAttributes = 12;

class Auditor {
 public:
  Auditor(std::string_view text, const Limits& limits) : in_(text), text_(text), limits_(limits) {
    // What documents need usually; pages that stay untouched cost nothing.
    audit_.elements.reserve(std::min(text.size() / 32, limits.elements) + 1);
    audit_.attributes.reserve(text.size() / 64 + 1);
  }

  bool run(std::string_view encoding);
  [[nodiscard]] Audit take_audit() { return std::move(audit_); }
  [[nodiscard]] Fault take_fault() { return std::move(*in_.fault()); }

 private:
  struct Open {
    std::uint32_t element;
    std::size_t declarations;  ///< that were open around it
    bool has_markup = false;   ///< elements, comments, instructions, CDATA sections
  };
  struct Declaration {
    std::uint32_t attribute;
    std::string_view value;  ///< as written
  };

  bool content();
  void note_text();
  void note_markup();
  bool markup();
  bool comment();
  bool cdata();
  bool instruction();
  bool start_tag();
  bool end_tag();
  bool end_of_document();

  bool open_element();
  bool attributes(bool& is_empty);
  bool attribute();
  bool declare(const Declaration& declaration);
  bool resolve_names(AuditedElement& element);
  bool check_repetitions(const AuditedElement& element);
  bool fail_repetition(const AuditedAttribute& first, const AuditedAttribute& second);
  void close_element();

  [[nodiscard]] std::string_view prefix(const AuditedAttribute& a) const {
    return text_.substr(a.offset, a.prefix_length);
  }
  [[nodiscard]] std::string_view local(const AuditedAttribute& a) const {
    return text_.substr(a.offset + (a.prefix_length == 0 ? 0 : a.prefix_length + 1), a.local_length);
  }
  [[nodiscard]] std::string_view written_name(const AuditedAttribute& a) const {
    return text_.substr(a.offset, a.name_length());
  }
  [[nodiscard]] std::string_view written_name(const AuditedElement& e) const {
    return text_.substr(e.offset + 1, e.name_length());
  }
  void relate_to(const AuditedElement& element, std::string message) {
    in_.fault()->related = Fault::Elsewhere{element.offset, written_name(element).size() + 1, std::move(message)};
  }

  Scanner in_;
  std::string_view text_;
  const Limits& limits_;
  Audit audit_;
  std::vector<Open> open_;
  std::vector<Declaration> declarations_;  ///< of the start tag being read
};

bool Auditor::run(std::string_view encoding) {
  if (!xml_declaration(in_, encoding)) return false;
  while (!in_.at_end()) {
    const bool good = in_.peek() == '<' ? markup()
                      : open_.empty()   ? in_.space_outside_root(!audit_.elements.empty())
                                        : content();
    if (!good) return false;
  }
  return end_of_document();
}

/// Text of the open element.
bool Auditor::content() {
  in_.skip_space();
  if (in_.peek() == '<') return true;
  note_text();
  return in_.character_data();
}

void Auditor::note_text() {
  AuditedElement& element = audit_.elements[open_.back().element];
  element.has_text = true;
  if (open_.back().has_markup) audit_.has_mixed_content = true;
}

void Auditor::note_markup() {
  if (open_.empty()) return;
  open_.back().has_markup = true;
  if (audit_.elements[open_.back().element].has_text) audit_.has_mixed_content = true;
}

bool Auditor::markup() {
  const char next = in_.at() + 1 < text_.size() ? text_[in_.at() + 1] : '\0';
  if (next == '/') return end_tag();
  note_markup();
  if (next == '?') return instruction();
  if (next != '!') return start_tag();
  if (in_.looking_at("<!--")) return comment();
  if (in_.looking_at("<![CDATA[")) return cdata();
  if (in_.looking_at("<!DOCTYPE")) {
    return in_.fail(in_.at(), 9,
                    "a document type declaration is refused: its entities could expand without bound or read other "
                    "files",
                    "remove it; rules and presence documents need none");
  }
  return in_.fail(in_.at(), 2, "`<!` begins neither a comment nor a CDATA section here");
}

bool Auditor::comment() {
  const std::size_t start = in_.at();
  in_.advance(4);
  if (!in_.plain_until("--", start, "a comment")) return false;
  if (in_.peek() == '>') {
    in_.advance(1);
    return true;
  }
  // XML 1.0 section 2.5: for compatibility.
  if (in_.at_end()) return in_.fail_at_end(start, "a comment");
  return in_.fail(in_.at() - 2, 2, "`--` must not stand in a comment", "end the comment with `-->`");
}

bool Auditor::cdata() {
  const std::size_t start = in_.at();
  if (open_.empty()) return in_.fail(start, 9, "a CDATA section stands outside of the root element");
  note_text();
  in_.advance(9);
  return in_.plain_until("]]>", start, "a CDATA section");
}

bool Auditor::instruction() {
  const std::size_t start = in_.at();
  in_.advance(2);
  std::size_t length = 0;
  if (!in_.plain_name(length, "the target of a processing instruction")) return false;
  const std::string_view target = text_.substr(start + 2, length);
  if (equal_ignoring_case(target, "xml")) {
    // XML 1.0 section 2.8 and production 17.
    return in_.fail(start, 2 + length, fmt::format("{} must not stand here", shown(text_.substr(start, 2 + length))),
                    "an XML declaration is the very first thing in a document: nothing, not even a blank line, is "
                    "before it");
  }
  if (in_.looking_at("?>")) {
    in_.advance(2);
    return true;
  }
  if (in_.at_end()) return in_.fail_at_end(start, "a processing instruction");
  if (!in_.skip_space()) {
    return in_.fail_here(fmt::format("white space is expected behind the target {} of a processing instruction, not {}",
                                     shown(target), in_.shown_character()));
  }
  return in_.plain_until("?>", start, "a processing instruction");
}

/// The limits and the place of a new element, which is the last of audit_.elements.
bool Auditor::open_element() {
  const AuditedElement& element = audit_.elements.back();
  const std::size_t length = written_name(element).size() + 1;
  const auto over = [&](std::string message, std::string_view flag) {
    in_.fail(element.offset, length, std::move(message), fmt::format("`{}` raises the limit", flag));
    in_.fault()->code = diag::Code::over_limit;
    return false;
  };
  if (open_.empty() && audit_.elements.size() > 1) {
    in_.fail(element.offset, length,
             fmt::format("{} is a second root element, and a document has one", shown(written_name(element))));
    relate_to(audit_.elements.front(), "the first one begins here");
    return false;
  }
  if (open_.size() >= limits_.depth) {
    return over(
        fmt::format("elements are nested deeper than {} levels, the limit that `--max-depth` sets", limits_.depth),
        "--max-depth");
  }
  if (audit_.elements.size() > limits_.elements) {
    return over(
        fmt::format("the document has more than {} elements, the limit that `--max-elements` sets", limits_.elements),
        "--max-elements");
  }
  open_.push_back({static_cast<std::uint32_t>(audit_.elements.size() - 1), audit_.scopes.open_declarations()});
  return true;
}

bool Auditor::start_tag() {
  const std::size_t start = in_.at();
  in_.advance(1);
  if (in_.at_end()) return in_.fail_at_end(start, "a tag");
  QName name;
  if (!in_.qualified_name(name, "an element name")) {
    if (!in_.at_end()) in_.fault()->fix = "write `&lt;` for a `<` in text";
    return false;
  }
  audit_.elements.push_back({static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(name.prefix_length),
                             static_cast<std::uint32_t>(name.local_length), kNoNamespace,
                             static_cast<std::uint32_t>(audit_.attributes.size()), 0, false});
  if (!open_element()) return false;

  bool is_empty = false;
  declarations_.clear();
  if (!attributes(is_empty)) return false;
  AuditedElement& element = audit_.elements.back();
  element.attribute_count = static_cast<std::uint32_t>(audit_.attributes.size()) - element.first_attribute;
  for (const Declaration& declaration : declarations_) {
    if (!declare(declaration)) return false;
  }
  if (!resolve_names(element) || !check_repetitions(element)) return false;
  if (is_empty) close_element();
  return true;
}

bool Auditor::attributes(bool& is_empty) {
  while (true) {
    const bool space = in_.skip_space();
    if (in_.peek() == '>') {
      in_.advance(1);
      return true;
    }
    if (in_.looking_at("/>")) {
      in_.advance(2);
      is_empty = true;
      return true;
    }
    const AuditedElement& element = audit_.elements.back();
    if (in_.at_end()) return in_.fail_at_end(element.offset, "a start tag");
    const bool has_attributes = element.first_attribute < audit_.attributes.size();
    if (!space && has_class(in_.peek(), kNameStartByte) && has_attributes) {
      return in_.fail_here("white space is required between attributes");
    }
    if (!space) {
      return in_.fail_here(fmt::format("{} must not stand here in the start tag of {}", in_.shown_character(),
                                       shown(written_name(element))));
    }
    if (!attribute()) return false;
  }
}

bool Auditor::attribute() {
  QName name;
  if (!in_.qualified_name(name, "an attribute name")) return false;
  in_.skip_space();
  if (in_.at_end()) return in_.fail_at_end(audit_.elements.back().offset, "a start tag");
  const std::string_view written = text_.substr(name.offset, name.length());
  if (in_.peek() != '=') {
    return in_.fail_here(fmt::format("`=` and a value are expected behind the attribute name {}, not {}",
                                     shown(written), in_.shown_character()));
  }
  in_.advance(1);
  in_.skip_space();
  std::string_view value;
  if (!in_.attribute_value(value)) return false;

  const bool declares = written.substr(0, 5) == "xmlns" && (name.prefix_length == 5 || written.size() == 5);
  if (declares) declarations_.push_back({static_cast<std::uint32_t>(audit_.attributes.size()), value});
  audit_.attributes.push_back({static_cast<std::uint32_t>(name.offset), static_cast<std::uint32_t>(name.prefix_length),
                               static_cast<std::uint32_t>(name.local_length),
                               declares ? kXmlnsNamespace : kNoNamespace});
  return true;
}

/// Namespaces in XML 1.0, section 3: which declarations there must not be.
bool Auditor::declare(const Declaration& declaration) {
  const AuditedAttribute& attribute = audit_.attributes[declaration.attribute];
  const bool is_default = attribute.prefix_length == 0;
  const std::string_view declared = is_default ? std::string_view() : local(attribute);
  const std::string name = normalized_value(declaration.value);
  const auto fail = [&](std::string message, std::string fix = {}) {
    return in_.fail(attribute.offset, written_name(attribute).size(), std::move(message), std::move(fix));
  };
  if (declared == "xmlns") return fail("the prefix `xmlns` must not be declared");
  if (declared == "xml" && name != ns::kXml) {
    return fail(fmt::format("the prefix `xml` must not be bound to another namespace than `{}`", ns::kXml));
  }
  if (declared != "xml" && (name == ns::kXml || name == kXmlnsName)) {
    return fail(fmt::format("the namespace {} must not be bound by {}", shown(name), shown(written_name(attribute))));
  }
  if (!is_default && name.empty()) {
    return fail(fmt::format("the prefix {} must not be bound to no namespace", shown(declared)),
                "only the default namespace can be undone");
  }
  audit_.scopes.declare(declared, audit_.scopes.intern(name), static_cast<std::uint32_t>(audit_.elements.size() - 1));
  return true;
}

bool Auditor::resolve_names(AuditedElement& element) {
  const auto fail = [&](std::size_t offset, std::string_view undeclared) {
    return in_.fail(offset, undeclared.size(), fmt::format("the prefix {} is not declared", shown(undeclared)),
                    fmt::format("declare it with `xmlns:{}=\"...\"`", shortened(undeclared)));
  };
  const std::string_view element_prefix = text_.substr(element.offset + 1, element.prefix_length);
  const auto element_ns = audit_.scopes.resolve(element_prefix);
  if (!element_ns) return fail(element.offset + 1, element_prefix);
  if (*element_ns == kXmlnsNamespace) {
    return in_.fail(element.offset + 1, element_prefix.size(), "an element must not have the prefix `xmlns`");
  }
  element.ns = *element_ns;

  for (std::size_t i = element.first_attribute; i < audit_.attributes.size(); ++i) {
    AuditedAttribute& attribute = audit_.attributes[i];
    if (attribute.prefix_length == 0 || attribute.ns == kXmlnsNamespace) continue;
    const auto attribute_ns = audit_.scopes.resolve(prefix(attribute));
    if (!attribute_ns) return fail(attribute.offset, prefix(attribute));
    attribute.ns = *attribute_ns;
  }
  return true;
}

/// XML 1.0 section 3.1 and Namespaces in XML 1.0, section 6.3: no attribute twice, by either name. The same written
/// name is the same expanded name.
bool Auditor::check_repetitions(const AuditedElement& element) {
  const std::size_t count = element.attribute_count;
  const AuditedAttribute* const all = audit_.attributes.data() + element.first_attribute;
  const auto same = [&](const AuditedAttribute& a, const AuditedAttribute& b) {
    return a.local_length == b.local_length && a.ns == b.ns && local(a) == local(b);
  };
  if (count <= kFewAttributes) {
    for (std::size_t i = 1; i < count; ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (same(all[j], all[i])) return fail_repetition(all[j], all[i]);
      }
    }
    return true;
  }
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return std::tuple(all[a].ns, local(all[a]), a) < std::tuple(all[b].ns, local(all[b]), b);
  });
  std::optional<std::size_t> earliest;  // the repetition that stands first in the document
  for (std::size_t i = 1; i < count; ++i) {
    if (same(all[order[i - 1]], all[order[i]]) && (!earliest || order[i] < order[*earliest])) earliest = i;
  }
  return !earliest || fail_repetition(all[order[*earliest - 1]], all[order[*earliest]]);
}

bool Auditor::fail_repetition(const AuditedAttribute& first, const AuditedAttribute& second) {
  const std::string_view a = written_name(first);
  const std::string_view b = written_name(second);
  in_.fail(second.offset, b.size(),
           a == b ? fmt::format("the attribute {} stands here a second time", shown(b))
                  : fmt::format("the attributes {} and {} are the same: both prefixes mean {}", shown(a), shown(b),
                                shown(audit_.scopes.name(first.ns))));
  in_.fault()->related = Fault::Elsewhere{first.offset, a.size(), "the first one is here"};
  return false;
}

bool Auditor::end_tag() {
  const std::size_t start = in_.at();
  in_.advance(2);
  // Nearly every end tag is `</`, the name that is open, `>`.
  if (!open_.empty()) {
    const std::string_view expected = written_name(audit_.elements[open_.back().element]);
    const std::size_t end = in_.at() + expected.size();
    if (end < text_.size() && text_[end] == '>' && in_.looking_at(expected)) {
      in_.advance(expected.size() + 1);
      close_element();
      return true;
    }
  }
  if (in_.at_end()) return in_.fail_at_end(start, "an end tag");
  QName name;
  if (!in_.qualified_name(name, "an element name")) return false;
  const std::string_view written = text_.substr(name.offset, name.length());
  if (open_.empty()) {
    return in_.fail(start, 2 + written.size(), fmt::format("`</{}>` ends no element", shortened(written)));
  }
  const AuditedElement& element = audit_.elements[open_.back().element];
  if (written != written_name(element)) {
    in_.fail(start, 2 + written.size(),
             fmt::format("the end tag of {} stands where that of {} is expected", shown(written),
                         shown(written_name(element))));
    relate_to(element, fmt::format("{} begins here", shown(written_name(element))));
    return false;
  }
  in_.skip_space();
  if (in_.at_end()) return in_.fail_at_end(start, "an end tag");
  if (in_.peek() != '>') {
    return in_.fail_here(fmt::format("`>` is expected behind the name of an end tag, not {}", in_.shown_character()));
  }
  in_.advance(1);
  close_element();
  return true;
}

void Auditor::close_element() {
  audit_.scopes.close(open_.back().declarations, static_cast<std::uint32_t>(audit_.elements.size()));
  open_.pop_back();
}

bool Auditor::end_of_document() {
  if (audit_.elements.empty()) return in_.fail(in_.at(), 0, "the document has no root element");
  if (open_.empty()) return true;
  const AuditedElement& element = audit_.elements[open_.back().element];
  in_.fail(in_.at(), 0, fmt::format("the document ends before the end tag of {}", shown(written_name(element))));
  relate_to(element, fmt::format("{} begins here", shown(written_name(element))));
  return false;
}

}  // namespace

std::variant<Audit, Fault> audit(std::string_view text, std::string_view encoding, const Limits& limits) {
  Auditor auditor(text, limits);
  if (auditor.run(encoding)) return auditor.take_audit();
  return auditor.take_fault();
}

}  // namespace presproof::xml
