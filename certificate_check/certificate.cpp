#define JSON_DIAGNOSTICS 1  // exceptions say where

#include "certificate_check/certificate.h"

#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/lexical.h"
#include "certificate_check/evaluation.h"

namespace presproof::certificate_check {
namespace {

using Json = nlohmann::json;
using Numbers = std::vector<std::size_t>;

void require(bool holds, const Json& where, const std::string& why) {
  if (!holds) throw Json::other_error::create(599, why, &where);
}

/// Without duplicate keys, and not nested without end.
Json parsed(const std::string& text) {
  std::vector<std::set<std::string>> keys;
  return Json::parse(text, [&](int depth, Json::parse_event_t event, Json& value) {
    require(depth <= 1000, value, "it is nested too deeply");
    if (event == Json::parse_event_t::object_start) keys.emplace_back();
    if (event == Json::parse_event_t::object_end) keys.pop_back();
    if (event == Json::parse_event_t::key) require(keys.back().insert(value).second, value, "the key `" + value.get<std::string>() + "` is given twice");
    return true;
  });
}

const std::string& text_in(const Json& value) { return value.get_ref<const std::string&>(); }
const Json& list_in(const Json& value) { return value.get_ref<const Json::array_t&>(), value; }

std::size_t index_in(const Json& value, std::size_t size) {
  require(value.is_number_unsigned() && value.get<std::uint64_t>() < size, value, "this number is none of those that are known");
  return value.get<std::size_t>();
}
Numbers indices_in(const Json& value, std::size_t size) {
  Numbers result;
  for (const Json& each : list_in(value)) result.push_back(index_in(each, size));
  return result;
}
Instant time_in(const Json& value) {
  const auto time = parse_rfc3339(text_in(value));
  return require(time.has_value(), value, "this is not a time"), *time;
}

class Checker {
 public:
  Checker(const Question& question, const Json& root) : question_(question), root_(root), watchers_(question.policy, question.properties) {
    for (std::size_t bits = 0; bits < 1U << kReadings.size(); ++bits) {
      Readings readings{};
      bool open = true;
      for (std::size_t i = 0; i < kReadings.size(); ++i) {
        readings[i] = ((bits >> i) & 1U) != 0;
        open = open && question.fixed[i].value_or(readings[i]) == readings[i];
      }
      if (open) readings_.push_back(readings);
      if (open && readings[kEmptyIdentity] == readings_.front()[kEmptyIdentity]) claim_readings_.push_back(readings);
    }
  }
  void check_inputs() {
    require(root_.size() == 9, root_, "a certificate has nine parts");
    Json expected = {{"format", "presproof-certificate/1"}, {"readings", Json::object()}, {"inputs", Json::array()}, {"rules", Json::array()}};
    expected["usage"] = question_.usage == policy::Usage::presence ? "presence" : "geolocation";
    for (std::size_t i = 0; i < kReadings.size(); ++i) {
      if (question_.fixed[i]) expected["readings"][std::string(kReadings[i][0])] = kReadings[i][*question_.fixed[i] ? 2 : 1];
    }
    for (const std::string_view text : question_.inputs) expected["inputs"].push_back(digest(text));
    for (const policy::Rule* each : watchers_.rules()) expected["rules"].push_back(each->id);
    for (const auto& [key, value] : expected.items()) {
      require(root_.at(key) == value, root_.at(key), "it was made for other " + (key == "format" ? "versions of this program" : key));
    }
    require(list_in(root_.at("properties")).size() == question_.properties.properties.size(), root_.at("properties"), "there are other properties");
  }
  void check_classes() {
    std::vector<Numbers> lists;
    for (const Json& list : list_in(root_.at("rule_lists"))) lists.push_back(rules_in(list));
    std::vector<Watcher> listed;
    std::set<bool> unauthenticated;
    for (const Json& value : list_in(root_.at("classes"))) {
      Class added;
      for (const Json& identity : list_in(value.at("identities"))) added.watcher.push_back(uri::parse(text_in(identity)));
      require(value.size() == (added.watcher.empty() ? 3 : 2), value, "there are keys that do not belong here");
      if (!added.watcher.empty()) {
        listed.push_back(added.watcher);
      } else {
        added.empty_identity = text_in(value.at("empty_identity")) == kReadings[kEmptyIdentity][2];
        require(added.empty_identity || value.at("empty_identity") == kReadings[kEmptyIdentity][1], value, "there is no such reading");
        require(unauthenticated.insert(added.empty_identity).second, value, "the unauthenticated are there twice");
      }
      added.rules = watchers_.rules_of(added.watcher, added.empty_identity);
      require(lists[index_in(value.at("rules"), lists.size())] == added.rules, value, "the identity conditions of other rules hold for this watcher");
      classes_.push_back(std::move(added));
    }
    for (const Readings& each : readings_) require(unauthenticated.contains(each[kEmptyIdentity]), root_.at("classes"), "the unauthenticated are missing");
    const auto missing = watchers_.missing_from(listed);
    require(!missing, root_.at("classes"), "a watcher is missing: " + missing.value_or(""));
  }

  /// The verdict.
  std::string check_property(const Property& property, const Json& proof) {
    require(proof.at("name") == property.name, proof, "another property stands here");
    const bool proved = proof.at("verdict") == "proved";
    require(proved || proof.at("verdict") == "violated", proof, "there is no certificate for such a verdict");
    in_play_.clear();
    const bool always = property.quantifier == Quantifier::always;
    const bool by_states = proved == (property.quantifier == Quantifier::sometimes);
    by_states ? check_witnesses(property, proof, !always) : check_all_states(property, proof, always);
    return text_in(proof.at("verdict"));
  }

 private:
  struct Class {
    Watcher watcher;
    bool empty_identity = false;
    Numbers rules;
  };
  /// What is the same all along one tree.
  struct Case {
    const Property& property;
    bool authenticated;
    Numbers rules;
    Tri claim;  ///< what it must be
  };

  /// The rules, and the numbers of those that surely match and of those that may.
  [[nodiscard]] std::tuple<Matched, Numbers, Numbers> matching(const Numbers& rules, const Box& box) const {
    std::tuple<Matched, Numbers, Numbers> result;
    auto& [matched, match, may] = result;
    for (const std::size_t number : rules) {
      const Tri holds = matches(*rule(number), box);
      if (holds == Tri::yes) match.push_back(number), matched.surely.push_back(rule(number));
      if (holds == Tri::maybe) may.push_back(number), matched.perhaps.push_back(rule(number));
    }
    return result;
  }
  Numbers in_play(const Numbers& rules, const Property& property) {
    Numbers result;
    for (const std::size_t number : rules) {
      const auto [place, added] = in_play_.try_emplace(number);
      if (added) place->second = certificate_check::in_play(*rule(number), property.claim, question_.usage, claim_readings_);
      if (place->second) result.push_back(number);
    }
    return result;
  }
  void check_all_states(const Property& property, const Json& proof, bool claim) {
    require(proof.size() == 4, proof, "there are keys that do not belong here");
    Box watched;
    (void)check_state(property, proof.at("watched"), watched);  // not vacuous
    std::vector<bool> covered(classes_.size());
    for (const Json& value : list_in(proof.at("cases"))) {
      const Numbers numbers = indices_in(value.at("classes"), classes_.size());
      require(value.size() == 3 && !numbers.empty(), value, "a case has classes, rules and a tree");
      const Case about{property, !classes_[numbers.front()].watcher.empty(), rules_in(value.at("rules")), known(claim)};
      for (const std::size_t number : numbers) {
        const Class& each = classes_[number];
        require(!covered[number] && in_group(property.group, each.watcher), value, fmt::format("class {} does not belong here", number));
        require(each.watcher.empty() != about.authenticated && in_play(each.rules, property) == about.rules, value,
                fmt::format("other rules are in play for class {}", number));
        covered[number] = true;
      }
      walk(about, value.at("tree"), {});
    }
    for (std::size_t number = 0; number < classes_.size(); ++number) {
      require(covered[number] || !in_group(property.group, classes_[number].watcher), proof, fmt::format("class {} is left out", number));
    }
  }
  void walk(const Case& about, const Json& node, const Box& box) const {
    Box yes = box;
    Box no = box;
    const auto branch = [&](const char* first, const char* second) {
      require(node.size() == 3, node, "there are keys that do not belong here");
      walk(about, node.at(first), yes);
      walk(about, node.at(second), no);
    };
    if (node.contains("time")) {
      const Instant at = time_in(node.at("time"));
      require(box.from < at && at < box.until, node, "all times here are on one side of this");
      yes.until = no.from = at;
      branch("before", "from");
    } else if (node.contains("sphere")) {
      const Json& sphere = node.at("sphere");
      const std::string value = sphere.is_null() ? std::string() : to_lower_ascii(text_in(sphere));
      require(box.sphere_is(value) == Tri::maybe && value.empty() == sphere.is_null(), node, "this is decided already");
      yes.sphere = value;
      no.not_spheres.insert(value);
      branch("is", "is_not");
    } else if (node.contains("circle")) {
      const geo::Circle circle = circle_in(node.at("circle"));
      require(box.in(circle) == Tri::maybe, node, "this is decided already");
      yes.inside[key_of(circle)] = true;
      no.inside[key_of(circle)] = false;
      branch("inside", "outside");
    } else if (node.contains("civic")) {
      const auto& [field, text] = node.at("civic").get<std::pair<std::string, std::string>>();
      require(node.at("civic").size() == 2 && box.field_is(field, text) == Tri::maybe, node, "this is decided already");
      yes.civic.emplace(field, text);
      no.not_civic.emplace(field, text);
      branch("is", "is_not");
    } else {
      check_leaf(about, node, box);
    }
  }
  void check_leaf(const Case& about, const Json& node, const Box& box) const {
    if (node.contains("impossible")) return check_impossible(node, box);
    if (node.contains("outside_guard")) {
      const bool outside = guard_holds(about.property, box, about.authenticated) == Tri::no;
      return require(outside && node == Json{{"outside_guard", true}}, node, "`when` and `during` may hold here");
    }
    const auto [matched, match, may] = matching(about.rules, box);
    require(node.size() == 2 && rules_in(node.at("match")) == match && rules_in(node.at("may")) == may, node, "other rules match here, or may");
    for (const Readings& each : claim_readings_) {
      require(claim_holds(about.property.claim, matched, question_.usage, each) == about.claim, node, "the claim is not decided as it must be");
    }
  }
  void check_impossible(const Json& node, const Box& box) const {
    require(node.size() == 2 && list_in(node.at("circles")).size() == 2, node, "a kind and two circles are expected here");
    const geo::Circle first = circle_in(node.at("circles").at(0));
    const geo::Circle second = circle_in(node.at("circles").at(1));
    const Tri in_second = box.in(second);
    const bool nowhere = node.at("impossible") == "disjoint" ? in_second == Tri::yes && disjoint(first, second)
                                                             : node.at("impossible") == "within" && in_second == Tri::no && within(first, second);
    require(box.in(first) == Tri::yes && nowhere, node, "there may be places here");
  }
  geo::Circle circle_in(const Json& value) const {
    const Json& circle = list_in(root_.at("circles"))[index_in(value, root_.at("circles").size())];
    require(circle.size() == 3, circle, "there are keys that do not belong here");
    return {{circle.at("latitude").get<double>(), circle.at("longitude").get<double>()}, circle.at("radius_m").get<double>()};
  }

  /// The class of the witness; its group and guard hold.
  const Class& check_state(const Property& property, const Json& witness, Box& box) const {
    require(witness.size() == 5, witness, "there are keys that do not belong here");
    const Class& of = classes_[index_in(witness.at("class"), classes_.size())];
    box.concrete = true;
    box.from = time_in(witness.at("time"));
    box.until = {box.from.seconds, box.from.nanoseconds + 1};
    box.sphere = witness.at("sphere").is_null() ? std::string() : to_lower_ascii(text_in(witness.at("sphere")));
    box.civic = witness.at("civic").get<std::map<std::string, std::string>>();
    if (const Json& place = witness.at("location"); !place.is_null()) {
      require(list_in(place).size() == 2, place, "a latitude and a longitude are expected here");
      box.place = geo::Position{place.at(0).get<double>(), place.at(1).get<double>()};
      require(std::abs(box.place->latitude) <= 90 && std::abs(box.place->longitude) <= 180, place, "this is no place on earth");
    }
    require(in_group(property.group, of.watcher), witness, "this watcher is not in the group");
    require(guard_holds(property, box, !of.watcher.empty()) == Tri::yes, witness, "`when` and `during` do not surely hold here");
    return of;
  }
  void check_witnesses(const Property& property, const Json& proof, bool claim) {
    require(proof.size() == 3, proof, "there are keys that do not belong here");
    std::vector<bool> shown(readings_.size());
    for (const Json& witness : list_in(proof.at("witnesses"))) {
      Box box;
      const Class& of = check_state(property, witness.at("state"), box);
      const auto [matched, match, may] = matching(of.rules, box);
      require(witness.size() == 2 && rules_in(witness.at("match")) == match && may.empty(), witness, "other rules match here, or may");
      for (std::size_t i = 0; i < readings_.size(); ++i) {
        const bool its_reading = !of.watcher.empty() || of.empty_identity == readings_[i][kEmptyIdentity];
        if (its_reading && claim_holds(property.claim, matched, question_.usage, readings_[i]) == known(claim)) shown[i] = true;
      }
    }
    require(std::find(shown.begin(), shown.end(), false) == shown.end(), proof, "the witnesses do not show it under all readings");
  }
  [[nodiscard]] const policy::Rule* rule(std::size_t number) const { return watchers_.rules()[number]; }
  [[nodiscard]] Numbers rules_in(const Json& value) const { return indices_in(value, watchers_.rules().size()); }

  const Question& question_;
  const Json& root_;
  std::vector<Readings> readings_;
  std::vector<Readings> claim_readings_;  ///< empty-identity aside, which decides who matches
  Watchers watchers_;
  std::vector<Class> classes_;
  std::map<std::size_t, bool> in_play_;   ///< of the property being checked
};

}  // namespace

std::vector<Answer> check(const Question& question, const std::string& certificate) {
  std::vector<Answer> answers;
  const auto reason = [](const Json::exception& error) { return std::string(error.what()).substr(std::string_view(error.what()).find(' ') + 1); };
  Json root;
  std::optional<Checker> checker;
  std::string all_refused;
  try {
    root = parsed(certificate);
    checker.emplace(question, root);
    checker->check_inputs();
    checker->check_classes();
  } catch (const Json::exception& error) {
    all_refused = reason(error);
  }
  for (const Property& property : question.properties.properties) {
    Answer& answer = answers.emplace_back(Answer{Answer::Status::refused, property.name, all_refused});
    if (!property.uncheckable.empty()) answer = {Answer::Status::not_certified, property.name, property.uncheckable};
    if (!property.uncheckable.empty() || !all_refused.empty()) continue;
    try {
      const Json& proof = root.at("properties").at(answers.size() - 1);
      if (proof.at("verdict") == "not certified") {
        answer = {Answer::Status::not_certified, property.name, text_in(proof.at("reason"))};
      } else {
        answer = {Answer::Status::accepted, property.name, checker->check_property(property, proof)};
      }
    } catch (const Json::exception& error) {
      answer.text = reason(error);
    }
  }
  return answers;
}

}  // namespace presproof::certificate_check
