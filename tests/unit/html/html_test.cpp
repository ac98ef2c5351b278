#include <catch2/catch.hpp>
#include <string>

#include "html/markup.h"
#include "html/page.h"

namespace presproof::html {

TEST_CASE("text becomes neither markup nor a control character", "[html]") {
  CHECK(escaped(R"(<a href="x" onclick='y'>&)") == "&lt;a href=&quot;x&quot; onclick=&#39;y&#39;&gt;&amp;");
  CHECK(escaped("a\x1b[31mb") == "a\\x1B[31mb");
  CHECK(escaped("\xe2\x80\xaegnp.exe") == "\\u{202E}gnp.exe");
  CHECK(name("<b>") == "<bdi>&lt;b&gt;</bdi>");
}

TEST_CASE("long text is cut between characters and says how long it was", "[html]") {
  CHECK(shortened(std::string(160, 'a')) == std::string(160, 'a'));
  CHECK(shortened(std::string(161, 'a')) == std::string(159, 'a') + "… (161 bytes)");
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "ä";
  const std::string cut = shortened(umlauts);
  CHECK(cut.ends_with("… (200 bytes)"));
  CHECK(cut.find('\xc3') == 0);
  CHECK((cut.size() - std::string("… (200 bytes)").size()) % 2 == 0);
  CHECK(shortened("abcdef", 3).starts_with("ab…"));
}

TEST_CASE("what stands in backticks is code, and nothing of it is markup", "[html]") {
  CHECK(html::message("rule `a<b` gives `c`, and a ` alone", 100) == "rule <code>a&lt;b</code> gives <code>c</code>, and a ` alone");
  CHECK(html::message("``", 100) == "<code></code>");
  CHECK(html::message("rule `abcdefgh`", 9) == "rule `ab… (15 bytes)");
}

TEST_CASE("the policy of a page allows its own style and script by their hashes", "[html]") {
  // echo -n 'alert(1)' | openssl dgst -sha256 -binary | base64
  CHECK(hash_source("alert(1)") == "'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
  const std::string page = write_page({"A <title>", "p { }", "let x;", "<p>body</p>\n"});
  CHECK(page.find("<title>A &lt;title&gt;</title>") != std::string::npos);
  CHECK(page.find("default-src &#39;none&#39;") != std::string::npos);
  CHECK(page.find("style-src " + escaped(hash_source("p { }"))) != std::string::npos);
  CHECK(page.find("script-src " + escaped(hash_source("let x;"))) != std::string::npos);
  CHECK(page.find("unsafe") == std::string::npos);
}

}  // namespace presproof::html
