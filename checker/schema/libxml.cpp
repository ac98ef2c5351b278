#include "schema/libxml.h"

#include <mutex>
#include <new>

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlschemastypes.h>

namespace presproof::schema {
namespace {

using TextOf = std::function<std::string(std::string_view)>;

/// What the schema that this thread compiles may load; null outside of compile().
thread_local const TextOf* t_text_of = nullptr;

xmlParserInput* load(const char* url, const char* /*id*/, xmlParserCtxt* context) {
  if (t_text_of == nullptr || url == nullptr) return nullptr;
  const std::string text = (*t_text_of)(url);
  if (text.empty()) return nullptr;
  // Copies the text.
  xmlParserInputBuffer* buffer =
      xmlParserInputBufferCreateMem(text.data(), static_cast<int>(text.size()), XML_CHAR_ENCODING_NONE);
  if (buffer == nullptr) return nullptr;
  xmlParserInput* input = xmlNewIOInputStream(context, buffer, XML_CHAR_ENCODING_NONE);
  if (input == nullptr) {
    xmlFreeParserInputBuffer(buffer);
    return nullptr;
  }
  input->filename = reinterpret_cast<char*>(xmlCharStrdup(url));
  return input;
}

void print_nothing(void* /*context*/, const char* /*format*/, ...) {}

void start() {
  static std::once_flag once;
  std::call_once(once, [] {
    xmlInitParser();
    xmlSetExternalEntityLoader(load);
    xmlSetGenericErrorFunc(nullptr, print_nothing);
  });
}

std::string one_line(const char* message) {
  std::string text = message == nullptr ? "" : message;
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

void keep(void* errors, xmlErrorPtr error) {
  if (error->level < XML_ERR_ERROR) return;  // a warning: an import whose location is not served, mostly
  static_cast<std::vector<LibxmlError>*>(errors)->push_back(
      {static_cast<const xmlNode*>(error->node), error->line, one_line(error->message)});
}

struct Serving {
  explicit Serving(const TextOf& text_of) { t_text_of = &text_of; }
  ~Serving() { t_text_of = nullptr; }
  Serving(const Serving&) = delete;
  Serving& operator=(const Serving&) = delete;
};

}  // namespace

DocumentPtr parse(std::string_view text, std::vector<LibxmlError>& errors) {
  start();
  const std::unique_ptr<xmlParserCtxt, decltype(&xmlFreeParserCtxt)> context(xmlNewParserCtxt(), xmlFreeParserCtxt);
  if (!context) throw std::bad_alloc();
  // Depth and size were limited when the document was read; here they would be limited a second time.
  DocumentPtr document(xmlCtxtReadMemory(context.get(), text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                                         XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
  if (!document) errors.push_back({nullptr, context->lastError.line, one_line(context->lastError.message)});
  return document;
}

SchemaPtr compile(std::string_view name, const TextOf& text_of, std::vector<LibxmlError>& errors) {
  start();
  const Serving serving(text_of);
  const std::unique_ptr<xmlSchemaParserCtxt, decltype(&xmlSchemaFreeParserCtxt)> context(
      xmlSchemaNewParserCtxt(std::string(name).c_str()), xmlSchemaFreeParserCtxt);
  if (!context) throw std::bad_alloc();
  xmlSchemaSetParserStructuredErrors(context.get(), keep, &errors);
  return SchemaPtr(xmlSchemaParse(context.get()));
}

std::vector<LibxmlError> refused(xmlSchema& schema, xmlDoc& document) {
  start();
  std::vector<LibxmlError> errors;
  const std::unique_ptr<xmlSchemaValidCtxt, decltype(&xmlSchemaFreeValidCtxt)> context(xmlSchemaNewValidCtxt(&schema),
                                                                                       xmlSchemaFreeValidCtxt);
  if (!context) throw std::bad_alloc();
  xmlSchemaSetValidStructuredErrors(context.get(), keep, &errors);
  xmlSchemaValidateDoc(context.get(), &document);
  return errors;
}

}  // namespace presproof::schema
