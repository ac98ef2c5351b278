#include "xml/writer.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "base/lexical.h"
#include "base/utf8.h"
#include "xml/characters.h"
#include "xml/namespaces.h"
#include "xml/prefixes.h"
#include "xml/scopes.h"

namespace presproof::xml {
namespace {

constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

struct WrittenAttribute {
  std::string ns;
  std::string local;
  std::string value;
};

struct Event {
  enum class Kind : std::uint8_t { start, end, text, comment };
  Kind kind;
  std::string ns;    ///< of a start
  std::string text;  ///< the local name of a start
  std::vector<WrittenAttribute> attributes = {};
  bool mixed = false;  ///< a start: the element has text of its own
  bool empty = true;   ///< a start: the element has no content
};

enum class Place : std::uint8_t { text, attribute, comment };

/// Section 2.11 and 3.3.3 of XML 1.0: what a reader would change comes as a reference.
std::string_view escape_of(char c, Place place) {
  if (place == Place::comment) return {};
  switch (c) {
    case '&':
      return "&amp;";
    case '<':
      return "&lt;";
    case '>':
      return "&gt;";
    case '\r':
      return "&#xD;";
    default:
      break;
  }
  if (place != Place::attribute) return {};
  return c == '"' ? "&quot;" : c == '\t' ? "&#x9;" : c == '\n' ? "&#xA;" : std::string_view();
}

void append_escaped(std::string& out, std::string_view text, Place place) {
  constexpr std::string_view kSpecial = "&<>\"";
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] >= ' ' && text[at] < 0x7F && kSpecial.find(text[at]) == std::string_view::npos) {
      out += text[at++];
      continue;
    }
    const CodePoint c = decode_utf8(text, at);
    const std::string_view escape = c.length == 1 ? escape_of(text[at], place) : std::string_view();
    if (!c.valid || !is_xml_char(c.value)) {
      append_utf8(out, 0xFFFD);
    } else if (!escape.empty()) {
      out += escape;
    } else {
      out += text.substr(at, c.length);
    }
    at += c.length;
  }
}

/// XML 1.0 production 15: no two hyphens together, and none at the end.
std::string without_double_hyphens(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '-' && !result.empty() && result.back() == '-') result += ' ';
    result += c;
  }
  if (!result.empty() && result.back() == '-') result += ' ';
  return result;
}

/// Turns the events into a document.
class Renderer {
 public:
  explicit Renderer(const std::vector<Event>& events) : events_(events) {}

  std::string render();

 private:
  void start(const Event& event);
  void end();
  void comment(const Event& event);
  void new_line();
  void element_name(const Event& event);
  std::string declarations() const;

  const std::vector<Event>& events_;
  std::string out_ = std::string(kDeclaration);
  std::size_t declarations_at_ = 0;  ///< where those of the root element go
  std::string_view default_ns_;
  PrefixTable prefixes_;
  std::vector<const Event*> open_;
  std::size_t mixed_depth_ = std::numeric_limits<std::size_t>::max();  ///< depth of the outermost mixed element
};

std::string Renderer::render() {
  const auto is_start = [](const Event& e) { return e.kind == Event::Kind::start; };
  const auto root = std::find_if(events_.begin(), events_.end(), is_start);
  // An element in no namespace cannot stand where there is a default one.
  const bool has_default =
      std::none_of(events_.begin(), events_.end(), [&](const Event& e) { return is_start(e) && e.ns.empty(); });
  if (has_default && root->ns != ns::kXml) default_ns_ = root->ns;
  for (const Event& event : events_) {
    switch (event.kind) {
      case Event::Kind::start:
        start(event);
        break;
      case Event::Kind::end:
        end();
        break;
      case Event::Kind::text:
        append_escaped(out_, event.text, Place::text);
        break;
      case Event::Kind::comment:
        comment(event);
        break;
    }
  }
  if (out_.back() != '\n') out_ += '\n';
  out_.insert(declarations_at_, declarations());
  return std::move(out_);
}

void Renderer::new_line() {
  if (open_.size() >= mixed_depth_) return;
  if (out_.back() != '\n') out_ += '\n';
  out_.append(2 * open_.size(), ' ');
}

void Renderer::element_name(const Event& event) {
  if (!event.ns.empty() && event.ns != default_ns_) out_ += prefixes_.prefix_of(event.ns) + ':';
  out_ += event.text;
}

void Renderer::start(const Event& event) {
  new_line();
  out_ += '<';
  element_name(event);
  if (declarations_at_ == 0) declarations_at_ = out_.size();
  for (const WrittenAttribute& attribute : event.attributes) {
    out_ += ' ';
    if (!attribute.ns.empty()) out_ += prefixes_.prefix_of(attribute.ns) + ':';
    out_ += attribute.local + "=\"";
    append_escaped(out_, attribute.value, Place::attribute);
    out_ += '"';
  }
  open_.push_back(&event);
  if (event.mixed) mixed_depth_ = std::min(mixed_depth_, open_.size());
  out_ += event.empty ? "/>" : ">";
}

void Renderer::end() {
  const Event& event = *open_.back();
  const bool mixed = open_.size() >= mixed_depth_;
  if (open_.size() == mixed_depth_) mixed_depth_ = std::numeric_limits<std::size_t>::max();
  open_.pop_back();
  if (event.empty) return;
  if (!mixed) new_line();
  out_ += "</";
  element_name(event);
  out_ += '>';
}

void Renderer::comment(const Event& event) {
  new_line();
  out_ += "<!--";
  append_escaped(out_, without_double_hyphens(event.text), Place::comment);
  out_ += "-->";
}

std::string Renderer::declarations() const {
  std::string text;
  const auto declare = [&](std::string_view name, std::string_view ns) {
    text += ' ';
    text += name;
    text += "=\"";
    append_escaped(text, ns, Place::attribute);
    text += '"';
  };
  if (!default_ns_.empty()) declare("xmlns", default_ns_);
  for (const PrefixTable::Entry* const entry : prefixes_.entries()) {
    if (entry->prefix != "xml") declare("xmlns:" + entry->prefix, entry->ns);
  }
  return text;
}

void check_name(std::string_view ns, std::string_view local) {
  if (!is_ncname(local)) throw std::logic_error("xml::Writer: not an NCName: " + std::string(local));
  if (ns == kXmlnsName) throw std::logic_error("xml::Writer: namespace declarations are its own task");
}

}  // namespace

struct Writer::Impl {
  std::vector<Event> events;
  std::vector<std::size_t> open;                                  ///< numbers of the start events
  std::set<std::pair<std::string, std::string>> attribute_names;  ///< of the element started last
  bool has_root = false;

  /// The element that takes content now.
  Event& parent(const char* what) {
    if (open.empty()) throw std::logic_error(std::string("xml::Writer: no element is open for ") + what);
    return events[open.back()];
  }
};

Writer::Writer() : impl_(std::make_unique<Impl>()) {}
Writer::~Writer() = default;
Writer::Writer(Writer&&) noexcept = default;
Writer& Writer::operator=(Writer&&) noexcept = default;

void Writer::start(std::string_view ns, std::string_view local) {
  check_name(ns, local);
  if (impl_->open.empty() && impl_->has_root) throw std::logic_error("xml::Writer: a second root element");
  if (!impl_->open.empty()) impl_->parent("an element").empty = false;
  impl_->has_root = true;
  impl_->attribute_names.clear();
  impl_->open.push_back(impl_->events.size());
  impl_->events.push_back({Event::Kind::start, std::string(ns), std::string(local)});
}

void Writer::attribute(std::string_view ns, std::string_view local, std::string_view value) {
  check_name(ns, local);
  Event& element = impl_->parent("an attribute");
  if (impl_->open.back() + 1 != impl_->events.size()) {
    throw std::logic_error("xml::Writer: an attribute behind content");
  }
  if (ns.empty() && local == "xmlns") throw std::logic_error("xml::Writer: namespace declarations are its own task");
  if (!impl_->attribute_names.emplace(ns, local).second) {
    throw std::logic_error("xml::Writer: a repeated attribute: " + std::string(local));
  }
  element.attributes.push_back({std::string(ns), std::string(local), std::string(value)});
}

void Writer::text(std::string_view text) {
  Event& element = impl_->parent("text");
  if (text.empty()) return;
  element.empty = false;
  element.mixed = true;
  impl_->events.push_back({Event::Kind::text, {}, std::string(text)});
}

void Writer::comment(std::string_view text) {
  if (!impl_->open.empty()) impl_->parent("a comment").empty = false;
  impl_->events.push_back({Event::Kind::comment, {}, std::string(text)});
}

void Writer::end() {
  static_cast<void>(impl_->parent("an end"));
  impl_->open.pop_back();
  impl_->events.push_back({Event::Kind::end, {}, {}});
}

std::string Writer::finish() {
  if (!impl_->has_root) throw std::logic_error("xml::Writer: no root element");
  if (!impl_->open.empty()) throw std::logic_error("xml::Writer: an element is not ended");
  return Renderer(impl_->events).render();
}

}  // namespace presproof::xml
