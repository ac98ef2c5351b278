#include "verify/view.h"

#include <limits>

#include "presence/known_elements.h"
#include "xml/namespaces.h"

namespace presproof::verify {
namespace {

/// The claims that a decision fulfils, asked one by one.
class Reading {
 public:
  Reading(const semantics::Decision& decision, const claims::ClaimContext& context) : decision_(decision), context_(context) {}

  [[nodiscard]] bool holds(property::ClaimAtom atom) const {
    return claims::claim_holds({property::Operator::atom, std::move(atom), {}}, decision_, context_);
  }
  [[nodiscard]] const semantics::Permissions& permissions() const { return decision_.permissions; }

  [[nodiscard]] View::Document document() const {
    if (context_.usage == policy::Usage::geolocation) return decision_.matched.empty() ? View::Document::none : View::Document::filtered;
    switch (permissions().sub_handling) {
      case policy::SubHandling::block:
      case policy::SubHandling::confirm: return View::Document::none;
      case policy::SubHandling::polite_block: return View::Document::politely_closed;
      case policy::SubHandling::allow: break;
    }
    return View::Document::filtered;
  }

  /// Every selector that the policy names, so that URIs which are equivalent to one another but not to a third are told apart.
  void add_selectors(View& view) const {
    for (const policy::RuleSet& document : context_.policy.documents) {
      for (const policy::Rule& rule : document.rules) {
        for (const policy::Permission& permission : rule.permissions) {
          const auto* given = std::get_if<policy::ProvideComponents>(&permission.what);
          if (given == nullptr) continue;
          for (std::size_t kind = 0; kind < policy::kSelectorKinds; ++kind) {
            for (const std::string& value : given->values[kind]) add_selector(given->kind, static_cast<policy::SelectorKind>(kind), value, view);
          }
        }
      }
    }
  }

  [[nodiscard]] std::optional<View::Location> location() const {
    if (!holds(property::LocationShown{std::numeric_limits<double>::infinity(), geo::CivicLevel::country})) return std::nullopt;
    View::Location shown;
    shown.precision = permissions().location;
    if (context_.usage == policy::Usage::presence && claims::location_goes_out_as_published(permissions(), context_.readings)) {
      shown.precision = {0.0, std::nullopt, geo::CivicLevel::full};
    }
    shown.retransmission = permissions().set_retransmission_allowed;
    shown.retention_s = permissions().set_retention_expiry_s;
    shown.notes = permissions().set_note_well;
    // RFC 6772 section 6.4: true keeps the reference, and so does nothing.
    shown.drops_rule_reference = permissions().keep_rule_reference == false;
    return shown;
  }

 private:
  void add_selector(policy::ComponentKind component, policy::SelectorKind kind, const std::string& value, View& view) const {
    View::Component& shown = view.components[static_cast<std::size_t>(component)];
    if (shown.all) return;
    if (holds(property::ComponentShown{component, property::ComponentShown::Selector{kind, value}})) shown.selectors.emplace(kind, value);
  }

  const semantics::Decision& decision_;
  const claims::ClaimContext& context_;
};

void add_presence(const Reading& reading, View& view) {
  const semantics::Permissions& permissions = reading.permissions();
  for (std::size_t kind = 0; kind < policy::kComponentKinds; ++kind) view.components[kind].all = permissions.components[kind].all;
  reading.add_selectors(view);
  for (std::size_t attribute = 0; attribute < policy::kAttributePermissions; ++attribute) {
    view.attributes[attribute] = reading.holds(property::AttributeShown{static_cast<policy::AttributePermission>(attribute)});
  }
  for (const auto level : {policy::UserInput::bare, policy::UserInput::thresholds, policy::UserInput::full}) {
    if (reading.holds(property::UserInputShown{level})) view.user_input = level;
  }
  view.all_attributes = reading.holds(property::AllAttributesShown{});
  if (view.all_attributes) return;
  for (const auto& [ns, name] : permissions.unknown_attributes) {
    // RFC 5025 section 3.3.2.14: a known element is never granted by that.
    if (!presence::find_known(ns, name) && reading.holds(property::UnknownAttributeShown{name, ns})) view.unknown_attributes.emplace(ns, name);
  }
}

}  // namespace

View view_of(const semantics::Decision& decision, const claims::ClaimContext& context) {
  const Reading reading(decision, context);
  View view;
  view.document = reading.document();
  if (view.document != View::Document::filtered) return view;
  if (context.usage == policy::Usage::presence) add_presence(reading, view);
  view.location = reading.location();
  return view;
}

bool same_response(const semantics::Decision& first, const semantics::Decision& second, policy::Usage usage) {
  if (usage == policy::Usage::geolocation) return first.matched.empty() == second.matched.empty();
  const auto code = [](const semantics::Decision& decision) { return decision.response ? decision.response->code : 0; };
  return code(first) == code(second) && first.subscription_state == second.subscription_state;
}

}  // namespace presproof::verify
