// Any bytes whatever: xml::Document::read neither crashes nor hangs, a refusal is one finding with a place, and what
// is read is the same again after xml::Writer has written it.

#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "base/lexical.h"
#include "base/utf8.h"
#include "fuzz/mutation_loop.h"
#include "xml/document.h"
#include "xml/writer.h"

namespace {

using namespace presproof;

constexpr xml::Limits kLimits{.bytes = std::size_t{1} << 20, .depth = 256, .elements = 100'000};

void require(bool holds, std::string_view what) {
  if (holds) return;
  fmt::print(stderr, "xml_fuzz: {}\n", what);
  std::abort();
}

// The depth of the recursions below is that of the document, which is limited.

void write(const xml::Element& element, xml::Writer& writer) {
  writer.start(element.name().ns, element.name().local);
  for (const xml::Attribute& a : element.attributes()) writer.attribute(a.name.ns, a.name.local, a.value);
  for (const xml::Node& node : element.nodes()) {
    if (node.kind == xml::NodeKind::element) write(*node.element, writer);
    if (node.kind == xml::NodeKind::text) writer.text(node.text);
    if (node.kind == xml::NodeKind::comment) writer.comment(node.text);
  }
  writer.end();
}

/// An element's text. White space alone beside other nodes is layout, even when it came as a reference or beside an
/// empty CDATA section.
std::string text_of(const xml::Element& element) {
  std::string text = element.text();
  for (const xml::Node& node : element.nodes()) {
    if (node.kind != xml::NodeKind::text && trim_xml_space(text).empty()) return {};
  }
  return text;
}

std::vector<std::string_view> comments_of(const xml::Element& element) {
  std::vector<std::string_view> comments;
  for (const xml::Node& node : element.nodes()) {
    if (node.kind == xml::NodeKind::comment) comments.push_back(node.text);
  }
  return comments;
}

void compare(const xml::Element& a, const xml::Element& b) {
  require(a.name() == b.name(), "an element has another name");
  require(a.attributes().size() == b.attributes().size(), "an element has another number of attributes");
  for (std::size_t i = 0; i < a.attributes().size(); ++i) {
    require(a.attributes()[i].name == b.attributes()[i].name, "an attribute has another name");
    require(a.attributes()[i].value == b.attributes()[i].value, "an attribute has another value");
  }
  require(text_of(a) == text_of(b), "an element has another text");
  require(comments_of(a) == comments_of(b), "an element has other comments");
  const xml::ChildRange of_a = a.children();
  const xml::ChildRange of_b = b.children();
  auto j = of_b.begin();
  for (auto i = of_a.begin(); i != of_a.end(); ++i, ++j) {
    require(j != of_b.end(), "an element has fewer children");
    compare(*i, *j);
  }
  require(j == of_b.end(), "an element has more children");
}

/// The span of each element is at a `<`.
void check_places(const xml::Element& element, const diag::Sources& sources) {
  const SourceSpan span = element.span();
  std::string_view line = sources.line(span.file, span.line);
  for (std::uint32_t column = 1; column < span.column && !line.empty(); ++column) {
    line.remove_prefix(decode_utf8(line, 0).length);
  }
  require(span.known() && !line.empty() && line.front() == '<', "an element has a wrong place");
  for (const xml::Element& child : element.children()) check_places(child, sources);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  diag::Sources sources;
  diag::Sink sink;
  const std::uint32_t file = sources.add("input", std::string(data, data + size));
  const auto document = xml::Document::read(sources, file, kLimits, sink);
  if (!document) {
    require(sink.diagnostics().size() == 1, "a refusal is one finding");
    require(sink.diagnostics().front().span.known(), "a refusal has a place");
    return 0;
  }
  require(sink.diagnostics().empty(), "a document that is read has no findings");
  if (size < 4096) check_places(document->root(), sources);

  xml::Writer writer;
  write(document->root(), writer);
  const std::uint32_t written = sources.add("written", writer.finish());
  const auto again = xml::Document::read(sources, written, {}, sink);
  require(again.has_value(), "what was written is not well-formed");
  compare(document->root(), again->root());
  return 0;
}

#ifndef PRESPROOF_LIBFUZZER
int main(int argc, char** argv) {
  const std::vector<std::string> seeds = {
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a xmlns=\"u\" xmlns:p='v'>\r\n <p:b c='&lt;1' p:c=\"2\"/>"
      "<!-- d --> <e>f &amp; &#x67;<h/> i</e><?j k?><![CDATA[<l>]]></a>\n",
      "\xEF\xBB\xBF<\xE4\xBA\xBA x='\xC3\xA4'>\xF0\x9F\x98\x80<y xml:lang='de'> </y></\xE4\xBA\xBA>",
      std::string("<\0a\0>\0\xE4\0=\xD8\0\xDE<\0/\0a\0>\0", 20),
      std::string("\xFE\xFF\0<\0a\0/\0>", 10),
  };
  const std::vector<std::string_view> words = {"<",
                                               ">",
                                               "/>",
                                               "</",
                                               "</a>",
                                               "<a>",
                                               "<p:b",
                                               "<!--",
                                               "-->",
                                               "--",
                                               "<![CDATA[",
                                               "]]>",
                                               "<?",
                                               "?>",
                                               "<?xml ",
                                               "&",
                                               ";",
                                               "&#",
                                               "&#x20;",
                                               "&#xD;",
                                               "&#10;",
                                               "&amp;",
                                               "&apos;",
                                               "&lt;",
                                               "'",
                                               "\"",
                                               "=",
                                               " ",
                                               "\n",
                                               "\r",
                                               "\t",
                                               "xmlns",
                                               "xmlns:",
                                               "xmlns='u'",
                                               " xmlns=''",
                                               " xmlns:q='u'",
                                               "xml:",
                                               "p:",
                                               ":",
                                               " c='x'",
                                               " p:c=''",
                                               "<!DOCTYPE a",
                                               "\xEF\xBF\xBF",
                                               "\xC3\xA4",
                                               "\xFF",
                                               "\xED\xA0\x80"};
  return fuzz::run_mutations(argc, argv, seeds, words, LLVMFuzzerTestOneInput);
}
#endif
