#include "xml/writer.h"
#include "presence/document.h"
#include "xml/namespaces.h"

namespace presproof::presence {
namespace {

/// Recursion: a document is at most as deep as xml::Limits allowed when it was read.
void write_element(xml::Writer& writer, const Element& element) {
  writer.start(element.ns, element.local);
  for (const ElementAttribute& attribute : element.attributes)
    writer.attribute(attribute.ns, attribute.local, attribute.value);
  for (const Node& node : element.children) {
    if (const auto* child = std::get_if<Element>(&node.value)) {
      write_element(writer, *child);
    } else {
      writer.text(std::get<std::string>(node.value));
    }
  }
  writer.end();
}

}  // namespace

std::string write_document(const Document& document) {
  xml::Writer writer;
  writer.start(xml::ns::kPidf, "presence");
  if (!document.entity.empty()) writer.attribute("", "entity", document.entity);
  for (const Part& part : document.parts) write_element(writer, part.element);
  writer.end();
  return writer.finish();
}

}  // namespace presproof::presence
