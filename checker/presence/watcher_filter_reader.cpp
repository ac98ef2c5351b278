#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>

#include "base/lexical.h"
#include "diag/error.h"
#include "presence/watcher_filter.h"
#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

namespace ns = xml::ns;

[[noreturn]] void fail(SourceSpan span, std::string message, std::string hint = {}) {
  throw diag::InputError(diag::Problem{span, std::move(message), std::move(hint)});
}

bool is_filter_element(const xml::Element& element, std::string_view local) {
  return element.is(ns::kSimpleFilter, local);
}

std::string_view required_attribute(const xml::Element& element, std::string_view name) {
  const xml::Attribute* attribute = element.attribute(name);
  if (attribute == nullptr) {
    fail(element.span(), fmt::format("`<{}>` without `{}`", element.name().local, name),
         "RFC 4661 section 7 requires it");
  }
  return attribute->value;
}

void allow_attributes(const xml::Element& element, std::initializer_list<std::string_view> names) {
  for (const xml::Attribute& attribute : element.attributes()) {
    if (!attribute.name.ns.empty() || std::find(names.begin(), names.end(), attribute.name.local) != names.end())
      continue;
    fail(attribute.span, fmt::format("`<{}>` has no attribute `{}`", element.name().local, attribute.name.local));
  }
}

void allow_no_text(const xml::Element& element) {
  if (!trim_xml_space(element.text()).empty())
    fail(element.span(), fmt::format("text directly in `<{}>`", element.name().local));
}

/// Gives the place of a byte of an element's text: in the source when the text stands there as it is, right behind the
/// start tag; else the element itself.
class TextPlaces {
 public:
  TextPlaces(const diag::Sources& sources, const xml::Element& element, std::string_view text)
      : sources_(&sources), span_(element.span()) {
    const std::string_view source = sources.text(span_.file);
    const std::size_t tag = offset_of(source);
    if (tag == std::string_view::npos) return;
    const std::size_t content = end_of_tag(source, tag);
    if (content != std::string_view::npos && source.substr(content).starts_with(text)) content_ = content;
  }

  SourceSpan operator()(std::size_t offset) const {
    return content_ ? sources_->span_at(span_.file, *content_ + offset, 1) : span_;
  }

 private:
  /// The byte of the span's first code point: the start tag's `<`.
  [[nodiscard]] std::size_t offset_of(std::string_view source) const {
    const std::string_view line = sources_->line(span_.file, span_.line);
    if (line.empty() || line.data() < source.data() || line.data() >= source.data() + source.size())
      return std::string_view::npos;
    std::size_t at = 0;
    for (std::uint32_t column = 1; column < span_.column && at < line.size(); ++column) {
      ++at;
      while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0U) == 0x80U) ++at;
    }
    return static_cast<std::size_t>(line.data() - source.data()) + at;
  }

  static std::size_t end_of_tag(std::string_view source, std::size_t at) {
    char quote = 0;
    for (; at < source.size(); ++at) {
      const char c = source[at];
      if (quote != 0) {
        if (c == quote) quote = 0;
      } else if (c == '"' || c == '\'') {
        quote = c;
      } else if (c == '>') {
        return at + 1;
      }
    }
    return std::string_view::npos;
  }

  const diag::Sources* sources_;
  SourceSpan span_;
  std::optional<std::size_t> content_;
};

class FilterReader {
 public:
  explicit FilterReader(const diag::Sources& sources) : sources_(&sources) {}

  WatcherFilterSet read(const xml::Element& root) {
    read_root(root);
    bool filters_begun = false;
    bool bindings_read = false;
    for (const xml::Element child : root.children()) {
      if (is_filter_element(child, "filter")) {
        filters_begun = true;
        set_.filters.push_back(read_filter(child));
      } else if (is_filter_element(child, "ns-bindings") && !filters_begun && !bindings_read) {
        bindings_read = true;
        read_bindings(child);
      } else {
        fail(child.span(), fmt::format("`<{}>` is not allowed here", child.name().local),
             "a `<filter-set>` holds one `<ns-bindings>` at most, then `<filter>` elements");
      }
    }
    if (!filters_begun) fail(root.span(), "a `<filter-set>` without a `<filter>`");
    check_resources();
    return std::move(set_);
  }

 private:
  static void read_root(const xml::Element& root) {
    if (!is_filter_element(root, "filter-set")) {
      fail(root.span(),
           fmt::format("the root element is `<{}>` of `{}`, not `<filter-set>` of `{}`", root.name().local,
                       root.name().ns, ns::kSimpleFilter),
           "a watcher filter is an application/simple-filter+xml document (RFC 4661)");
    }
    allow_attributes(root, {"package"});
    allow_no_text(root);
    const xml::Attribute* package = root.attribute("package");
    if (package != nullptr && package->value != "presence") {
      fail(package->span,
           fmt::format("the filters are for the event package `{}`, not for `presence`", package->value));
    }
  }

  void read_bindings(const xml::Element& element) {
    allow_attributes(element, {});
    allow_no_text(element);
    for (const xml::Element child : element.children()) {
      if (!is_filter_element(child, "ns-binding"))
        fail(child.span(), fmt::format("`<{}>` is not allowed here", child.name().local));
      allow_attributes(child, {"prefix", "urn"});
      const std::string prefix(trim_xml_space(required_attribute(child, "prefix")));
      const std::string urn(trim_xml_space(required_attribute(child, "urn")));
      if (!is_ncname(prefix)) fail(child.attribute("prefix")->span, fmt::format("`{}` is not a prefix", prefix));
      if (!bindings_.emplace(prefix, urn).second) {
        fail(child.attribute("prefix")->span, fmt::format("the prefix `{}` is bound twice", prefix));
      }
    }
  }

  WatcherFilter read_filter(const xml::Element& element) {
    allow_attributes(element, {"id", "uri", "domain", "remove", "enabled"});
    allow_no_text(element);
    WatcherFilter filter;
    filter.span = element.span();
    filter.id = std::string(required_attribute(element, "id"));
    if (!ids_.insert(filter.id).second)
      fail(element.attribute("id")->span, fmt::format("the filter id `{}` is used twice", filter.id));
    read_resource(element, filter);
    const bool remove = read_flag(element, "remove", false);
    filter.active = read_flag(element, "enabled", true) && !remove;
    read_filter_content(element, filter);
    return filter;
  }

  static bool read_flag(const xml::Element& element, std::string_view name, bool absent) {
    const xml::Attribute* attribute = element.attribute(name);
    if (attribute == nullptr) return absent;
    const auto value = parse_xs_boolean(attribute->value);
    if (!value) fail(attribute->span, fmt::format("`{}` must be true or false, not `{}`", name, attribute->value));
    return *value;
  }

  static void read_resource(const xml::Element& element, WatcherFilter& filter) {
    const xml::Attribute* resource = element.attribute("uri");
    const xml::Attribute* domain = element.attribute("domain");
    if (resource != nullptr && domain != nullptr) {
      fail(domain->span, "`uri` and `domain` in the same `<filter>`", "RFC 4661 section 3.4 allows one of them");
    }
    if (resource != nullptr) filter.uri = uri::parse(resource->value);
    if (domain == nullptr) return;
    filter.domain = uri::to_ascii_domain(trim_xml_space(domain->value));
    if (!filter.domain) fail(domain->span, fmt::format("`{}` is not a domain", domain->value));
  }

  void read_filter_content(const xml::Element& element, WatcherFilter& filter) {
    bool what = false;
    for (const xml::Element child : element.children()) {
      if (is_filter_element(child, "what") && !what && filter.triggers == 0) {
        what = true;
        read_what(child, filter);
      } else if (is_filter_element(child, "trigger")) {
        ++filter.triggers;
        read_trigger(child);
      } else {
        note_extension(child);
      }
    }
    // RFC 4661 section 3.4: required when a filter is enabled for the first time.
    if (!what && filter.triggers == 0 && filter.active) {
      fail(element.span(), "a `<filter>` without `<what>` and without `<trigger>`");
    }
  }

  void read_what(const xml::Element& element, WatcherFilter& filter) {
    allow_attributes(element, {});
    allow_no_text(element);
    for (const xml::Element child : element.children()) {
      if (is_filter_element(child, "include") && filter.excludes.empty()) {
        filter.includes.push_back(read_rule(child));
      } else if (is_filter_element(child, "exclude")) {
        filter.excludes.push_back(read_rule(child));
      } else {
        note_extension(child);
      }
    }
  }

  ContentRule read_rule(const xml::Element& element) {
    allow_attributes(element, {"type"});
    const xml::Attribute* type = element.attribute("type");
    const std::string_view kind = type == nullptr ? "xpath" : type->value;
    if (kind == "xpath") return {read_selection(element), element.span()};
    if (kind != "namespace") fail(type->span, fmt::format("the type is `xpath` or `namespace`, not `{}`", kind));
    check_simple(element);
    const std::string text = element.text();
    const std::string_view name = trim_xml_space(text);
    if (name.empty()) fail(element.span(), fmt::format("`<{}>` names no namespace", element.name().local));
    return {ContentRule::Namespace{std::string(name)}, element.span()};
  }

  static void check_simple(const xml::Element& element) {
    for (const xml::Element child : element.children()) {
      fail(child.span(), fmt::format("`<{}>` holds text, not elements", element.name().local));
    }
  }

  Selection read_selection(const xml::Element& element) {
    check_simple(element);
    const std::string text = element.text();
    const TextPlaces places(*sources_, element, text);
    return parse_selection(text, bindings_, places);
  }

  /// RFC 4661 section 3.6. The expressions are read, so that a mistake in one is told, and then have no effect.
  void read_trigger(const xml::Element& element) {
    allow_attributes(element, {});
    allow_no_text(element);
    for (const xml::Element child : element.children()) {
      if (is_filter_element(child, "changed")) {
        allow_attributes(child, {"from", "to", "by"});
      } else if (is_filter_element(child, "added") || is_filter_element(child, "removed")) {
        allow_attributes(child, {});
      } else {
        note_extension(child);
        continue;
      }
      static_cast<void>(read_selection(child));
    }
    set_.notes.push_back(
        {element.span(), "a `<trigger>` decides when documents are sent; it changes nothing in this one"});
  }

  /// RFC 4661 section 4: elements of other namespaces may be ignored.
  void note_extension(const xml::Element& element) {
    if (element.name().ns == ns::kSimpleFilter || element.name().ns.empty()) {
      fail(element.span(), fmt::format("`<{}>` is not allowed here", element.name().local),
           "a `<filter>` holds one `<what>` (`<include>` elements, then `<exclude>` elements), then `<trigger>` "
           "elements");
    }
    set_.notes.push_back({element.span(), fmt::format("`<{}>` of `{}` is an extension that is not applied",
                                                      element.name().local, element.name().ns)});
  }

  /// RFC 4660 section 3.3.1: "there can only be one filter applicable to a single resource or domain".
  void check_resources() const {
    std::map<std::string, std::vector<const WatcherFilter*>> groups;  // by what filters for the same resource share
    for (const WatcherFilter& filter : set_.filters) {
      if (!filter.active) continue;
      auto& group = groups[filter.uri      ? "uri " + filter.uri->core
                           : filter.domain ? "domain " + *filter.domain
                                           : std::string()];
      for (const WatcherFilter* other : group) {
        if (filter.uri && other->uri && !uri::equivalent(*other->uri, *filter.uri)) continue;
        fail(filter.span, fmt::format("the filters `{}` and `{}` are for the same resource", other->id, filter.id));
      }
      group.push_back(&filter);
    }
  }

  const diag::Sources* sources_;
  NamespaceBindings bindings_;
  std::set<std::string> ids_;
  WatcherFilterSet set_;
};

}  // namespace

WatcherFilterSet read_watcher_filters(diag::Sources& sources, std::uint32_t file, const xml::Limits& limits) {
  diag::Sink sink;
  const auto document = xml::Document::read(sources, file, limits, sink);
  if (!document) {
    std::vector<diag::Problem> problems;
    for (const diag::Diagnostic& finding : sink.diagnostics()) {
      problems.push_back({finding.span, finding.message, finding.fix.value_or("")});
    }
    throw diag::InputError(std::move(problems));
  }
  return FilterReader(sources).read(document->root());
}

std::vector<const WatcherFilter*> filters_for(const WatcherFilterSet& set, const std::string& entity) {
  const uri::Uri resource = uri::parse(entity);
  const WatcherFilter* by_uri = nullptr;
  const WatcherFilter* by_domain = nullptr;
  const WatcherFilter* general = nullptr;
  for (const WatcherFilter& filter : set.filters) {
    if (!filter.active) continue;
    if (filter.uri) {
      if (uri::equivalent(*filter.uri, resource)) by_uri = &filter;
    } else if (filter.domain) {
      if (resource.domain == filter.domain) by_domain = &filter;
    } else {
      general = &filter;
    }
  }
  std::vector<const WatcherFilter*> chosen;
  if (by_uri != nullptr || by_domain != nullptr) chosen.push_back(by_uri != nullptr ? by_uri : by_domain);
  if (general != nullptr) chosen.push_back(general);
  return chosen;
}

}  // namespace presproof::presence
