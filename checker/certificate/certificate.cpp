#include "certificate/certificate.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/overloaded.h"
#include "certificate/cover.h"
#include "certificate/witness.h"
#include "diag/error.h"
#include "smt/partition.h"

namespace presproof::certificate {
namespace {

using Json = nlohmann::ordered_json;
using property::Quantifier;
using smt::RuleNumber;
using verify::Verdict;

bool is_over_one_run(const property::Property& property) {
  const auto* location = std::get_if<property::LocationShown>(&property.claim.atom);
  return !property.two_run && !property.subscription && !(location != nullptr && location->over_time);
}

Json to_json(const Tree& tree);

Json to_json(const Split& split) {
  const auto node = [&](std::string_view key, Json question, std::string_view yes, std::string_view no) {
    Json result;
    result[std::string(key)] = std::move(question);
    result[std::string(yes)] = to_json(*split.yes);
    result[std::string(no)] = to_json(*split.no);
    return result;
  };
  return std::visit(Overloaded{
                        [&](const Instant& time) { return node("time", to_rfc3339(time), "before", "from"); },
                        [&](const SphereIs& sphere) { return node("sphere", sphere.value.empty() ? Json() : Json(sphere.value), "is", "is_not"); },
                        [&](const InCircle& in) { return node("circle", in.circle, "inside", "outside"); },
                        [&](const FieldIs& is) { return node("civic", Json::array({is.field, is.text}), "is", "is_not"); },
                    },
                    split.question);
}

Json to_json(const Tree& tree) {
  return std::visit(Overloaded{
                        [](const OutsideGuard&) { return Json{{"outside_guard", true}}; },
                        [](const NoSuchPlace& nowhere) {
                          return Json{{"impossible", nowhere.disjoint ? "disjoint" : "within"},
                                      {"circles", Json::array({nowhere.first, nowhere.second})}};
                        },
                        [](const Decided& decided) { return Json{{"match", decided.match}, {"may", decided.may}}; },
                        [](const Split& split) { return to_json(split); },
                    },
                    tree.node);
}

std::string key_of(const policy::Watcher& watcher, bool empty_identity) {
  std::string key = watcher.authenticated() ? "" : empty_identity ? "+" : "-";
  for (const uri::Uri& identity : watcher.identities) key += identity.text + "\n";
  return key;
}

/// Thrown when a property cannot be certified.
struct NotCertified {
  std::string reason;
};

class Writer {
 public:
  Writer(const policy::Policy& policy, const property::Properties& properties, const verify::Options& options)
      : policy_(policy), properties_(properties), options_(options), partition_(policy, properties), finder_(policy, properties, options) {
    if (!partition_.complete()) {
      throw diag::InputError(diag::Problem{.span = {},
                                           .message = "there can be no certificate: URIs or domains are named in so many ways that not every watcher was considered",
                                           .hint = {}});
    }
    for (const policy::RuleSet& document : policy.documents) {
      first_rule_.push_back(static_cast<RuleNumber>(rules_));
      rules_ += document.rules.size();
    }
    for (const engine::Readings& readings : combinations(options.fixed)) {
      empty_identity_.insert(readings.empty_identity_is_unauthenticated());
      if (readings.empty_identity_is_unauthenticated() == *empty_identity_.begin()) claim_readings_.push_back(readings);
    }
    list_classes();
  }

  [[nodiscard]] Json header(const std::vector<std::string_view>& inputs) const;
  /// Behind the properties: they name the circles.
  void add_tables(Json& certificate) const;
  /// Throws NotCertified.
  [[nodiscard]] Json proof_of(std::size_t number, const verify::Result& result);

 private:
  struct Class {
    const smt::WatcherClass* watcher = nullptr;
    bool empty_identity = false;
    std::size_t rules = 0;  ///< number of the list
  };
  void list_classes();
  [[nodiscard]] Json cases_of(const property::Property& property, bool claim);
  [[nodiscard]] Json state_of(const Witness& witness) const;
  [[nodiscard]] RuleNumber number_of(policy::RuleRef ref) const { return first_rule_[ref.document] + ref.rule; }

  const policy::Policy& policy_;
  const property::Properties& properties_;
  const verify::Options& options_;
  smt::Partition partition_;
  WitnessFinder finder_;
  Circles circles_;
  std::vector<RuleNumber> first_rule_;  ///< by document
  std::size_t rules_ = 0;
  std::set<bool> empty_identity_;       ///< the values of the reading that are not ruled out
  std::vector<engine::Readings> claim_readings_;  ///< all combinations, empty-identity aside
  std::vector<Class> classes_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::vector<RuleNumber>> lists_;
};

void Writer::list_classes() {
  std::map<std::vector<RuleNumber>, std::size_t> known;
  std::size_t listed = 0;
  for (const smt::WatcherClass& watcher : partition_.classes()) {
    for (const bool empty : watcher.authenticated() ? std::set<bool>{false} : empty_identity_) {
      // A person may name an identity twice: the same watcher then comes again.
      if (!numbers_.emplace(key_of(watcher.watcher(), empty), classes_.size()).second) continue;
      const auto [place, added] = known.try_emplace(partition_.rules_of(watcher, empty), lists_.size());
      if (added) {
        lists_.push_back(place->first);
        listed += place->first.size();
      }
      if (listed > kMaxListedRules) {
        throw diag::InputError(diag::Problem{.span = {},
                                             .message = fmt::format("there can be no certificate: watchers have more than {} rules in all", kMaxListedRules),
                                             .hint = "prove without `--certificate`"});
      }
      classes_.push_back({&watcher, empty, place->second});
    }
  }
}

Json Writer::header(const std::vector<std::string_view>& inputs) const {
  Json result;
  result["format"] = "presproof-certificate/1";
  result["usage"] = options_.usage == policy::Usage::presence ? "presence" : "geolocation";
  result["readings"] = Json::object();
  for (const engine::Reading reading : kSeenReadings) {
    const auto fixed = options_.fixed[static_cast<std::size_t>(reading)];
    if (fixed) result["readings"][std::string(engine::info(reading).key)] = engine::info(reading).values[*fixed ? 1 : 0];
  }
  result["inputs"] = Json::array();
  for (const std::string_view text : inputs) result["inputs"].push_back(digest(text));
  return result;
}

void Writer::add_tables(Json& certificate) const {
  Json& rules = certificate["rules"] = Json::array();
  for (const policy::RuleSet& document : policy_.documents) {
    for (const policy::Rule& rule : document.rules) rules.push_back(rule.id);
  }
  Json& circles = certificate["circles"] = Json::array();
  for (std::size_t i = 0; i < circles_.size(); ++i) {
    circles.push_back({{"latitude", circles_[i].center.latitude}, {"longitude", circles_[i].center.longitude}, {"radius_m", circles_[i].radius_m}});
  }
  certificate["rule_lists"] = lists_;
  Json& classes = certificate["classes"] = Json::array();
  for (const Class& each : classes_) {
    Json& added = classes.emplace_back(Json{{"identities", Json::array()}, {"rules", each.rules}});
    for (const smt::Identity& identity : each.watcher->identities) added["identities"].push_back(identity.uri.text);
    const auto& reading = engine::info(engine::Reading::empty_identity);
    if (!each.watcher->authenticated()) added["empty_identity"] = reading.values[each.empty_identity ? 1 : 0];
  }
}

Json Writer::state_of(const Witness& witness) const {
  const auto number = numbers_.find(key_of(witness.request.watcher, witness.empty_identity));
  if (number == numbers_.end()) throw diag::InternalError("a witness whose watcher has no class");
  const policy::State& state = witness.request.state;
  Json result{{"class", number->second}, {"time", to_rfc3339(state.time)}, {"sphere", nullptr}, {"location", nullptr}, {"civic", Json::object()}};
  if (state.sphere) result["sphere"] = *state.sphere;
  if (state.location.geodetic) {
    const auto& place = std::get<geo::Position>(*state.location.geodetic);
    result["location"] = Json::array({place.latitude, place.longitude});
  }
  if (state.location.civic) {
    for (const auto& [field, text] : *state.location.civic) result["civic"][field] = text;
  }
  return result;
}

Json Writer::cases_of(const property::Property& property, bool claim) {
  CoverBuilder builder(property, claim, partition_.rules(), options_.usage, claim_readings_, circles_);
  // Watchers with the same rules in play share a tree.
  std::map<std::pair<bool, std::vector<RuleNumber>>, std::vector<std::size_t>> cases;
  std::map<std::size_t, std::vector<RuleNumber>> in_play;
  for (std::size_t i = 0; i < classes_.size(); ++i) {
    const Class& each = classes_[i];
    if (!partition_.contains(*property.group, *each.watcher)) continue;
    const auto [rules, added] = in_play.try_emplace(each.rules);
    if (added) rules->second = builder.in_play(lists_[each.rules]);
    cases[{each.watcher->authenticated(), rules->second}].push_back(i);
  }
  Json result = Json::array();
  for (const auto& [about, classes] : cases) {
    const auto tree = builder.cover(about.second, about.first);
    if (!tree) throw NotCertified{builder.problem()};
    result.push_back({{"classes", classes}, {"rules", about.second}, {"tree", to_json(*tree)}});
  }
  return result;
}

Json Writer::proof_of(std::size_t number, const verify::Result& result) {
  const property::Property& property = properties_.properties[number];
  if (result.verdict != Verdict::proved && result.verdict != Verdict::violated) {
    throw NotCertified{fmt::format("the verdict is `{}`", verify::kVerdictNames[static_cast<std::size_t>(result.verdict)])};
  }
  const bool proved = result.verdict == Verdict::proved;
  const bool sometimes = property.quantifier == Quantifier::sometimes;
  Json proof{{"name", property.name}, {"verdict", proved ? "proved" : "violated"}};
  if (proved != sometimes) {
    const auto watched = finder_.watched(number);
    if (!watched) throw NotCertified{"no state of its guard is clear of the rims of all circles"};
    proof["watched"] = state_of(*watched);
    proof["cases"] = cases_of(property, property.quantifier == Quantifier::always);
    return proof;
  }
  std::optional<policy::Request> known;
  if (result.counterexample && numbers_.contains(key_of(result.counterexample->request.watcher, *empty_identity_.begin()))) {
    known = result.counterexample->request;
  }
  const auto witnesses = finder_.showing(number, property.quantifier != Quantifier::always, known);
  if (!witnesses) throw NotCertified{"no state that shows it is clear of the rims of all circles"};
  proof["witnesses"] = Json::array();
  for (const Witness& witness : *witnesses) {
    std::vector<RuleNumber> match;
    for (const policy::RuleRef ref : witness.matched) match.push_back(number_of(ref));
    proof["witnesses"].push_back({{"state", state_of(witness)}, {"match", match}});
  }
  return proof;
}

}  // namespace

Certificate certify(const policy::Policy& policy, const property::Properties& properties, const std::vector<verify::Result>& results,
                    const verify::Options& options, const std::vector<std::string_view>& inputs) {
  property::Properties one_run{{}, properties.persons};
  std::copy_if(properties.properties.begin(), properties.properties.end(), std::back_inserter(one_run.properties), is_over_one_run);
  Writer writer(policy, one_run, options);
  Certificate certificate;
  Json proofs = Json::array();
  std::size_t number = 0;  // among those over one run
  for (std::size_t i = 0; i < properties.properties.size(); ++i) {
    const property::Property& property = properties.properties[i];
    try {
      if (!is_over_one_run(property)) throw NotCertified{"it is not about one run"};
      proofs.push_back(writer.proof_of(number++, results[i]));
    } catch (const NotCertified& refused) {
      certificate.not_certified.emplace_back(property.name, refused.reason);
      proofs.push_back({{"name", property.name}, {"verdict", "not certified"}, {"reason", refused.reason}});
    }
  }
  Json json = writer.header(inputs);
  writer.add_tables(json);
  json["properties"] = std::move(proofs);
  certificate.text = json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  return certificate;
}

}  // namespace presproof::certificate
