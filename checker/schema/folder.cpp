#include "schema/folder.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <new>
#include <optional>

#include <fmt/format.h>

#include "diag/error.h"
#include "diag/printable.h"
#include "schema/libxml.h"

namespace presproof::schema {
namespace {

constexpr std::string_view kXsd = "http://www.w3.org/2001/XMLSchema";
constexpr std::string_view kXmlNamespace = "http://www.w3.org/XML/1998/namespace";
constexpr std::string_view kNamespaceName = "presproof:namespace:";
constexpr std::string_view kFileName = "presproof:file:";

/// The attributes of the XML namespace (XML 1.0 sections 2.10 and 2.12, XML Base, xml:id), for folders without a schema of it: the RFCs
/// import it from a web site.
constexpr std::string_view kXmlSchema =
    R"(<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/XML/1998/namespace">
<xs:attribute name="lang"><xs:simpleType><xs:union memberTypes="xs:language"><xs:simpleType>
<xs:restriction base="xs:string"><xs:enumeration value=""/></xs:restriction></xs:simpleType></xs:union></xs:simpleType></xs:attribute>
<xs:attribute name="space"><xs:simpleType><xs:restriction base="xs:NCName"><xs:enumeration value="default"/>
<xs:enumeration value="preserve"/></xs:restriction></xs:simpleType></xs:attribute>
<xs:attribute name="base" type="xs:anyURI"/><xs:attribute name="id" type="xs:ID"/></xs:schema>)";

using diag::fail;

std::string attribute(const xmlNode* element, const char* name) {
  xmlChar* value = xmlGetNoNsProp(element, reinterpret_cast<const xmlChar*>(name));
  if (value == nullptr) return {};
  std::string text(reinterpret_cast<const char*>(value));
  xmlFree(value);
  return text;
}

std::string written(xmlDoc& document) {
  xmlChar* bytes = nullptr;
  int size = 0;
  xmlDocDumpMemoryEnc(&document, &bytes, &size, "UTF-8");
  if (bytes == nullptr) throw std::bad_alloc();
  std::string text(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  xmlFree(bytes);
  return text;
}

bool is_xsd(const xmlNode* node, std::string_view name) {
  return node->type == XML_ELEMENT_NODE && node->ns != nullptr &&
         reinterpret_cast<const char*>(node->ns->href) == kXsd && reinterpret_cast<const char*>(node->name) == name;
}

/// RFC 5361 refers to types of common policy without importing it: what a schema has a prefix for, it may use.
void add_forgotten_imports(xmlNode& root, SchemaFile& file) {
  for (const xmlNs* declared = root.nsDef; declared != nullptr; declared = declared->next) {
    const std::string ns = declared->href == nullptr ? "" : reinterpret_cast<const char*>(declared->href);
    if (ns.empty() || ns == kXsd || ns == file.target || !file.imported.insert(ns).second) continue;
    xmlNode* import = xmlNewNode(root.ns, reinterpret_cast<const xmlChar*>("import"));
    if (import == nullptr) throw std::bad_alloc();
    xmlNewProp(import, reinterpret_cast<const xmlChar*>("namespace"), declared->href);
    if (root.children == nullptr) xmlAddChild(&root, import);
    else xmlAddPrevSibling(root.children, import);
  }
}

SchemaFile read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  SchemaFile file{path.string(), {}, {}, {}};
  if (!stream) fail(fmt::format("cannot read the schema `{}`", diag::printable(file.path)), "");
  file.text.assign(std::istreambuf_iterator<char>(stream), {});
  std::vector<LibxmlError> errors;
  const DocumentPtr document = parse(file.text, errors);
  if (!document) {
    fail(fmt::format("the schema `{}` is not well-formed: line {}: {}", diag::printable(file.path), errors.at(0).line,
                     diag::printable(errors.at(0).message)),
         "");
  }
  xmlNode* root = xmlDocGetRootElement(document.get());
  if (root == nullptr || !is_xsd(root, "schema")) {
    fail(fmt::format("`{}` is no XML schema", diag::printable(file.path)),
         "its root has to be `schema` of the namespace `http://www.w3.org/2001/XMLSchema`");
  }
  file.target = attribute(root, "targetNamespace");
  for (xmlNode* child = root->children; child != nullptr; child = child->next) {
    if (!is_xsd(child, "import")) continue;
    file.imported.insert(attribute(child, "namespace"));
    // The driver imports every namespace; a location that cannot be read would be an error.
    xmlUnsetProp(child, reinterpret_cast<const xmlChar*>("schemaLocation"));
  }
  add_forgotten_imports(*root, file);
  file.text = written(*document);
  return file;
}

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '&') result += "&amp;";
    else if (c == '<') result += "&lt;";
    else if (c == '"') result += "&quot;";
    else result += c;
  }
  return result;
}

std::string opening(std::string_view target) {
  return fmt::format("<xs:schema xmlns:xs=\"{}\"{}>", kXsd,
                     target.empty() ? std::string() : fmt::format(" targetNamespace=\"{}\"", escaped(target)));
}

/// The number behind `prefix`, when `name` is that and a number below `end`.
std::optional<std::size_t> number_of(std::string_view name, std::string_view prefix, std::size_t end) {
  if (!name.starts_with(prefix) || name.size() == prefix.size() || name.size() > prefix.size() + 9) return std::nullopt;
  std::size_t number = 0;
  for (const char c : name.substr(prefix.size())) {
    if (c < '0' || c > '9') return std::nullopt;
    number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  return number < end ? std::optional(number) : std::nullopt;
}

}  // namespace

Folder::Folder(const std::string& path) {
  namespace fs = std::filesystem;
  std::error_code error;
  std::vector<fs::path> paths;
  for (auto entry = fs::directory_iterator(path, error); !error && entry != fs::directory_iterator();
       entry.increment(error)) {
    if (entry->path().extension() == ".xsd") paths.push_back(entry->path());
  }
  if (error) fail(fmt::format("cannot read the folder `{}`: {}", diag::printable(path), error.message()), "");
  if (paths.empty()) {
    fail(fmt::format("there is no schema (`*.xsd`) in `{}`", diag::printable(path)),
         "save the schemas of RFC 4745, RFC 5025 and RFC 6772 there");
  }
  std::ranges::sort(paths);
  for (const auto& each : paths) {
    files_.push_back(read_file(each));
    by_target_[files_.back().target].push_back(files_.size() - 1);
  }
}

std::set<std::string> Folder::closure(const std::set<std::string>& wanted) const {
  std::set<std::string> found;
  std::vector<std::string> open(wanted.begin(), wanted.end());
  while (!open.empty()) {
    const std::string ns = std::move(open.back());
    open.pop_back();
    const auto files = by_target_.find(ns);
    if (ns.empty() || (files == by_target_.end() && ns != kXmlNamespace) || !found.insert(ns).second) continue;
    if (files == by_target_.end()) continue;
    for (const std::size_t file : files->second)
      open.insert(open.end(), files_[file].imported.begin(), files_[file].imported.end());
  }
  return found;
}

std::string Folder::driver(const std::set<std::string>& namespaces) const {
  std::string text = opening("");
  std::size_t number = 0;
  for (const std::string& ns : namespaces) {
    text += fmt::format("<xs:import namespace=\"{}\" schemaLocation=\"{}{}\"/>", escaped(ns), kNamespaceName, number++);
  }
  return text + "</xs:schema>";
}

std::string Folder::all_of(std::string_view target) const {
  const auto files = by_target_.find(std::string(target));
  if (files == by_target_.end()) return std::string(target == kXmlNamespace ? kXmlSchema : "");
  if (files->second.size() == 1) return files_[files->second.front()].text;
  std::string text = opening(target);
  for (const std::size_t file : files->second) text += fmt::format("<xs:include schemaLocation=\"{}{}\"/>", kFileName, file);
  return text + "</xs:schema>";
}

/// RFC 4479 includes `common-schema.xsd`, which somebody may have saved as `rfc4479-common-schema.xsd`.
const SchemaFile* Folder::included(std::string_view location) const {
  const std::string_view last = location.substr(location.find_last_of("/:") + 1);  // npos + 1: all of it
  if (!last.ends_with(".xsd")) return nullptr;
  const SchemaFile* found = nullptr;
  for (const SchemaFile& file : files_) {
    const std::string name = std::filesystem::path(file.path).filename().string();
    if (name == last) return &file;
    if (found == nullptr && name.ends_with(fmt::format("-{}", last))) found = &file;
  }
  return found;
}

std::string Folder::text_of(std::string_view name, const std::set<std::string>& namespaces) const {
  if (name == kDriver) return driver(namespaces);
  if (const auto number = number_of(name, kNamespaceName, namespaces.size()))
    return all_of(*std::next(namespaces.begin(), static_cast<std::ptrdiff_t>(*number)));
  if (const auto number = number_of(name, kFileName, files_.size())) return files_[*number].text;
  // Imports come by namespace from the driver; what is left is an include, of the same namespace or of none.
  const SchemaFile* file = included(name);
  if (file == nullptr || (!file->target.empty() && !namespaces.contains(file->target))) return {};
  return file->text;
}

}  // namespace presproof::schema
