#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <string>

#include "diag/diagnostic.h"
#include "diag/sources.h"
#include "xml/document.h"

/// XML Schema validation, by libxml2 and against schemas that the user has: what a server that validates uploads says.
/// It knows nothing of rules and shares no code with their readers, so that it can tell what those miss.
///
/// Schemas are found by targetNamespace among the `*.xsd` of one folder, because the locations that the RFCs write in
/// their imports do not exist. Nothing else is ever opened, and nothing is fetched.
namespace presproof::schema {

/// How many findings one document gets.
inline constexpr std::size_t kMostFindings = 20;

class Schemas {
 public:
  /// Reads all `*.xsd` of the folder. Throws diag::InputError when there is none, or one is no XML schema.
  [[nodiscard]] static Schemas read(const std::string& folder);
  Schemas(Schemas&&) noexcept;
  Schemas& operator=(Schemas&&) noexcept;
  ~Schemas();

  /// Reports what the schemas of the document's namespaces, and of those that they import, refuse in it. Elements that a
  /// finding in `sink` explains already, unless nobody wants its code, are left out. Throws diag::InputError when the
  /// schemas of the root do not fit together (a name that is missing or defined twice). From any thread.
  void validate(const xml::Document& document, const diag::Sources& sources, const std::set<diag::Code>& disabled,
                diag::Sink& sink);

  /// Namespaces that documents used and whose schemas do not fit together, each with the reason: nothing of them was
  /// validated. Which they are does not depend on the order of the documents.
  [[nodiscard]] const std::map<std::string, std::string>& left_out() const;

  struct Impl;  ///< schemas.cpp's own

 private:
  explicit Schemas(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace presproof::schema
