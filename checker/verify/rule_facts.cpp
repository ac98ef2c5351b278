#include "verify/verify.h"

namespace presproof::verify {

RuleFacts rule_facts(const policy::Policy&, const Options&) { return {}; }

}  // namespace presproof::verify
