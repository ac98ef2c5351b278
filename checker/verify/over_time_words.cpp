#include "verify/over_time_words.h"

#include <cmath>

#include <fmt/format.h>

#include "base/overloaded.h"
#include "verify/over_time.h"

namespace presproof::verify {
namespace {

/// Three digits are more than anybody needs.
std::string three_digits(double value) {
  if (value >= 100) {
    const double unit = std::pow(10.0, std::floor(std::log10(value)) - 2);
    return fmt::format("{:.0f}", std::round(value / unit) * unit);
  }
  return fmt::format("{:.3g}", value);
}

std::string left_words(const Left& left) { return left.area_m2 ? area_words(*left.area_m2) : "all the earth"; }

std::string shown_words(const GeodeticShown& shown) {
  if (shown.radius_m == 0 && !shown.rounding) return "the exact place";
  return fmt::format("{} {} m", shown.rounding ? "a rounding of" : "radius", three_digits(shown.radius_m));
}

std::string state_words(const WatcherState& state) {
  return fmt::format("at {} in {}", to_rfc3339(state.time), state.sphere ? fmt::format("sphere `{}`", *state.sphere) : "an undefined sphere");
}

}  // namespace

std::string area_words(double m2) {
  const std::string area = m2 >= 1e5 ? three_digits(m2 / 1e6) + " km2" : three_digits(m2) + " m2";
  return fmt::format("{}, a circle of {} m", area, three_digits(radius_of_m(m2)));
}

std::string words_for_pair(const GeodeticShown& first, const WatcherState& at_first, const GeodeticShown& second, const WatcherState& at_second,
                           const Left& left) {
  return fmt::format("{} {} and {} {} together leave {}", shown_words(first), state_words(at_first), shown_words(second), state_words(at_second),
                     left_words(left));
}

std::string words_for_knowledge(const Knowledge& knowledge, const Left& left) {
  std::vector<std::string> parts;
  for (const GeodeticShown& shown : knowledge.shown()) parts.push_back(shown_words(shown));
  if (knowledge.tells_region()) {
    std::vector<std::string> circles;
    for (const std::size_t i : knowledge.mattering()) {
      const geo::Circle& circle = knowledge.regions().circles[i];
      circles.push_back(fmt::format("{} {} radius {} m", circle.center.latitude, circle.center.longitude, three_digits(circle.radius_m)));
    }
    parts.push_back(fmt::format("what appears or not by the circle{} {}", circles.size() == 1 ? "" : "s", fmt::join(circles, ", ")));
  }
  return fmt::format("{} {} {}", fmt::join(parts, " and "), parts.size() > 1 ? "together leave" : "leaves", left_words(left));
}

std::string words_for_civic(geo::CivicLevel told) {
  return fmt::format("what appears or not by conditions on the civic address tells it at the level `{}`", geo::to_string(told));
}

std::string words_for_too_much(bool measured, const Left& left) {
  return measured ? fmt::format("all that can be shown there leaves {}", left_words(left)) : "nothing that can be shown there tells more";
}

std::string words_for_unsure(const Knowledge& knowledge, bool limit_passed) {
  if (limit_passed) return "the time limit was reached before an answer was found";
  if (knowledge.shown().size() < 2) return "what the policy's circles leave of the cells could not be measured everywhere, or is too near to the length";
  std::vector<std::string> parts;
  for (const GeodeticShown& shown : knowledge.shown()) parts.push_back(shown_words(shown));
  return fmt::format("{} may leave less somewhere, but no such place was found", fmt::join(parts, " and "));
}

std::vector<std::string> location_assumptions(const property::Property& property, bool radii) {
  const auto* claim = std::get_if<property::LocationShown>(&property.claim.atom);
  if (property.two_run || property.claim.op != property::Operator::atom || claim == nullptr) return {};
  std::vector<std::string> sentences;
  if (claim->over_time) {
    sentences.emplace_back("the target stays where it is, and the watcher knows the policy and meets every time and sphere that the property speaks of");
    if (radii && claim->over_time->length_m && claim->geodetic_below_m) {
      sentences.emplace_back("a server may choose between two allowed centres afresh each time (RFC 6772 section 13.2), so where radii or regions meet, "
                             "each radius leaves its cell of section 6.5.2: a third of the radius squared, less towards the poles");
    }
    if (claim->civic_at_least) sentences.emplace_back("the civic address and the place on the map are independent: the finer of the two counts");
  }
  if (radii && claim->effective) {
    sentences.emplace_back("a radius leaves 0.13 of its nominal area, as RFC 6772 section 13.3 says; the cells of section 6.5.2 are as small as 0.072 of it");
  }
  return sentences;
}

}  // namespace presproof::verify
