#include "verify/witness_document.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/lexical.h"
#include "presence/known_elements.h"
#include "uri/uri.h"
#include "verify/witness_elements.h"
#include "xml/namespaces.h"

namespace presproof::verify {
namespace {

namespace ns = xml::ns;
using policy::ComponentKind;
using policy::SelectorKind;
using presence::PartKind;

struct SelectorValue {
  ComponentKind component;
  SelectorKind selector;
  std::string value;
  friend auto operator<=>(const SelectorValue&, const SelectorValue&) = default;
};

/// What rules name, each once, in policy order.
struct Named {
  std::vector<SelectorValue> selectors;
  std::vector<std::pair<std::string, std::string>> attributes;
};

/// Whether an element of that name can stand in a component to be shown by provide-unknown-attribute: not what has a
/// permission of its own or is the container that <status> is, and what XML can write.
bool can_be_unknown_attribute(const std::string& in_ns, const std::string& name) {
  if (presence::find_known(in_ns, name) || (in_ns == ns::kPidf && name == "status")) return false;
  return is_ncname(name) && in_ns != ns::kXml && in_ns != "http://www.w3.org/2000/xmlns/";
}

Named named_in(std::span<const policy::Rule* const> rules) {
  Named named;
  std::set<SelectorValue> selectors;
  std::set<std::pair<std::string, std::string>> attributes;
  const auto add_selectors = [&](const policy::ProvideComponents& provided) {
    for (std::size_t kind = 0; kind < policy::kSelectorKinds; ++kind) {
      for (const std::string& value : provided.values[kind]) {
        if (value.empty() || selectors.size() == kMostSelectorValues) continue;
        SelectorValue selector{provided.kind, static_cast<SelectorKind>(kind), value};
        if (selectors.insert(selector).second) named.selectors.push_back(std::move(selector));
      }
    }
  };
  const auto add_attribute = [&](const policy::ProvideUnknownAttribute& attribute) {
    if (attributes.size() == kMostUnknownAttributes || !can_be_unknown_attribute(attribute.ns, attribute.name)) return;
    std::pair name(attribute.ns, attribute.name);
    if (attributes.insert(name).second) named.attributes.push_back(std::move(name));
  };
  for (const policy::Rule* rule : rules) {
    for (const policy::Permission& permission : rule->permissions) {
      if (const auto* provided = std::get_if<policy::ProvideComponents>(&permission.what)) add_selectors(*provided);
      if (const auto* unknown = std::get_if<policy::ProvideUnknownAttribute>(&permission.what)) add_attribute(*unknown);
    }
  }
  return named;
}

/// The first of `make(1)`, `make(2)`, ... that is not taken.
template <class Make, class IsTaken>
std::string fresh(Make make, IsTaken is_taken) {
  for (int number = 1;; ++number) {
    std::string value = make(number);
    if (!is_taken(value)) return value;
  }
}

PartKind part_kind(ComponentKind kind) {
  switch (kind) {
    case ComponentKind::device:
      return PartKind::device;
    case ComponentKind::person:
      return PartKind::person;
    case ComponentKind::service:
      break;
  }
  return PartKind::service;
}

/// Makes components that differ from everything that rules name but in what they are made for.
class WitnessMaker {
 public:
  WitnessMaker(Named named, const policy::State& state) : named_(std::move(named)), state_(state) {
    for (const SelectorValue& selector : named_.selectors) {
      values_[static_cast<std::size_t>(selector.selector)].insert(selector.value);
    }
    plain_class_ = fresh([](int n) { return fmt::format("class-{}", n); },
                         [&](const std::string& value) { return names(SelectorKind::class_, value); });
    plain_device_id_ =
        fresh([](int n) { return fmt::format("urn:uuid:00000000-0000-4000-8000-{:012x}", n); },
              [&](const std::string& value) { return names_equivalent(SelectorKind::device_id, value); });
    plain_contact_ = new_contact(plain_scheme());
    unknown_ = fresh([](int n) { return fmt::format("attribute-{}", n); },
                     [&](const std::string& value) {
                       return std::find(named_.attributes.begin(), named_.attributes.end(),
                                        std::pair(std::string(kWitnessNamespace), value)) != named_.attributes.end();
                     });
  }

  presence::Document make() {
    presence::Document document;
    document.entity = std::string(kWitnessEntity);
    // RFC 3863 section 4.1.1 and its schema: tuples, notes, then what other namespaces have.
    for (const PartKind kind : {PartKind::service, PartKind::note, PartKind::person, PartKind::device}) {
      if (kind == PartKind::note) {
        document.parts.push_back(document_note());
        continue;
      }
      document.parts.push_back(component(kind, std::nullopt));
      if (kind == PartKind::person && !sphere_can_be_said(state_.sphere)) {
        document.parts.push_back(component(kind, std::nullopt));  // whose sphere is another
      }
      for (const SelectorValue& selector : named_.selectors) {
        if (part_kind(selector.component) == kind) document.parts.push_back(component(kind, selector));
      }
    }
    return document;
  }

 private:
  [[nodiscard]] const std::set<std::string>& values(SelectorKind kind) const {
    return values_[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] bool names(SelectorKind kind, const std::string& value) const { return values(kind).contains(value); }
  [[nodiscard]] bool names_equivalent(SelectorKind kind, const std::string& value) const {
    const uri::Uri parsed = uri::parse(value);
    return std::any_of(values(kind).begin(), values(kind).end(),
                       [&](const std::string& other) { return uri::equivalent(parsed, uri::parse(other)); });
  }

  std::string new_id(PartKind kind) {
    const std::string_view prefix = kind == PartKind::service  ? "service"
                                    : kind == PartKind::person ? "person"
                                                               : "device";
    return fresh([&](int) { return fmt::format("{}-{}", prefix, ++last_id_); },
                 [&](const std::string& value) { return names(SelectorKind::occurrence_id, value); });
  }
  [[nodiscard]] std::string new_contact(const std::string& scheme) const {
    const auto make = [&](int n) {
      return scheme == "tel" ? fmt::format("tel:+1212555{:04}", 100 + n)
                             : fmt::format("{}:alice-{}@example.com", scheme, n);
    };
    return fresh(make, [&](const std::string& value) { return names_equivalent(SelectorKind::service_uri, value); });
  }
  /// One that no rule names.
  [[nodiscard]] std::string plain_scheme() const {
    for (const char* scheme : {"sip", "im", "pres", "mailto"}) {
      if (!names(SelectorKind::service_uri_scheme, scheme)) return scheme;
    }
    return fresh([](int n) { return fmt::format("x-scheme-{}", n); },
                 [&](const std::string& value) { return names(SelectorKind::service_uri_scheme, value); });
  }

  presence::Part component(PartKind kind, const std::optional<SelectorValue>& made_for) {
    const auto value_of = [&](SelectorKind selector) {
      return made_for && made_for->selector == selector ? std::optional(made_for->value) : std::nullopt;
    };
    const auto id = value_of(SelectorKind::occurrence_id);
    const auto scheme = value_of(SelectorKind::service_uri_scheme);
    WitnessComponent what;
    what.kind = kind;
    what.id = id ? *id : new_id(kind);
    what.class_value = value_of(SelectorKind::class_).value_or(plain_class_);
    what.device_id = value_of(SelectorKind::device_id).value_or(plain_device_id_);
    what.contact = scheme ? new_contact(*scheme) : value_of(SelectorKind::service_uri).value_or(plain_contact_);
    what.unknown = named_.attributes;
    what.unknown.emplace_back(kWitnessNamespace, unknown_);
    if (kind == PartKind::person) what.person_number = persons_++;
    return make_witness_component(what, state_);
  }

  [[nodiscard]] static presence::Part document_note() {
    presence::Part part;
    part.kind = PartKind::note;
    part.element = make_element(ns::kPidf, "note", "a note of the document");
    return part;
  }

  Named named_;
  const policy::State& state_;
  std::array<std::set<std::string>, policy::kSelectorKinds> values_;
  std::string plain_class_;
  std::string plain_device_id_;
  std::string plain_contact_;
  std::string unknown_;  ///< the attribute that nobody names
  int last_id_ = 0;
  std::size_t persons_ = 0;
};

}  // namespace

presence::Document witness_document_of(std::span<const policy::Rule* const> rules, const policy::State& state,
                                       policy::Usage usage) {
  return WitnessMaker(usage == policy::Usage::presence ? named_in(rules) : Named{}, state).make();
}

presence::Document witness_document(const policy::Policy& policy, const policy::State& state, policy::Usage usage) {
  std::vector<const policy::Rule*> rules;
  for (const policy::RuleSet& document : policy.documents) {
    for (const policy::Rule& rule : document.rules) rules.push_back(&rule);
  }
  return witness_document_of(rules, state, usage);
}

}  // namespace presproof::verify
