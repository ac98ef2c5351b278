#include "support.h"

using namespace presproof;
using namespace presproof::policy;
using namespace presproof::policy::test;

namespace {

std::string element(std::string_view name, std::string_view value) {
  return fmt::format("<pr:{}>{}</pr:{}>", name, value, name);
}

const std::vector<std::string>& values(const ProvideComponents& provide, SelectorKind kind) {
  return provide.values[static_cast<std::size_t>(kind)];
}

}  // namespace

TEST_CASE("sub-handling has four values, with white space around") {
  for (std::size_t i = 0; i < kSubHandlingNames.size(); ++i) {
    const Read result = read_in_actions(element("sub-handling", fmt::format("\n {} ", kSubHandlingNames[i])));
    CHECK(result.list() == Lines{});
    CHECK(result.permission<SubHandling>() == static_cast<SubHandling>(i));
    CHECK(result.rule().permissions.at(0).span.line == 2);
  }
}

TEST_CASE("another sub-handling is left out, and the nearest value is named") {
  const auto [value, fix] =
      GENERATE(table<std::string, std::optional<std::string>>({{"Allow", "write `allow`"},
                                                               {"POLITE-BLOCK", "write `polite-block`"},
                                                               {"polite block", "write `polite-block`"},
                                                               {"", std::nullopt},
                                                               {"grant", std::nullopt}}));
  CAPTURE(value);
  const Read result = read_in_actions(" " + element("sub-handling", value));
  CHECK(result.list() == Lines{"invalid-value 2:2"});
  CHECK(result.findings.at(0).message ==
        fmt::format("`<pr:sub-handling>` is `{}`, but may be `block`, `confirm`, `polite-block`, `allow`", value));
  CHECK(result.findings.at(0).fix == fix);
  CHECK(result.rule().permissions.empty());
}

TEST_CASE("a value holds no elements and its element no attributes") {
  const Read result = read_in_actions("<pr:sub-handling x=\"1\">allow<pr:x/></pr:sub-handling>");
  CHECK(result.list() == Lines{"unexpected-attribute 2:18", "unexpected-content 2:29"});
  CHECK(result.rule().permissions.empty());
}

TEST_CASE("each attribute permission is a boolean") {
  for (std::size_t i = 0; i < kAttributePermissions; ++i) {
    const std::string_view name = kAttributePermissionNames[i];
    CAPTURE(name);
    const auto attribute = static_cast<AttributePermission>(i);
    for (const auto& [text, value] : {std::pair("true", true), {"1", true}, {" false\n", false}, {"0", false}}) {
      const Read result = read_in_transformations(element(name, text));
      CHECK(result.list() == Lines{});
      CHECK(result.permission<ProvideAttribute>() == ProvideAttribute{attribute, value});
    }
    for (const std::string_view text : {"", "yes", "TRUE", "true false"}) {
      const Read result = read_in_transformations(element(name, text));
      CHECK(result.list() == Lines{"invalid-boolean 2:1"});
      CHECK(result.rule().permissions.empty());
    }
  }
  CHECK(read_in_transformations(element("provide-mood", "TRUE")).findings.at(0).fix == "write `true`");
}

TEST_CASE("provide-user-input has four values, without white space around") {
  for (std::size_t i = 0; i < kUserInputNames.size(); ++i) {
    const Read result = read_in_transformations(element("provide-user-input", kUserInputNames[i]));
    CHECK(result.list() == Lines{});
    CHECK(result.permission<UserInput>() == static_cast<UserInput>(i));
  }
  const Read blank = read_in_transformations(element("provide-user-input", " full "));
  CHECK(blank.list() == Lines{"invalid-value 2:1"});
  CHECK(blank.findings.at(0).fix == "write `full`");
  CHECK(blank.rule().permissions.empty());
  CHECK(read_in_transformations(element("provide-user-input", "true")).list() == Lines{"invalid-value 2:1"});
}

TEST_CASE("components are provided all, or by selectors") {
  const Read result = read_in_transformations(
      "<pr:provide-devices><pr:all-devices/></pr:provide-devices>\n"
      "<pr:provide-persons><pr:class> biz "
      "</pr:class><pr:occurrence-id>p1</pr:occurrence-id><pr:class>fun</pr:class></pr:provide-persons>\n"
      "<pr:provide-services><pr:service-uri>sip:a@b.example</pr:service-uri><pr:service-uri-scheme>sip</"
      "pr:service-uri-scheme></pr:provide-services>\n"
      "<pr:provide-devices><pr:deviceID>urn:device:1</pr:deviceID></pr:provide-devices><pr:provide-persons/>");
  CHECK(result.list() == Lines{});
  CHECK(result.permission<ProvideComponents>(0).kind == ComponentKind::device);
  CHECK(result.permission<ProvideComponents>(0).all);
  const auto& persons = result.permission<ProvideComponents>(1);
  CHECK(persons.kind == ComponentKind::person);
  CHECK_FALSE(persons.all);
  CHECK(values(persons, SelectorKind::class_) == Lines{"biz", "fun"});
  CHECK(values(persons, SelectorKind::occurrence_id) == Lines{"p1"});
  const auto& services = result.permission<ProvideComponents>(2);
  CHECK(services.kind == ComponentKind::service);
  CHECK(values(services, SelectorKind::service_uri) == Lines{"sip:a@b.example"});
  CHECK(values(services, SelectorKind::service_uri_scheme) == Lines{"sip"});
  CHECK(values(result.permission<ProvideComponents>(3), SelectorKind::device_id) == Lines{"urn:device:1"});
  CHECK(result.permission<ProvideComponents>(4) == ProvideComponents{ComponentKind::person, false, {}});
}

TEST_CASE("all beside selectors is reported at the selector, and is all") {
  const Read result =
      read_in_transformations("<pr:provide-persons><pr:all-persons/>\n<pr:class>x</pr:class></pr:provide-persons>");
  CHECK(result.list() == Lines{"all-beside-selectors 3:1"});
  CHECK(result.permission<ProvideComponents>().all);
  CHECK(values(result.permission<ProvideComponents>(), SelectorKind::class_) == Lines{"x"});
  CHECK(read_in_transformations("<pr:provide-persons>\n<x:rank/><pr:all-persons/></pr:provide-persons>").list() ==
        Lines{"all-beside-selectors 3:1", "unknown-permission 3:1"});
}

TEST_CASE("selectors of another component are ignored") {
  const Read devices = read_in_transformations(
      "<pr:provide-devices>\n<pr:service-uri>sip:a@b.example</pr:service-uri>\n<pr:all-persons/"
      ">\n<pr:service-uri-scheme>sip</pr:service-uri-scheme></pr:provide-devices>");
  CHECK(devices.list() == Lines{"misplaced-element 3:1", "misplaced-element 4:1", "misplaced-element 5:1"});
  CHECK(devices.permission<ProvideComponents>() == ProvideComponents{});

  CHECK(
      read_in_transformations("<pr:provide-persons>\n<pr:deviceID>urn:a:b</pr:deviceID></pr:provide-persons>").list() ==
      Lines{"misplaced-element 3:1"});
  CHECK(read_in_transformations("<pr:provide-services>\n<pr:deviceID>urn:a:b</pr:deviceID></pr:provide-services>")
            .list() == Lines{"misplaced-element 3:1"});
}

TEST_CASE("unknown selectors are ignored") {
  const Read result = read_in_transformations(
      "<pr:provide-services>\n<x:rank>1</x:rank>\n<service-uri>sip:a@b.example</service-uri>\n<pr:service-url/"
      ">\n<pr:provide-mood>true</pr:provide-mood></pr:provide-services>");
  CHECK(result.list() == Lines{"unknown-permission 3:1", "wrong-namespace 4:1", "misspelt-element 5:1",
                               "misplaced-element 6:1"});
  CHECK(result.findings.at(2).fix ==
        "did you mean `<service-uri>` of the namespace `urn:ietf:params:xml:ns:pres-rules`?");
  CHECK(result.permission<ProvideComponents>() == ProvideComponents{ComponentKind::service, false, {}});
}

TEST_CASE("selectors that can select nothing are left out") {
  const Read result = read_in_transformations(
      "<pr:provide-services>\n<pr:service-uri-scheme>sip:</pr:service-uri-scheme>\n<pr:service-uri-scheme/"
      ">\n<pr:service-uri/>\n<pr:service-uri>bob</pr:service-uri></pr:provide-services>");
  CHECK(result.list() == Lines{"invalid-value 3:1", "invalid-value 4:1", "invalid-value 5:1", "invalid-value 6:1"});
  CHECK(result.findings.at(0).fix == "write `sip`");
  CHECK(values(result.permission<ProvideComponents>(), SelectorKind::service_uri_scheme).empty());
  CHECK(values(result.permission<ProvideComponents>(), SelectorKind::service_uri) == Lines{"bob"});
}

TEST_CASE("all-elements stand once") {
  const Read result =
      read_in_transformations("<pr:provide-devices><pr:all-devices/>\n<pr:all-devices/></pr:provide-devices>");
  CHECK(result.list() == Lines{"unexpected-content 3:1"});
  CHECK(result.permission<ProvideComponents>() == ProvideComponents{ComponentKind::device, true, {}});
}

TEST_CASE("all-elements are empty") {
  const Read result = read_in_transformations(
      "<pr:provide-devices><pr:all-devices x=\"\">no<x:y/></pr:all-devices></pr:provide-devices>");
  CHECK(result.list() == Lines{"unexpected-text 2:21", "unexpected-attribute 2:37", "unexpected-content 2:44"});
  CHECK(result.permission<ProvideComponents>().all);
  const Read blank =
      read_in_transformations("<pr:provide-devices>\n<pr:all-devices> </pr:all-devices></pr:provide-devices>");
  CHECK(blank.list() == Lines{"unexpected-text 3:1"});
  CHECK(blank.findings.at(0).message ==
        "`<pr:all-devices>` is empty by definition: even white space in it says nothing");
  CHECK(read_in_transformations("<pr:provide-devices><pr:all-devices><!-- - --></pr:all-devices></pr:provide-devices>")
            .list() == Lines{});
}

TEST_CASE("an unknown attribute has a namespace and a name") {
  const Read result = read_in_transformations(
      "<pr:provide-unknown-attribute ns=\"urn:example:a\" name=\"foo\"> true </pr:provide-unknown-attribute>\n"
      "<pr:provide-unknown-attribute ns=\"\" name=\"b\">0</pr:provide-unknown-attribute>");
  CHECK(result.list() == Lines{});
  CHECK(result.permission<ProvideUnknownAttribute>() == ProvideUnknownAttribute{"urn:example:a", "foo", true});
  CHECK(result.permission<ProvideUnknownAttribute>(1) == ProvideUnknownAttribute{"", "b", false});
}

TEST_CASE("an unknown attribute without namespace or name, or with a prefix, is left out") {
  const auto [attributes, finding] = GENERATE(table<std::string, Lines>({
      {"", {"missing-attribute 2:1", "missing-attribute 2:1"}},
      {"ns=\"urn:a:b\"", {"missing-attribute 2:1"}},
      {"name=\"foo\"", {"missing-attribute 2:1"}},
      {"ns=\"urn:a:b\" name=\"x:foo\"", {"unknown-attribute-prefixed 2:44"}},
      {"ns=\"urn:a:b\" name=\"\"", {"invalid-value 2:44"}},
      {"ns=\"urn:a:b\" name=\"a b\"", {"invalid-value 2:44"}},
      {"namespace=\"urn:a:b\" name=\"a\"", {"missing-attribute 2:1", "unexpected-attribute 2:31"}},
  }));
  CAPTURE(attributes);
  const Read result =
      read_in_transformations("<pr:provide-unknown-attribute " + attributes + ">true</pr:provide-unknown-attribute>");
  CHECK(result.list() == finding);
  CHECK(result.rule().permissions.empty());
}

TEST_CASE("the fix for a prefixed attribute name is the name alone") {
  const Read result = read_in_transformations(
      "<pr:provide-unknown-attribute ns=\"urn:a:b\" name=\"x:foo\">true</pr:provide-unknown-attribute>");
  CHECK(result.findings.at(0).fix == "write `foo`");
  CHECK(read_in_transformations(
            "<pr:provide-unknown-attribute ns=\"urn:a:b\" name=\"foo\">maybe</pr:provide-unknown-attribute>")
            .list() == Lines{"invalid-boolean 2:1"});
}

TEST_CASE("provide-all-attributes is empty") {
  const Read result = read_in_transformations(
      "<pr:provide-all-attributes/>\n<pr:provide-all-attributes>true</pr:provide-all-attributes>");
  CHECK(result.list() == Lines{"unexpected-text 3:1"});
  CHECK(result.rule().permissions.size() == 2);
  CHECK(result.permission<ProvideAllAttributes>(1) == ProvideAllAttributes{});
}

TEST_CASE("retransmission and rule reference are booleans, false when empty") {
  const Read result = read_in_transformations(
      "<gp:set-retransmission-allowed>true\n </gp:set-retransmission-allowed><gp:set-retransmission-allowed/>"
      "<gp:keep-rule-reference>1</gp:keep-rule-reference><gp:keep-rule-reference></gp:keep-rule-reference>");
  CHECK(result.list() == Lines{});
  CHECK(result.permission<SetRetransmissionAllowed>(0).value);
  CHECK_FALSE(result.permission<SetRetransmissionAllowed>(1).value);
  CHECK(result.permission<KeepRuleReference>(2).value);
  CHECK_FALSE(result.permission<KeepRuleReference>(3).value);

  const Read wrong = read_in_transformations(
      "<gp:set-retransmission-allowed>no</gp:set-retransmission-allowed>\n<gp:keep-rule-reference> "
      "</gp:keep-rule-reference>");
  CHECK(wrong.list() == Lines{"invalid-boolean 2:1", "invalid-boolean 3:1"});
  CHECK(wrong.rule().permissions.empty());
}

TEST_CASE("retention is a whole number of seconds, at least 0, and 0 when empty") {
  const Read result = read_in_transformations(
      "<gp:set-retention-expiry>86400</gp:set-retention-expiry><gp:set-retention-expiry> +5 </gp:set-retention-expiry>"
      "<gp:set-retention-expiry>0</gp:set-retention-expiry><gp:set-retention-expiry/><gp:set-retention-expiry>-0</"
      "gp:set-retention-expiry>");
  CHECK(result.list() == Lines{});
  CHECK(result.permission<SetRetentionExpiry>(0).seconds == 86400);
  CHECK(result.permission<SetRetentionExpiry>(1).seconds == 5);
  CHECK(result.permission<SetRetentionExpiry>(2).seconds == 0);
  CHECK(result.permission<SetRetentionExpiry>(3).seconds == 0);
  CHECK(result.permission<SetRetentionExpiry>(4).seconds == 0);
  for (const std::string_view text : {"-1", "1.5", "P1D", " "}) {
    const Read wrong =
        read_in_transformations(fmt::format("<gp:set-retention-expiry>{}</gp:set-retention-expiry>", text));
    CHECK(wrong.list() == Lines{"invalid-value 2:1"});
    CHECK(wrong.rule().permissions.empty());
  }
}

TEST_CASE("note-well is text with an optional language") {
  const Read result = read_in_transformations(
      "<gp:set-note-well xml:lang=\"en\"> Keep it\n to yourself.\n "
      "</gp:set-note-well><gp:set-note-well/>\n<gp:set-note-well lang=\"de\">x</gp:set-note-well>");
  CHECK(result.list() == Lines{"unexpected-attribute 5:19"});
  CHECK(result.findings.at(0).fix == "write `xml:lang`");
  CHECK(result.permission<SetNoteWell>(0) == SetNoteWell{"en", "Keep it\n to yourself."});
  CHECK(result.permission<SetNoteWell>(1) == SetNoteWell{std::nullopt, ""});
  CHECK(result.permission<SetNoteWell>(2) == SetNoteWell{std::nullopt, "x"});
  CHECK(read_in_transformations("<gp:set-note-well>a<x:b/></gp:set-note-well>").list() ==
        Lines{"unexpected-content 2:20"});
}

TEST_CASE("a language tag is one") {
  for (const std::string_view lang : {"", "en", "de-AT", "zh-Hant-TW", " en ", "x-private"}) {
    CAPTURE(lang);
    CHECK(read_in_transformations(fmt::format("<gp:set-note-well xml:lang=\"{}\">x</gp:set-note-well>", lang)).list() ==
          Lines{});
  }
  for (const std::string_view lang : {"e n", "sip:a", "-en", "en-", "en--us", "abcdefghi", "1a"}) {
    CAPTURE(lang);
    const Read result =
        read_in_transformations(fmt::format("<gp:set-note-well xml:lang=\"{}\">x</gp:set-note-well>", lang));
    CHECK(result.list() == Lines{"invalid-value 2:19"});
    CHECK(result.rule().permissions.size() == 1);
  }
}

TEST_CASE("a permission given twice is kept twice") {
  const Read result = read_in_actions(element("sub-handling", "block") + element("sub-handling", "allow"));
  CHECK(result.list() == Lines{});
  CHECK(result.permission<SubHandling>(0) == SubHandling::block);
  CHECK(result.permission<SubHandling>(1) == SubHandling::allow);
}

TEST_CASE("a permission that nobody knows is ignored") {
  const Read result = read_in_transformations("<x:blur/>\n<pr:provide-activites>true</pr:provide-activites>");
  CHECK(result.list() == Lines{"unknown-permission 2:1", "misspelt-element 3:1"});
  CHECK(result.findings.at(0).rule == "a");
  CHECK(result.findings.at(1).fix ==
        "did you mean `<provide-activities>` of the namespace `urn:ietf:params:xml:ns:pres-rules`?");
  CHECK(result.permission<UnknownPermission>() == UnknownPermission{"urn:example:x", "blur"});
  CHECK(read_in_actions("<x:forward/>").list() == Lines{"unknown-permission 2:1"});
  CHECK(read_in_actions("<allow/>").list() == Lines{"unexpected-content 2:1"});
}

TEST_CASE("a permission in a wrong namespace is ignored, and the right namespace is named") {
  const Read action = read_in_actions("  <sub-handling>allow</sub-handling>");
  CHECK(action.list() == Lines{"wrong-namespace 2:3"});
  CHECK(action.findings.at(0).message ==
        "`<sub-handling>` is in the namespace `urn:ietf:params:xml:ns:common-policy`, where it has no meaning: it is "
        "ignored");
  CHECK(action.findings.at(0).fix == "put `<sub-handling>` into the namespace `urn:ietf:params:xml:ns:pres-rules`");
  CHECK(std::holds_alternative<UnknownPermission>(action.rule().permissions.at(0).what));

  CHECK(read_in_transformations("<gp:provide-mood>true</gp:provide-mood>\n<pr:provide-location/>\n<old:set-note-well/"
                                ">\n<lp:provide-location/>")
            .list() ==
        Lines{"wrong-namespace 2:1", "wrong-namespace 3:1", "wrong-namespace 4:1", "wrong-namespace 5:1"});
}

TEST_CASE("a permission or condition in the wrong part of a rule is ignored") {
  const Read actions =
      read_in_actions("<pr:provide-mood>true</pr:provide-mood>\n<sphere value=\"work\"/>\n<gp:provide-location/>");
  CHECK(actions.list() == Lines{"misplaced-element 2:1", "misplaced-element 3:1", "misplaced-element 4:1"});
  CHECK(actions.findings.at(0).message ==
        "`<pr:provide-mood>` belongs in `<transformations>`, not in `<actions>`: it is ignored");
  for (const Permission& permission : actions.rule().permissions)
    CHECK(std::holds_alternative<UnknownPermission>(permission.what));

  const Read transformations =
      read_in_transformations("<pr:sub-handling>allow</pr:sub-handling>\n<lp:provide-civic>full</lp:provide-civic>");
  CHECK(transformations.list() == Lines{"misplaced-element 2:1", "misplaced-element 3:1"});
  CHECK(transformations.findings.at(1).message ==
        "`<lp:provide-civic>` belongs in `<provide-location>`, not in `<transformations>`: it is ignored");
}
