#include "policy/condition_reader.h"

#include <fmt/format.h>

#include "policy/elements.h"
#include "policy/identity_reader.h"
#include "policy/location_reader.h"
#include "policy/meant.h"
#include "policy/older_dialect.h"

namespace presproof::policy {
namespace {

using diag::Code;

Condition read_sphere(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {"value"});
  expect_empty(reading, element);
  SphereCondition sphere{{}, element.span()};
  const xml::Attribute* value = required_attribute(reading, element, "value", "it matches in no sphere");
  if (value == nullptr) return sphere;
  for (const std::string_view token : split_xml_space(value->value)) sphere.tokens.emplace_back(token);
  if (sphere.tokens.empty()) {
    reading.report(Code::invalid_value, value->span,
                   fmt::format("the `value` of {} names no sphere: it never matches", quoted_tag(element)),
                   "write one or more words such as `work`");
  }
  return sphere;
}

/// The instant of a `<from>` or `<until>`; nothing when it cannot be ordered against the clock.
std::optional<Instant> read_time(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {});
  const auto text = simple_text(reading, element);
  if (!text) return std::nullopt;
  const auto time = parse_xs_datetime(*text);
  if (!time) {
    const auto meant = meant_date_time(*text);
    reading.report(
        Code::invalid_date_time, element.span(),
        fmt::format("{} is {}, which is no date and time: the period never holds", quoted_tag(element), quoted(*text)),
        meant ? fmt::format("write `{}`", *meant) : "write it like `2026-03-01T09:00:00+01:00`");
    return std::nullopt;
  }
  if (!time->has_offset) {
    // RFC 4745 section 7.4 compares with the current time, and a local time of no place cannot be compared.
    reading.report(
        Code::validity_without_offset, element.span(),
        fmt::format("{} is {}, without an offset from UTC: the period never holds", quoted_tag(element), quoted(*text)),
        fmt::format("add the offset, as in {} or {}", quoted(fmt::format("{}Z", trim_xml_space(*text))),
                    quoted(fmt::format("{}+01:00", trim_xml_space(*text)))));
    return std::nullopt;
  }
  return time->instant;
}

/// RFC 4745 section 7.4: "MUST have the <from> and <until> subelements in pairs", each until just after its from.
class PairReader {
 public:
  explicit PairReader(Reading& reading) : reading_(reading) {}

  void read(const xml::Element& child) {
    const Tag tag = tag_of(child.name());
    if (tag == Tag::from) {
      close_without_until();
      open_ = child;
      from_ = read_time(reading_, child);
    } else if (tag == Tag::until) {
      const auto until = read_time(reading_, child);
      if (open_) {
        pairs_.push_back({from_, until, open_->span()});
        open_.reset();
      } else {
        pairs_.push_back({std::nullopt, until, child.span()});
        report_incomplete(child, "from", "before");
      }
    } else {
      report_unknown(reading_, child, Place::validity);
      if (open_)
        pairs_.push_back({from_, std::nullopt, open_->span()});  // reported already: what stands here is no until
      open_.reset();
    }
  }

  std::vector<ValidityPair> finish() {
    close_without_until();
    return std::move(pairs_);
  }

 private:
  void close_without_until() {
    if (!open_) return;
    pairs_.push_back({from_, std::nullopt, open_->span()});
    report_incomplete(*open_, "until", "after");
    open_.reset();
  }

  void report_incomplete(const xml::Element& element, std::string_view partner, std::string_view where) {
    reading_.report(Code::incomplete_validity, element.span(),
                    fmt::format("{} has no `<{}>` {} it: the period never holds", quoted_tag(element), partner, where),
                    fmt::format("add `<{}>`", partner));
  }

  Reading& reading_;
  std::vector<ValidityPair> pairs_;
  std::optional<xml::Element> open_;  ///< a from whose until has not come yet
  std::optional<Instant> from_;
};

Condition read_validity(Reading& reading, const xml::Element& element) {
  expect_attributes(reading, element, {});
  PairReader pairs(reading);
  bool empty = true;
  for_each_child(reading, element, [&](const xml::Element& child) {
    empty = false;
    pairs.read(child);
  });
  if (empty) {
    reading.report(Code::incomplete_validity, element.span(),
                   fmt::format("{} has no period: it never holds", quoted_tag(element)), "add `<from>` and `<until>`");
  }
  return ValidityCondition{pairs.finish(), element.span()};
}

using ConditionReader = Condition (*)(Reading&, const xml::Element&);
constexpr auto kConditions = by_tag<ConditionReader>({
    {Tag::identity, read_identity},
    {Tag::sphere, read_sphere},
    {Tag::validity, read_validity},
    {Tag::location_condition, read_location_condition},
    {Tag::civic_loc_condition, read_civic_loc_condition},
});

}  // namespace

void read_conditions(Reading& reading, const xml::Element& element, std::vector<Condition>& conditions) {
  expect_attributes(reading, element, {});
  for_each_child(reading, element, [&](const xml::Element& child) {
    if (const ConditionReader read = reader_of(kConditions, tag_of(child.name()))) {
      conditions.push_back(read(reading, child));
    } else {
      report_unknown(reading, child, Place::conditions);
      conditions.emplace_back(
          UnknownCondition{std::string(child.name().ns), std::string(child.name().local), child.span()});
    }
  });
}

}  // namespace presproof::policy
