#include "xml/encoding.h"

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/utf8.h"

namespace presproof::xml {
namespace {

using namespace std::string_view_literals;

enum class Form { utf8, utf16le, utf16be, utf32 };

struct Signature {
  std::string_view bytes;
  std::size_t mark_length;
  Form form;
};

// XML 1.0 appendix F.1; the longer signatures first.
constexpr Signature kSignatures[] = {
    {"\x00\x00\xFE\xFF"sv, 4, Form::utf32}, {"\xFF\xFE\x00\x00"sv, 4, Form::utf32}, {"\x00\x00\x00<"sv, 0, Form::utf32},
    {"<\x00\x00\x00"sv, 0, Form::utf32},    {"\xEF\xBB\xBF"sv, 3, Form::utf8},      {"\xFE\xFF"sv, 2, Form::utf16be},
    {"\xFF\xFE"sv, 2, Form::utf16le},       {"\x00<"sv, 0, Form::utf16be},          {"<\x00"sv, 0, Form::utf16le},
};

Signature detect(std::string_view text) {
  for (const Signature& signature : kSignatures) {
    if (text.substr(0, signature.bytes.size()) == signature.bytes) return signature;
  }
  return {{}, 0, Form::utf8};
}

struct Recoded {
  std::string text;
  std::optional<std::size_t> fault;  ///< where in `text` the first unpaired surrogate or half unit would be
};

Recoded recode_utf16(std::string_view bytes, bool little_endian) {
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<char32_t>(little_endian ? second << 8 | first : first << 8 | second);
  };
  Recoded result;
  result.text.reserve(bytes.size() / 2 + bytes.size() / 8);
  const auto fault = [&] {
    if (!result.fault) result.fault = result.text.size();
    append_utf8(result.text, 0xFFFF);  // which XML forbids, so that nobody takes the text for a good one later
  };
  std::size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) {
    const char32_t c = unit(at);
    if (c < 0xD800 || c > 0xDFFF) {
      append_utf8(result.text, c);
      continue;
    }
    // RFC 2781 section 2.2: a high surrogate, then a low one.
    const char32_t low = c < 0xDC00 && at + 3 < bytes.size() ? unit(at + 2) : 0;
    if (low < 0xDC00 || low > 0xDFFF) {
      fault();
      continue;
    }
    append_utf8(result.text, 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00));
    at += 2;
  }
  if (at < bytes.size()) fault();
  return result;
}

bool refuse(diag::Sink& sink, diag::Code code, SourceSpan span, std::string message, std::string fix) {
  sink.report({code, span, std::nullopt, std::move(message), std::move(fix), {}});
  return false;
}

}  // namespace

bool make_utf8(diag::Sources& sources, std::uint32_t file, diag::Sink& sink) {
  if (sources.encoding(file) != "UTF-8") return true;  // done by an earlier reading of the same file
  const std::string_view text = sources.text(file);
  const Signature signature = detect(text);
  if (signature.form == Form::utf32) {
    return refuse(sink, diag::Code::unsupported_encoding, sources.span_at(file, 0, 0), "the document is in UTF-32, which is not supported",
                  "save it as UTF-8");
  }
  const std::string_view content = text.substr(signature.mark_length);
  if (signature.form == Form::utf8) {
    if (signature.mark_length != 0) sources.replace_text(file, std::string(content));
    return true;
  }
  const bool little_endian = signature.form == Form::utf16le;
  Recoded recoded = recode_utf16(content, little_endian);
  sources.replace_text(file, std::move(recoded.text), little_endian ? "UTF-16LE" : "UTF-16BE");
  if (!recoded.fault) return true;
  const bool half = content.size() % 2 != 0 && *recoded.fault + 3 == sources.text(file).size();
  return refuse(sink, diag::Code::not_well_formed, sources.span_at(file, *recoded.fault, 3),
                half ? "the UTF-16 text ends within a code unit" : "a surrogate stands alone in the UTF-16 text",
                "save the document as UTF-8");
}

}  // namespace presproof::xml
