#include "unit/lint/fixture.h"

namespace presproof::lint {
namespace {

using diag::Code;

/// A document whose root has these declarations beside the default one.
class Document {
 public:
  Document(const std::string& declarations, const std::string& rules) : linted_("") {
    linted_.add_document("<ruleset xmlns=\"urn:ietf:params:xml:ns:common-policy\"" + declarations + ">" + rules + "</ruleset>");
  }
  /// In the document; what the empty one beside it has is left out.
  std::vector<diag::Diagnostic> run(Code code) {
    auto found = linted_.run(code);
    std::erase_if(found, [](const auto& each) { return each.span.file == 0; });
    return found;
  }
  std::string message(Code code) {
    const auto found = run(code);
    REQUIRE(found.size() == 1);
    return found.front().message;
  }
  std::string fixed(Code code) {
    const auto found = run(code);
    REQUIRE(found.size() == 1);
    const auto text = fixed_text(linted_.context(), found.front());
    return text.value_or("");
  }

 private:
  Linted linted_;
};

const std::string kPr = " xmlns:pr=\"urn:ietf:params:xml:ns:pres-rules\"";
const std::string kGp = " xmlns:gp=\"urn:ietf:params:xml:ns:geolocation-policy\"";
const std::string kMoodRule = rule("a", kBob, "", "<pr:provide-mood>true</pr:provide-mood>");
const std::string kRoot = "<ruleset xmlns=\"urn:ietf:params:xml:ns:common-policy\"";

std::string spelled(const std::string& boolean) { return rule("a", kBob, "", "<pr:provide-mood>" + boolean + "</pr:provide-mood>"); }
std::string retained(const std::string& seconds) {
  return rule("a", kBob, "", "<gp:set-retention-expiry>" + seconds + "</gp:set-retention-expiry>");
}

}  // namespace

TEST_CASE("a prefix that nothing uses is a finding, and its declaration can go", "[lint]") {
  Document document(kPr + "\n  " + kGp.substr(1), kMoodRule);
  CHECK(document.message(Code::unused_namespace) ==
        "the prefix `gp` stands for `urn:ietf:params:xml:ns:geolocation-policy`, but nothing in `<ruleset>` uses it");
  CHECK(document.fixed(Code::unused_namespace) == kRoot + kPr + ">" + kMoodRule + "</ruleset>");
}

TEST_CASE("a prefix in content counts as used, and that of the schema instance always does", "[lint]") {
  CHECK(Document(kPr + " xmlns:q='urn:q'", rule("a", kBob, "", "<pr:provide-class>q:x</pr:provide-class>")).run(Code::unused_namespace).empty());
  CHECK(Document(kPr + " xmlns:q='urn:q'", "<!-- q:x -->" + kMoodRule).run(Code::unused_namespace).empty());
  CHECK(Document(kPr + " xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'", kMoodRule).run(Code::unused_namespace).empty());
}

TEST_CASE("a prefix that is used around its declaration alone is not used", "[lint]") {
  const std::string outside = "<q:e xmlns:q='urn:q'/><e xmlns:q='urn:q'/>";
  CHECK(Document(kPr, kMoodRule + outside).message(Code::unused_namespace) == "the prefix `q` stands for `urn:q`, but nothing in `<e>` uses it");
}

TEST_CASE("a boolean that is a digit is written as a word", "[lint]") {
  Linted one_digit(spelled(" 1 "));
  CHECK(one_digit.message(Code::boolean_spelling) == "`<pr:provide-mood>` is `1`, which some servers do not take for `true`");
  CHECK(one_digit.fixed(Code::boolean_spelling) == spelled(" true "));
  CHECK(Linted(spelled("0")).fixed(Code::boolean_spelling) == spelled("false"));
  CHECK(Linted(spelled("true")).count(Code::boolean_spelling) == 0);
  CHECK(Linted(spelled("2")).count(Code::boolean_spelling) == 0);
}

TEST_CASE("a digit beside a comment, or written as a reference, is left to its owner", "[lint]") {
  CHECK_FALSE(Linted(spelled("<!-- yes -->1")).fixed(Code::boolean_spelling).has_value());
  CHECK_FALSE(Linted(spelled("&#49;")).fixed(Code::boolean_spelling).has_value());
}

TEST_CASE("a namespace that is declared again is a finding, and the inner declaration can go", "[lint]") {
  const std::string again = "<rule id=\"a\"" + kPr + "><actions>" + kAllow + "</actions></rule>";
  Linted linted(again);
  CHECK(linted.message(Code::namespace_declared_again) == "`<rule>` declares the prefix `pr` again, as it is declared around it");
  CHECK(linted.fixed(Code::namespace_declared_again) == "<rule id=\"a\"><actions>" + kAllow + "</actions></rule>");
  CHECK(Linted(R"(<rule xmlns="urn:ietf:params:xml:ns:common-policy" id="a"/>)").message(Code::namespace_declared_again) ==
        "`<rule>` declares the default namespace again, as it is declared around it");
}

TEST_CASE("another namespace for a prefix, or another prefix for a namespace, is no repetition", "[lint]") {
  CHECK(Linted("<rule id='a'/><x xmlns='urn:x' xmlns:gp='urn:x'/>").count(Code::namespace_declared_again) == 0);
  CHECK(Linted("<rule id='a'/><q:x xmlns:q='urn:ietf:params:xml:ns:pres-rules'/>").count(Code::namespace_declared_again) == 0);
}

TEST_CASE("a prefix that the RFCs use for another namespace misleads", "[lint]") {
  Document document(" xmlns:gp=\"urn:ietf:params:xml:ns:pres-rules\"", "");
  CHECK(document.message(Code::misleading_prefix) ==
        "the prefix `gp` stands for `urn:ietf:params:xml:ns:pres-rules` here, and for `urn:ietf:params:xml:ns:geolocation-policy` in RFC 6772");
  CHECK(Document(kPr + kGp, "").run(Code::misleading_prefix).empty());
  CHECK(Document(" xmlns:gp='urn:ietf:params:xml:ns:pidf:geopriv10'", "").run(Code::misleading_prefix).empty());
  CHECK(Document(" xmlns:pr='urn:x-private'", "").run(Code::misleading_prefix).empty());
  CHECK(Document(" xmlns:p='urn:ietf:params:xml:ns:pres-rules'", "").run(Code::misleading_prefix).empty());
}

TEST_CASE("numbers with a plus sign or zeros before them are written plainly", "[lint]") {
  Linted radius(rule("a", kBob, "", blurred(" 0500")));
  CHECK(radius.message(Code::number_spelling) == "the `radius` of `<lp:provide-geo>` is `0500`, an unusual spelling of `500`");
  CHECK(radius.fixed(Code::number_spelling) == rule("a", kBob, "", blurred(" 500")));
  CHECK(Linted(retained("+3600")).fixed(Code::number_spelling) == retained("3600"));
  CHECK(Linted(retained("-0")).fixed(Code::number_spelling) == retained("0"));
  CHECK(Linted(rule("a", circle("52 13", "0500.5"))).fixed(Code::number_spelling) == rule("a", circle("52 13", "500.5")));
}

TEST_CASE("plain numbers, and numbers that the reader refuses, are no odd spellings", "[lint]") {
  for (const auto* seconds : {"0", "3600", "00x", "-5", ""}) CHECK(Linted(retained(seconds)).count(Code::number_spelling) == 0);
  CHECK(Linted(rule("a", circle("52 13", "0.5"))).count(Code::number_spelling) == 0);
  CHECK(Linted(rule("a", kBob, "", blurred("00"))).count(Code::number_spelling) == 0);
}

TEST_CASE("white space around a value is a finding, and can go", "[lint]") {
  Linted id(rule("a", one(" sip:bob@example.com"), kAllow));
  CHECK(id.message(Code::value_with_blanks) ==
        "the `id` of `<one>` has white space around `sip:bob@example.com`: a server that compares texts does not find it equal");
  CHECK(id.fixed(Code::value_with_blanks) == rule("a", kBob, kAllow));
  CHECK(Linted(rule("a", kBob, handling("\n  allow\n"))).fixed(Code::value_with_blanks) == rule("a", kBob, kAllow));
  CHECK(Linted(rule("a", kBob, kAllow)).count(Code::value_with_blanks) == 0);
}

TEST_CASE("white space in places and texts, and where it is an error, is no matter of style", "[lint]") {
  CHECK(Linted(rule("a", circle("\n 52 13\n", "5"))).count(Code::value_with_blanks) == 0);
  CHECK(Linted(rule("a", kBob, "", "<gp:set-note-well> keep it </gp:set-note-well>")).count(Code::value_with_blanks) == 0);
  CHECK(Linted(rule("a", kBob, "", "<pr:provide-user-input> bare </pr:provide-user-input>")).count(Code::value_with_blanks) == 0);
  CHECK(Linted(rule("a", kBob, "", "<gp:keep-rule-reference>\n false\n </gp:keep-rule-reference>")).count(Code::value_with_blanks) == 0);
  CHECK(Linted(rule("a", kBob, handling("  "))).count(Code::value_with_blanks) == 0);
}

TEST_CASE("the older dialect is rewritten where RFC 6772 can say the same", "[lint]") {
  const auto rewritten = [](const std::string& older) { return Linted(rule("a", kBob, "", older)).fixed(Code::older_dialect).value_or(""); };
  CHECK(rewritten("<gp:civic-loc-transformation> city </gp:civic-loc-transformation>") ==
        rule("a", kBob, "",
             "<gp:provide-location profile=\"civic-transformation\"><lp:provide-civic>city</lp:provide-civic></gp:provide-location>"));
  CHECK(rewritten("<gp:civic-loc-transformation>null</gp:civic-loc-transformation>").find("<lp:provide-civic>none<") != std::string::npos);
  CHECK(rewritten("<gp:distribution-transformation >true</gp:distribution-transformation >") ==
        rule("a", kBob, "", "<gp:set-retransmission-allowed >true</gp:set-retransmission-allowed >"));
  CHECK(rewritten("<gp:note-well-transformation xml:lang='en'>x</gp:note-well-transformation>") ==
        rule("a", kBob, "", "<gp:set-note-well xml:lang='en'>x</gp:set-note-well>"));
  CHECK(rewritten("<o:keep-rules-transformation xmlns:o='urn:ietf:params:xml:ns:geopriv-policy'>1</o:keep-rules-transformation>") ==
        rule("a", kBob, "", "<gp:keep-rule-reference xmlns:o='urn:ietf:params:xml:ns:geopriv-policy'>1</gp:keep-rule-reference>"));
}

TEST_CASE("coordinates that are rounded stay in the older dialect, and so do fields of its own", "[lint]") {
  CHECK_FALSE(Linted(rule("a", kBob, "", "<gp:geospatial-loc-transformation><gp:latitude-resolution>0.01</gp:latitude-resolution>"
                                         "</gp:geospatial-loc-transformation>"))
                  .fixed(Code::older_dialect)
                  .has_value());
  CHECK_FALSE(Linted(rule("a", "<gp:civic-loc-condition><gp:country>DE</gp:country></gp:civic-loc-condition>")).fixed(Code::older_dialect).has_value());
  const std::string country = "<c:country xmlns:c='urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr'>DE</c:country>";
  CHECK(Linted(rule("a", "<gp:civic-loc-condition>" + country + "</gp:civic-loc-condition>")).fixed(Code::older_dialect) ==
        rule("a", "<gp:location-condition><gp:location profile=\"civic-condition\">" + country + "</gp:location></gp:location-condition>"));
}

}  // namespace presproof::lint
