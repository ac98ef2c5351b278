#include "sip/message.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "base/lexical.h"
#include "diag/error.h"
#include "sip/header_value.h"

namespace presproof::sip {
namespace {

struct CompactForm {
  char letter;
  std::string_view name;
};

/// The compact forms that IANA's registry of SIP header fields lists.
constexpr std::array<CompactForm, 20> kCompactForms = {{{'a', "accept-contact"},
                                                        {'b', "referred-by"},
                                                        {'c', "content-type"},
                                                        {'d', "request-disposition"},
                                                        {'e', "content-encoding"},
                                                        {'f', "from"},
                                                        {'i', "call-id"},
                                                        {'j', "reject-contact"},
                                                        {'k', "supported"},
                                                        {'l', "content-length"},
                                                        {'m', "contact"},
                                                        {'n', "identity-info"},
                                                        {'o', "event"},
                                                        {'r', "refer-to"},
                                                        {'s', "subject"},
                                                        {'t', "to"},
                                                        {'u', "allow-events"},
                                                        {'v', "via"},
                                                        {'x', "session-expires"},
                                                        {'y', "identity"}}};

std::string full_name(std::string_view name) {
  std::string lower = to_lower_ascii(name);
  if (lower.size() != 1) return lower;
  const auto found = std::find_if(kCompactForms.begin(), kCompactForms.end(),
                                  [&](const CompactForm& form) { return form.letter == lower.front(); });
  return found == kCompactForms.end() ? lower : std::string(found->name);
}

std::string_view trim_blank(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Reads a text line by line and knows where it is.
class LineReader {
 public:
  LineReader(const diag::Sources& sources, std::uint32_t file)
      : sources_(sources), file_(file), text_(sources.text(file)) {}

  /// The next line without its line break; nothing at the end.
  std::optional<std::string_view> next() {
    if (at_ >= text_.size()) return std::nullopt;
    const std::size_t feed = text_.find('\n', at_);
    std::string_view line = text_.substr(at_, feed == std::string_view::npos ? feed : feed - at_);
    at_ = feed == std::string_view::npos ? text_.size() : feed + 1;
    if (line.ends_with('\r')) line.remove_suffix(1);
    for (const char& c : line) {
      const auto octet = static_cast<unsigned char>(c);
      if ((octet < 0x20 && c != '\t') || octet == 0x7F) {
        fail(line.substr(static_cast<std::size_t>(&c - line.data()), 1), "a control character in a SIP header field",
             "only the body of a request may hold it");
      }
    }
    return line;
  }

  [[nodiscard]] SourceSpan span(std::string_view part) const {
    return sources_.span_at(file_, static_cast<std::size_t>(part.data() - text_.data()), part.size());
  }

  [[noreturn]] void fail(std::string_view part, std::string message, std::string hint) const {
    throw diag::InputError({span(part), std::move(message), std::move(hint)});
  }

 private:
  const diag::Sources& sources_;
  std::uint32_t file_;
  std::string_view text_;
  std::size_t at_ = 0;
};

/// Request-Line = Method SP Request-URI SP SIP-Version.
void read_request_line(Message& message, const LineReader& reader, std::string_view line) {
  constexpr std::string_view hint = "a request begins like `SUBSCRIBE sip:alice@example.com SIP/2.0`";
  if (equal_ignoring_case(line.substr(0, 8), "SIP/2.0 ")) {
    reader.fail(line, "this is a SIP response, not a request", std::string(hint));
  }
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last || !is_token(line.substr(0, first))) {
    reader.fail(line, "not the request line of a SIP request", std::string(hint));
  }
  const std::string_view version = line.substr(last + 1);
  if (!equal_ignoring_case(version, "SIP/2.0")) {
    reader.fail(version, "the SIP version is not `SIP/2.0`", std::string(hint));
  }
  const std::string_view uri = line.substr(first + 1, last - first - 1);
  // RFC 3261 section 7.1: one space on either side, and no angle brackets.
  if (uri.find_first_of(" \t<>") != std::string_view::npos || uri.empty()) {
    reader.fail(uri, "the Request-URI has spaces or angle brackets", std::string(hint));
  }
  message.method = line.substr(0, first);
  message.request_uri = uri;
  message.method_span = reader.span(line.substr(0, first));
  message.request_uri_span = reader.span(uri);
}

Header read_header(const LineReader& reader, std::string_view line) {
  const std::size_t colon = line.find(':');
  const std::string_view name = trim_blank(line.substr(0, colon));
  if (colon == std::string_view::npos || !is_token(name)) {
    reader.fail(line, "not a SIP header field", "write it as `Name: value`; an empty line ends the header");
  }
  return {full_name(name), std::string(trim_blank(line.substr(colon + 1))), reader.span(name)};
}

}  // namespace

Message read_message(const diag::Sources& sources, std::uint32_t file) {
  if (sources.text(file).size() > kMaxRequestBytes) {
    throw diag::InputError({sources.span_at(file, 0, 0), "the SIP request is larger than 1 MiB",
                            "header and body of a SUBSCRIBE are a few kilobytes; is this the right file?"});
  }
  LineReader reader(sources, file);
  std::optional<std::string_view> line = reader.next();
  while (line && line->empty()) line = reader.next();  // RFC 3261 section 7.5
  if (!line) {
    throw diag::InputError(
        {sources.span_at(file, 0, 0), "the SIP request is empty", "save the whole SUBSCRIBE request"});
  }
  Message message;
  read_request_line(message, reader, *line);
  while ((line = reader.next()) && !line->empty()) {
    const bool folded = line->front() == ' ' || line->front() == '\t';
    if (!folded) {
      message.headers.push_back(read_header(reader, *line));
      continue;
    }
    if (message.headers.empty())
      reader.fail(*line, "a folded line before the first header field", "begin at the line's start");
    std::string& value = message.headers.back().value;
    const std::string_view more = trim_blank(*line);
    if (!value.empty() && !more.empty()) value += ' ';
    value += more;
  }
  return message;
}

}  // namespace presproof::sip
