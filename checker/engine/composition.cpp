#include "engine/composition.h"

#include <algorithm>

#include "base/lexical.h"

namespace presproof::engine {
namespace {

bool is_tuple(const presence::Part& part) { return equal_ignoring_case(part.element.local, "tuple"); }

presence::Document compose_ser(std::span<const presence::Document> documents) {
  presence::Document result;
  if (documents.empty()) return result;
  result = documents.back();
  for (std::size_t i = documents.size() - 1; i-- > 0;) {
    const auto& parts = documents[i].parts;
    const auto first = std::find_if(parts.begin(), parts.end(), is_tuple);
    const bool is_there = first != parts.end() && std::any_of(result.parts.begin(), result.parts.end(), [&](const presence::Part& part) { return is_tuple(part) && equal_ignoring_case(part.id, first->id); });
    if (!is_there) result.parts.insert(result.parts.end(), parts.begin(), parts.end());
  }
  return result;
}

}  // namespace

presence::Document compose_by(const Profile& profile, std::span<const presence::Document> documents) {
  switch (profile.life) {
    case SubscriptionLife::decided_each_time:
    case SubscriptionLife::mobicents: break;
    case SubscriptionLife::ser: return compose_ser(documents);
    case SubscriptionLife::kaleo: return documents.empty() ? presence::Document() : documents.front();
  }
  return presence::compose(documents);
}

}  // namespace presproof::engine
