#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>

/// libxml2 with owners for what it allocates, errors as values, and no way to the disk or the network.
namespace presproof::schema {

struct FreeDocument {
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};
using DocumentPtr = std::unique_ptr<xmlDoc, FreeDocument>;

struct FreeSchema {
  void operator()(xmlSchema* schema) const { xmlSchemaFree(schema); }
};
using SchemaPtr = std::unique_ptr<xmlSchema, FreeSchema>;

struct LibxmlError {
  const xmlNode* node = nullptr;  ///< where it is, when libxml2 says so
  int line = 0;
  std::string message;            ///< one line, as libxml2 wrote it
};

/// Parses a text that is UTF-8, whatever it declares; null and errors when it is not well-formed.
[[nodiscard]] DocumentPtr parse(std::string_view text, std::vector<LibxmlError>& errors);

/// Compiles the schema called `name`. `text_of` gives the text behind a name or a location, empty for none.
[[nodiscard]] SchemaPtr compile(std::string_view name, const std::function<std::string(std::string_view)>& text_of,
                                std::vector<LibxmlError>& errors);

/// What the schema refuses in the document, in its order.
[[nodiscard]] std::vector<LibxmlError> refused(xmlSchema& schema, xmlDoc& document);

}  // namespace presproof::schema
