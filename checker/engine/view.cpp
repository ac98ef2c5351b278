#include "engine/view.h"

#include "engine/readers.h"

namespace presproof::engine {

policy::RuleSet as_read_by(const Profile& profile, const xml::Document& document, policy::RuleSet read) {
  switch (profile.view) {
    case RuleSetView::as_written: break;
    case RuleSetView::oma: return read_as_oma(document, std::move(read));
    case RuleSetView::ser: return read_as_ser(profile, &document, std::move(read));
    case RuleSetView::opensips_oma: return profile.parameters.force_active ? read_as_ser(profile, nullptr, std::move(read)) : read_as_opensips_oma(document, std::move(read));
    case RuleSetView::mobicents: return read_as_mobicents(document, std::move(read));
    case RuleSetView::kaleo: return read_as_kaleo(document, std::move(read));
  }
  return read;
}

Profile over_time(const Profile& profile) {
  Profile kept = profile;
  if (kept.parameters.publ_cache == 1) kept.parameters.publ_cache = 0;
  return kept;
}

policy::RuleSet without_rule_set(const Profile& profile) {
  switch (profile.view) {
    case RuleSetView::as_written:
    case RuleSetView::oma:
    case RuleSetView::kaleo: break;
    case RuleSetView::ser:
    case RuleSetView::opensips_oma: return read_as_ser(profile, nullptr, {});
    case RuleSetView::mobicents: return without_rules_in_mobicents();
  }
  return {};
}

}  // namespace presproof::engine
