#include "lint/checks/checks.h"

#include <algorithm>

#include "base/lexical.h"
#include "lint/surroundings.h"

namespace presproof::lint {
namespace {

bool remove_words(std::string_view whole, std::size_t begin, std::size_t end, bool blanks_too,
                  text::TextChanges& changes) {
  const std::string_view words = trim_xml_space(whole.substr(begin, end - begin));
  if (!blanks_too) {
    if (words.empty()) return false;
    begin = static_cast<std::size_t>(words.data() - whole.data());
    end = begin + words.size();
    // With its line, when nothing else is on it.
    const std::size_t line = whole.find_last_not_of(" \t", begin - 1);
    const std::size_t next = whole.find_first_not_of(" \t\r", end);
    if (whole[line] == '\n' && next != std::string_view::npos && whole[next] == '\n') {
      begin = line;
      end = whole[next - 1] == '\r' ? next - 1 : next;
      if (whole[line - 1] == '\r' && whole[end] == '\r') --begin;
    }
  }
  changes.replace(begin, end, {});
  return true;
}

}  // namespace

/// Comments and child elements stay. Between elements white space stays, too; where nothing is allowed, it goes.
bool fix_unexpected_text(const Fixing& fixing, text::TextChanges& changes) {
  const std::string_view whole = fixing.text();
  const text::ElementText element = fixing.element();
  const bool holds_elements = !text::children_of(whole, element).empty();
  bool changed = false;
  for (std::size_t at = element.open_end; at < element.close_begin;) {
    const std::string_view rest = whole.substr(at, element.close_begin - at);
    if (rest.starts_with("<!--")) {
      at += rest.find("-->") + 3;
    } else if (rest.starts_with("<![CDATA[")) {
      const std::size_t end = at + rest.find("]]>") + 3;
      changes.replace(at, end, {});
      changed = true;
      at = end;
    } else if (rest.starts_with("<?")) {
      at += rest.find("?>") + 2;
    } else if (rest.front() == '<') {
      at = text::element_at(whole, at).end;
    } else {
      const std::size_t end = at + std::min(rest.find('<'), rest.size());
      changed = remove_words(whole, at, end, !holds_elements, changes) || changed;
      at = end;
    }
  }
  return changed;
}

}  // namespace presproof::lint
