#include "html/page.h"

#include <array>

#include <fmt/format.h>
#include <openssl/evp.h>

#include "diag/error.h"
#include "html/markup.h"

namespace presproof::html {

std::string hash_source(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
  unsigned int length = 0;
  if (EVP_Digest(text.data(), text.size(), hash.data(), &length, EVP_sha256(), nullptr) != 1) throw diag::InternalError("SHA-256 is not available");
  std::array<unsigned char, 2 * EVP_MAX_MD_SIZE> base64{};
  const int written = EVP_EncodeBlock(base64.data(), hash.data(), static_cast<int>(length));
  std::string source = "'sha256-";
  for (int i = 0; i < written; ++i) source += static_cast<char>(base64[static_cast<std::size_t>(i)]);
  return source + "'";
}

std::string write_page(const Page& page) {
  return fmt::format(R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8"/>
<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src {}; script-src {}; base-uri &#39;none&#39;; form-action &#39;none&#39;"/>
<meta name="viewport" content="width=device-width, initial-scale=1"/>
<meta name="color-scheme" content="light dark"/>
<meta name="referrer" content="no-referrer"/>
<title>{}</title>
<style>{}</style>
</head>
<body>
{}<script>{}</script>
</body>
</html>
)",
                     escaped(hash_source(page.style)), escaped(hash_source(page.script)), escaped(page.title), page.style, page.body, page.script);
}

}  // namespace presproof::html
