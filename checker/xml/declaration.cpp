#include "xml/declaration.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "base/lexical.h"
#include "base/utf8.h"

namespace presproof::xml {
namespace {

constexpr std::string_view kOpening = "<?xml";
constexpr std::string_view kHint = "write `<?xml version=\"1.0\" encoding=\"UTF-8\"?>`";

struct Part {
  std::size_t offset;
  std::string_view name;
  std::string_view value;
};

/// `name = "value"`.
bool read_part(Scanner& in, std::vector<Part>& parts) {
  Part part{in.at(), {}, {}};
  std::size_t length = 0;
  if (!in.plain_name(length, "a part of the XML declaration")) return false;
  part.name = in.text().substr(part.offset, length);
  in.skip_space();
  if (in.peek() != '=') return in.fail_here("`=` is expected here in the XML declaration", std::string(kHint));
  in.advance(1);
  in.skip_space();
  if (!in.attribute_value(part.value)) return false;
  parts.push_back(part);
  return true;
}

bool read_parts(Scanner& in, std::vector<Part>& parts) {
  while (true) {
    const bool space = in.skip_space();
    if (in.looking_at("?>")) {
      in.advance(2);
      return true;
    }
    if (in.at_end()) return in.fail_at_end(0, "the XML declaration");
    if (!space) return in.fail_here("white space is missing in the XML declaration", std::string(kHint));
    // Three parts there are; more are refused below.
    if (parts.size() > 3) return true;
    if (!read_part(in, parts)) return false;
  }
}

bool check_version(Scanner& in, const Part& part) {
  const std::string_view minor = part.value.substr(std::min<std::size_t>(2, part.value.size()));
  const bool known = part.value.substr(0, 2) == "1." && !minor.empty() &&
                     std::all_of(minor.begin(), minor.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (known) return true;
  return in.fail(part.offset, part.name.size(), fmt::format("XML version {} is not known", shown(part.value)),
                 "write `version=\"1.0\"`");
}

/// The fault that was set is about the encoding, not about the form of the document.
bool unsupported(Scanner& in) {
  in.fault()->code = diag::Code::unsupported_encoding;
  return false;
}

/// XML 1.0 section 4.3.3: it is an error to declare another encoding than that of the text.
bool check_encoding(Scanner& in, const Part& part, std::string_view encoding) {
  const auto is = [&](std::string_view name) { return equal_ignoring_case(part.value, name); };
  const auto fail = [&](std::string_view why) {
    return in.fail(part.offset, part.name.size(), fmt::format("the encoding {} {}", shown(part.value), why),
                   "save the document as UTF-8 and declare `encoding=\"UTF-8\"`");
  };
  const bool recoded = encoding != "UTF-8";
  if (is("UTF-16") || is("UTF-16LE") || is("UTF-16BE")) {
    return recoded && (is("UTF-16") || is(encoding))
               ? true
               : fail(fmt::format("is declared, but the file is in {}", encoding));
  }
  const bool ascii = is("US-ASCII") || is("ASCII");
  if (!ascii && !is("UTF-8")) return fail("is not supported") || unsupported(in);
  if (recoded) return fail(fmt::format("is declared, but the file is in {}", encoding));
  if (!ascii || is_ascii(in.text())) return true;
  const std::string_view text = in.text();
  const auto wide =
      std::find_if(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  return in.fail(static_cast<std::size_t>(wide - text.begin()), 1,
                 "a character beyond ASCII stands in a document that declares US-ASCII",
                 "declare `encoding=\"UTF-8\"`") ||
         unsupported(in);
}

bool check_standalone(Scanner& in, const Part& part) {
  if (part.value == "yes" || part.value == "no") return true;
  return in.fail(part.offset, part.name.size(), fmt::format("standalone is yes or no, not {}", shown(part.value)));
}

}  // namespace

bool xml_declaration(Scanner& in, std::string_view encoding) {
  if (!in.looking_at(kOpening)) return true;
  const std::string_view rest = in.text().substr(kOpening.size());
  if (!rest.empty() && rest.front() != '?' && !has_class(rest.front(), kSpaceByte)) return true;
  in.advance(kOpening.size());

  std::vector<Part> parts;
  if (!read_parts(in, parts)) return false;
  if (parts.empty() || parts.front().name != "version") {
    return in.fail(0, kOpening.size(), "the XML declaration does not begin with the version", std::string(kHint));
  }
  if (!check_version(in, parts.front())) return false;
  std::size_t next = 1;
  if (next < parts.size() && parts[next].name == "encoding") {
    if (!check_encoding(in, parts[next++], encoding)) return false;
  }
  if (next < parts.size() && parts[next].name == "standalone") {
    if (!check_standalone(in, parts[next++])) return false;
  }
  if (next == parts.size()) return true;
  return in.fail(
      parts[next].offset, parts[next].name.size(),
      fmt::format("{} has no place here: the XML declaration has version, encoding and standalone, in this order",
                  shown(parts[next].name)));
}

}  // namespace presproof::xml
