#include "html/markup.h"

#include <fmt/format.h>

#include "base/utf8.h"
#include "diag/printable.h"

namespace presproof::html {

std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : diag::printable(text)) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      case '\'': result += "&#39;"; break;
      default: result += c;
    }
  }
  return result;
}

std::string shortened(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return escaped(text);
  std::size_t end = 0;
  for (std::size_t next = 0; next < longest;) {
    end = next;
    next += decode_utf8(text, next).length;
  }
  return fmt::format("{}… ({} bytes)", escaped(text.substr(0, end)), text.size());
}

std::string message(std::string_view text, std::size_t longest) {
  const std::string plain = shortened(text, longest);
  std::string result;
  std::size_t from = 0;
  while (true) {
    const std::size_t begin = plain.find('`', from);
    const std::size_t end = begin == std::string::npos ? begin : plain.find('`', begin + 1);
    if (end == std::string::npos) return result + plain.substr(from);
    result += fmt::format("{}<code>{}</code>", plain.substr(from, begin - from), plain.substr(begin + 1, end - begin - 1));
    from = end + 1;
  }
}

std::string name(std::string_view text) { return fmt::format("<bdi>{}</bdi>", shortened(text)); }

}  // namespace presproof::html
