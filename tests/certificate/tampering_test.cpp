// A certificate that was changed is refused: 30 ways that somebody might try, then every change of one value, systematically, then whole
// certificates of other policies that are made to look as if they were for this one.

#include <catch2/catch.hpp>
#include <functional>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "certificate/rich_case.h"

namespace presproof::test {
namespace {

using Json = nlohmann::ordered_json;

struct Tampering {
  const char* what;
  const char* property;  ///< that must not be accepted any more
  std::function<void(Json&)> change;
};

Json& proof(Json& certificate, std::string_view name) {
  for (Json& each : certificate["properties"]) {
    if (each["name"] == name) return each;
  }
  FAIL("no such property");
  return certificate;
}
Json& tree(Json& certificate, std::string_view name) { return proof(certificate, name)["cases"][0]["tree"]; }

/// The first node that the predicate accepts, in document order.
Json* find_node(Json& at, const std::function<bool(const Json&)>& accepts) {
  if (accepts(at)) return &at;
  if (at.is_structured()) {
    for (Json& child : at) {
      if (Json* found = find_node(child, accepts)) return found;
    }
  }
  return nullptr;
}
Json& node_with(Json& at, std::string_view key) {
  Json* found = find_node(at, [&](const Json& node) { return node.is_object() && node.contains(key); });
  REQUIRE(found != nullptr);
  return *found;
}
std::size_t class_of(const Json& certificate, const Json& identities) {
  const Json& classes = certificate["classes"];
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (classes[i]["identities"] == identities) return i;
  }
  FAIL("no such class");
  return 0;
}

void drop_class(Json& certificate, const Json& identities) {
  const std::size_t number = class_of(certificate, identities);
  certificate["classes"].erase(number);
  // Numbers behind it move up, so that nothing but the missing watcher is wrong.
  for (Json& property : certificate["properties"]) {
    const auto renumber = [&](Json& value) {
      if (value.get<std::size_t>() > number) value = value.get<std::size_t>() - 1;
    };
    if (property.contains("watched")) renumber(property["watched"]["class"]);
    if (property.contains("witnesses")) {
      for (Json& witness : property["witnesses"]) renumber(witness["state"]["class"]);
    }
    if (!property.contains("cases")) continue;
    for (Json& each : property["cases"]) {
      Json kept = Json::array();
      for (Json value : each["classes"]) {
        if (value == number) continue;
        renumber(value);
        kept.push_back(value);
      }
      each["classes"] = kept;
    }
    std::erase_if(property["cases"].get_ref<Json::array_t&>(), [](const Json& each) { return each["classes"].empty(); });
  }
}

const std::vector<Tampering> kTamperings = {
    {"a named identity is dropped", "munich", [](Json& c) { drop_class(c, {"sip:eve@example.com"}); }},
    {"the stranger is dropped", "munich", [](Json& c) { drop_class(c, {"sip:someone@elsewhere.example"}); }},
    {"a domain's stranger is dropped", "work", [](Json& c) { drop_class(c, {"sip:someone@corp.example"}); }},
    {"a set of a person's identities is dropped", "ann", [](Json& c) { drop_class(c, {"sip:ann@one.example", "tel:+12125551234"}); }},
    {"the unauthenticated are dropped", "munich", [](Json& c) { drop_class(c, Json::array()); }},
    {"a class is left out of the cases", "ann", [](Json& c) { proof(c, "ann")["cases"].erase(0); }},
    {"a class is in two cases", "ann", [](Json& c) { proof(c, "ann")["cases"].push_back(proof(c, "ann")["cases"][0]); }},
    {"a class that is not in the group is in a case", "munich",
     [](Json& c) { proof(c, "munich")["cases"][0]["classes"].push_back(class_of(c, {"sip:eve@example.com"})); }},
    {"a watcher has other rules", "munich", [](Json& c) { c["classes"][class_of(c, {"sip:bob@example.com"})]["rules"] = 0; }},
    {"a rule is left out of a case", "munich", [](Json& c) { proof(c, "munich")["cases"][0]["rules"].erase(0); }},
    {"a rule is added to a list", "munich", [](Json& c) { c["rule_lists"][0].push_back(7); }},
    {"a time is moved", "summer", [](Json& c) { node_with(tree(c, "summer"), "time")["time"] = "2026-05-31T00:00:00Z"; }},
    {"a breakpoint is removed", "summer",
     [](Json& c) {
       Json& node = node_with(tree(c, "summer"), "time");
       node = Json(node["from"]);
     }},
    {"the branch before an instant is removed", "summer", [](Json& c) { node_with(tree(c, "summer"), "time").erase("before"); }},
    {"branches are exchanged", "summer",
     [](Json& c) {
       Json& node = node_with(tree(c, "summer"), "time");
       std::swap(node["before"], node["from"]);
     }},
    {"a sphere is renamed", "work", [](Json& c) { node_with(tree(c, "work"), "sphere")["sphere"] = "home"; }},
    {"a sphere is removed", "work",
     [](Json& c) {
       Json& node = node_with(tree(c, "work"), "sphere");
       node = Json(node["is"]);
     }},
    {"a civic value is removed", "bavaria",
     [](Json& c) {
       Json& node = node_with(tree(c, "bavaria"), "civic");
       node = Json(node["is"]);
     }},
    {"a civic value is another", "bavaria", [](Json& c) { node_with(tree(c, "bavaria"), "civic")["civic"][1] = "AT"; }},
    {"a circle is removed", "away",
     [](Json& c) {
       Json& node = node_with(tree(c, "away"), "circle");
       node = Json(node["outside"]);
     }},
    {"a circle is smaller than that of the policy", "away", [](Json& c) { c["circles"][node_with(tree(c, "away"), "circle")["circle"].get<std::size_t>()]["radius_m"] = 1.0; }},
    {"the rules of two leaves are exchanged", "work",
     [](Json& c) {
       Json& leaf = node_with(tree(c, "work"), "match");
       std::swap(leaf["match"], leaf["may"]);
     }},
    {"a leaf hides a rule that matches", "work", [](Json& c) { node_with(tree(c, "work"), "match")["match"] = Json::array(); }},
    {"a leaf hides a rule that may match", "away",
     [](Json& c) {
       Json* leaf = find_node(tree(c, "away"), [](const Json& node) { return node.is_object() && node.contains("may") && !node["may"].empty(); });
       if (leaf == nullptr) leaf = &tree(c, "away");
       (*leaf)["may"] = Json::array();
     }},
    {"two circles that meet are said to be apart", "away",
     [](Json& c) { node_with(tree(c, "away"), "impossible")["impossible"] = "disjoint"; }},
    {"a circle is said to be within another that is not", "munich",
     [](Json& c) { node_with(tree(c, "munich"), "impossible")["impossible"] = "within"; }},
    {"an impossible place is invented", "away",
     [](Json& c) { tree(c, "away") = {{"impossible", "disjoint"}, {"circles", {0, 1}}}; }},
    {"everything is said to be outside of the guard", "munich", [](Json& c) { tree(c, "munich") = {{"outside_guard", true}}; }},
    {"a violated property is said to be proved", "broken", [](Json& c) { proof(c, "broken")["verdict"] = "proved"; }},
    {"a proved property is said to be violated", "munich", [](Json& c) { proof(c, "munich")["verdict"] = "violated"; }},
    {"the proof of one property stands for another", "broken",
     [](Json& c) {
       const Json name = proof(c, "broken")["name"];
       Json copy = proof(c, "summer");
       copy["name"] = name;
       proof(c, "broken") = copy;
     }},
    {"properties are exchanged", "munich", [](Json& c) { std::swap(c["properties"][0], c["properties"][1]); }},
    {"a property is left out", "away", [](Json& c) { c["properties"].erase(0); }},
    {"the witness is another watcher", "broken",
     [](Json& c) { proof(c, "broken")["witnesses"][0]["state"]["class"] = class_of(c, {"sip:eve@example.com"}); }},
    {"the witness is at another time", "broken",
     [](Json& c) { proof(c, "broken")["witnesses"][0]["state"]["time"] = "2026-06-01T00:00:00Z"; }},
    {"the witness has another list of rules", "broken", [](Json& c) { proof(c, "broken")["witnesses"][0]["match"] = {0}; }},
    {"there is no witness", "somebody", [](Json& c) { proof(c, "somebody")["witnesses"] = Json::array(); }},
    {"the state that shows the guard can hold is outside of it", "summer",
     [](Json& c) { proof(c, "summer")["watched"]["time"] = "2026-05-01T00:00:00Z"; }},
    {"the state that shows the group is not empty is of somebody else", "summer",
     [](Json& c) { proof(c, "summer")["watched"]["class"] = class_of(c, {"sip:eve@example.com"}); }},
    {"another reading is fixed", "munich", [](Json& c) { c["readings"]["geo-radius"] = "finest"; }},
    {"it is of another usage", "munich", [](Json& c) { c["usage"] = "geolocation"; }},
    {"a number is huge", "munich", [](Json& c) { proof(c, "munich")["cases"][0]["classes"][0] = 18446744073709551615U; }},
    {"a number is negative", "munich", [](Json& c) { proof(c, "munich")["cases"][0]["classes"][0] = -1; }},
    {"a list is an object", "munich", [](Json& c) { proof(c, "munich")["cases"] = Json::object(); }},
    {"a tree is a text", "munich", [](Json& c) { tree(c, "munich") = "proved"; }},
    {"there is a key that nobody knows", "munich", [](Json& c) { tree(c, "munich")["trust"] = "me"; }},
};

bool is_accepted(const std::vector<certificate_check::Answer>& answers, std::string_view name) {
  return std::any_of(answers.begin(), answers.end(), [&](const auto& answer) { return answer.name == name && answer.status == Status::accepted; });
}

}  // namespace

TEST_CASE("a certificate that was tampered with is refused, in whatever way") {
  const Inputs inputs = rich_case();
  const std::string certificate = prove(inputs).certificate;
  REQUIRE(kTamperings.size() >= 40);
  for (const Tampering& tampering : kTamperings) {
    INFO(tampering.what);
    Json changed = Json::parse(certificate);
    REQUIRE(is_accepted(check(inputs, changed.dump()), tampering.property));
    tampering.change(changed);
    const auto answers = check(inputs, changed.dump());
    INFO(shown(answers));
    CHECK_FALSE(is_accepted(answers, tampering.property));
  }
}

TEST_CASE("no watcher can be left out, not even another spelling of a URI") {
  Inputs inputs;
  inputs.policies = {rule_set(rule("x", one("sip:fred@example.com;x=1"), "5000") + rule("y", one("sip:fred@example.com;y=1"), "6000"))};
  inputs.properties = "property \"p\": for everyone never geodetic finer than 1 km\n";
  const std::string certificate = prove(inputs).certificate;
  REQUIRE(is_accepted(check(inputs, certificate), "p"));
  const Json classes = Json::parse(certificate)["classes"];
  // Those of x, of y, of both, strangers, and the unauthenticated twice.
  CHECK(classes.size() >= 6);
  for (const Json& each : classes) {
    INFO(each.dump());
    Json changed = Json::parse(certificate);
    drop_class(changed, each["identities"]);
    CHECK_FALSE(is_accepted(check(inputs, changed.dump()), "p"));
  }
}

TEST_CASE("a witness shows nothing under a reading that it is not meant for") {
  Inputs inputs;
  inputs.policies = {rule_set(rule("empty", "<identity/>", "5000"))};
  inputs.properties = "property \"p\": for everyone when not authenticated sometimes anything\n";
  Json depends = Json::parse(prove(inputs).certificate);
  REQUIRE(depends["properties"][0]["verdict"] == "not certified");
  Inputs fixed = inputs;
  fixed.readings = {"empty-identity=unauthenticated"};
  const std::string proved = prove(fixed).certificate;
  REQUIRE(is_accepted(check(fixed, proved), "p"));
  depends["properties"][0] = Json::parse(proved)["properties"][0];
  for (std::size_t i = 0; i < depends["classes"].size(); ++i) {
    if (depends["classes"][i].value("empty_identity", "") == "unauthenticated") depends["properties"][0]["witnesses"][0]["state"]["class"] = i;
  }
  CHECK(shown(check(inputs, depends.dump())) == "refused: p: (/properties/0) the witnesses do not show it under all readings\n");
}

TEST_CASE("a text that is not one JSON value is refused as a whole") {
  const Inputs inputs = rich_case();
  const std::string certificate = prove(inputs).certificate;
  for (std::size_t length = 0; length + 2 < certificate.size(); length += 97) CHECK_FALSE(some_accepted(check(inputs, certificate.substr(0, length))));
  CHECK_FALSE(some_accepted(check(inputs, certificate + "{}")));
  CHECK_FALSE(some_accepted(check(inputs, "[" + certificate + "]")));
  CHECK_FALSE(some_accepted(check(inputs, std::string(100'000, '['))));
  std::string twice = certificate;
  twice.replace(twice.find("\"usage\":"), 8, "\"usage\":\"presence\",\"usage\":");
  CHECK(shown(check(inputs, twice)).find("the key `usage` is given twice") != std::string::npos);
  std::string infinite = certificate;
  infinite.replace(infinite.find("\"radius_m\":") + 11, 1, "1e999");
  CHECK_FALSE(some_accepted(check(inputs, infinite)));
}

TEST_CASE("a certificate is of one policy, one text of properties") {
  const Inputs inputs = rich_case();
  const std::string certificate = prove(inputs).certificate;
  const auto changed = [&](std::string_view from, std::string_view to, bool policy) {
    Inputs other = inputs;
    std::string& text = policy ? other.policies[0] : other.properties;
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    return check(other, certificate);
  };
  CHECK_FALSE(some_accepted(changed("radius=\"100\"", "radius=\"99\"", true)));
  CHECK_FALSE(some_accepted(changed(" 500 m", " 50 m", false)));
  CHECK_FALSE(some_accepted(changed("radius 2 km", "radius 3 km", false)));
  Inputs twice = inputs;
  twice.policies.push_back(twice.policies[0]);
  CHECK_FALSE(some_accepted(check(twice, certificate)));
}

namespace {

std::string with_digests_of(const std::string& certificate, const Inputs& inputs) {
  // The digest is no secret: who tampers can compute it.
  Json forged = Json::parse(certificate);
  forged["inputs"] = Json::parse(prove(inputs).certificate)["inputs"];
  return forged.dump();
}

}  // namespace

TEST_CASE("a certificate whose digests are made to fit another policy or property is refused where it matters") {
  struct Change {
    const char* from;
    const char* to;
    bool policy;
    const char* property;
  };
  const std::vector<Change> changes = {
      {"<gs:radius uom=\"urn:ogc:def:uom:EPSG::9001\">1000<", "<gs:radius uom=\"urn:ogc:def:uom:EPSG::9001\">2500<", true, "away"},
      {"<sphere value=\"work\"/>", "<sphere value=\"home\"/>", true, "work"},
      {"2026-06-01T00:00:00Z</until>", "2026-07-01T00:00:00Z</until>", true, "summer"},
      {"<ca:country>DE</ca:country>", "", true, "bavaria"},
      {"sip:mallory@corp.example", "sip:mal@corp.example", true, "work"},
      {"radius=\"6000\"", "radius=\"4000\"", true, "ann"},
      {"one id=\"sip:dave@example.com\"", "one id=\"sip:eve@example.com\"", true, "broken"},
      {"for { sip:bob@example.com } when inside munich", "for { sip:bob@example.com, sip:dave@example.com } when inside munich", false, "munich"},
      {"when inside munich never anything", "never anything", false, "munich"},
      {"when not inside home never", "when not inside munich never", false, "away"},
      {"never geodetic finer than 5 km", "never geodetic finer than 7 km", false, "ann"},
      {"2026-06-01T00:00:00Z ..", "2026-05-01T00:00:00Z ..", false, "summer"},
      {"{ country \"DE\" }", "{ country \"AT\" }", false, "bavaria"},
      {"when sphere is \"work\" always", "always", false, "work"},
      {"when sphere is \"work\" always", "when sphere is \"work\" never", false, "work"},
      {"sip:eve@example.com } never activities", "sip:eve@example.com } always activities", false, "broken"},
      {"everyone sometimes", "everyone always", false, "somebody"},
      {"person ann = { sip:ann@one.example,", "person ann = { sip:ann@one.example, sip:bob@example.com,", false, "ann"},
      {"region home = circle 52.5 13.4 radius 2 km", "region home = circle 52.5 13.4 radius 900 m", false, "away"},
      {"region munich = circle 48.1 11.5", "region munich = circle 52.4 13.4", false, "munich"},
  };
  for (const Change& change : changes) {
    INFO(change.from << " -> " << change.to);
    const Inputs inputs = rich_case();
    Inputs other = inputs;
    std::string& text = change.policy ? other.policies[0] : other.properties;
    const std::size_t at = text.find(change.from);
    REQUIRE(at != std::string::npos);
    text.replace(at, std::string_view(change.from).size(), change.to);
    const auto answers = check(other, with_digests_of(prove(inputs).certificate, other));
    INFO(shown(answers));
    CHECK_FALSE(is_accepted(answers, change.property));
  }
}

namespace {

/// Every change of one value: scalars to others of their kind and of another, elements dropped, doubled and exchanged, keys dropped, added.
void each_change(Json& at, const std::string& pointer, const std::function<void(const std::string&)>& look) {
  const auto with = [&](Json value, const std::string& what) {
    if (value == at) return;
    Json old = at;
    at = std::move(value);
    look(pointer + ": " + what);
    at = std::move(old);
  };
  if (at.is_number_integer()) {
    with(at.get<std::int64_t>() + 1, "one more");
    with(at.get<std::int64_t>() - 1, "one less");
    with(0, "nought");
    with(1'000'000'000'000, "huge");
  } else if (at.is_number()) {
    with(at.get<double>() * 1.5 + 1, "another length");
    with(at.get<double>() + 1e-9, "a little more");
  } else if (at.is_string()) {
    with(at.get<std::string>() + "x", "longer");
    with("", "empty");
  } else if (at.is_boolean()) {
    with(!at.get<bool>(), "the opposite");
  }
  with(nullptr, "null");
  with("proved", "a word");
  with(Json::array(), "an empty list");
  with(Json::object(), "an empty object");
  if (at.is_object()) {
    const Json whole = at;
    for (const auto& [key, value] : whole.items()) {
      Json without = at;
      without.erase(key);
      with(without, "without " + key);
    }
    Json more = at;
    more["more"] = 1;
    with(more, "with another key");
  }
  for (std::size_t i = 0; at.is_array() && i < at.size(); ++i) {
    Json without = at;
    without.erase(i);
    with(without, "without element " + std::to_string(i));
    Json twice = at;
    twice.push_back(at[i]);
    with(twice, "with element " + std::to_string(i) + " twice");
    if (i == 0) continue;
    Json exchanged = at;
    std::swap(exchanged[i - 1], exchanged[i]);
    with(exchanged, "elements exchanged at " + std::to_string(i));
  }
  if (at.is_object()) {
    for (auto& [key, value] : at.items()) each_change(value, pointer + "/" + key, look);
  } else if (at.is_array()) {
    for (std::size_t i = 0; i < at.size(); ++i) each_change(at[i], pointer + "/" + std::to_string(i), look);
  }
}

/// What may be otherwise: which state shows that a guard can hold or a claim be so, as long as it does; which stranger stands for all; the
/// order of cases, of the classes in one, of identities and of two disjoint circles; what is there once more.
bool is_free(const std::string& change) {
  const auto has = [&](std::string_view part) { return change.find(part) != std::string::npos; };
  if (has("/watched") || has("/state") || has("/witnesses: ") || has("/classes/0/identities/0: ")) return true;
  if (has(" twice")) return change.starts_with("/circles: ") || change.starts_with("/rule_lists: ") || has("/identities: ");
  if (!has(": elements exchanged")) return false;
  return has("/cases: ") || has("/classes: ") || has("/identities: ") || (has("/tree/") && has("/circles: "));
}

}  // namespace

TEST_CASE("every change of one value is refused, or makes another proof of the same") {
  const Inputs inputs = rich_case();
  Json certificate = Json::parse(prove(inputs).certificate);
  const auto original = check(inputs, certificate.dump());
  std::size_t changes = 0;
  std::size_t free = 0;
  each_change(certificate, "", [&](const std::string& change) {
    const auto answers = check(inputs, certificate.dump());
    ++changes;
    bool all_accepted = answers.size() == original.size();
    for (std::size_t i = 0; i < answers.size(); ++i) {
      all_accepted = all_accepted && answers[i].status == Status::accepted;
      if (answers[i].status != Status::accepted) continue;
      // Whatever is accepted is what was proved.
      REQUIRE(answers[i].name == original[i].name);
      REQUIRE(answers[i].text == original[i].text);
    }
    if (!all_accepted) return;
    ++free;
    INFO(change);
    CHECK(is_free(change));
  });
  CHECK(changes > 2000);
  CHECK(free * 20 < changes);
}

}  // namespace presproof::test
