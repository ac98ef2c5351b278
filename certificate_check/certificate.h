#pragma once

#include <iosfwd>

#include "certificate_check/model.h"
#include "policy/request.h"
#include "policy/rule_set.h"

/// Certificates (`presproof prove --certificate`, presproof-certificate/1): JSON that says why verdicts hold. Nothing in one is believed; each
/// statement is found again from the policy and the properties, or the certificate is refused.
///
/// A property that holds in all states has a tree for each list of rules of its watchers: inner nodes split all states by what a condition
/// can ask, so that leaves cover every state whatever the tree is; at each leaf `when` and `during` do not hold, or no place is in the
/// circles as the splits say, or the claim has its value by what surely matches and surely does not. A property that a state shows has that state.
namespace presproof::certificate_check {

struct Question {
  const policy::Policy& policy;
  policy::Usage usage;
  FixedReadings fixed;
  const Properties& properties;
  std::vector<std::string_view> inputs;  ///< the texts of policies, property files and `-p`, in order
};
struct Answer {
  enum class Status : std::uint8_t { accepted, refused, not_certified } status = Status::refused;
  std::string name;
  std::string text;  ///< the verdict, or why not
};
/// One for each property, in order.
[[nodiscard]] std::vector<Answer> check(const Question& question, const std::string& certificate);

/// The whole of presproof-check(1): exit status 0 all accepted, 1 something refused, 2 not done, 3 something not certified.
[[nodiscard]] int run(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err);

}  // namespace presproof::certificate_check
