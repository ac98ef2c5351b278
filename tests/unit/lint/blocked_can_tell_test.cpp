#include <algorithm>

#include "leaks/leaks.h"
#include "unit/lint/fixture.h"

namespace presproof::lint {

using diag::Code;

namespace {

const std::string kBlock = handling("block");
const std::string kConfirm = handling("confirm");
const std::string kMallory = one("sip:mallory@example.com");
const std::string kAllButMallory = identity(R"(<many><except id="sip:mallory@example.com"/></many>)");

/// Whether leaks::find, which asks the solver, sees that the watcher can tell that it is blocked.
bool leaks_to(const policy::Policy& policy, std::string_view watcher) {
  leaks::Options options;
  options.verify.timeout_s = 0;
  options.verify.rlimit = 20'000'000;
  const auto found = leaks::find(policy, options);
  return std::ranges::any_of(found.leaks, [&](const leaks::Leak& leak) {
    return leak.kind == leaks::Kind::blocked_visible &&
           (leak.others > 0 || (leak.watcher.authenticated() && leak.watcher.identities.front().text == watcher));
  });
}

}  // namespace

TEST_CASE("blocked-can-tell fires where strangers get another answer", "[lint]") {
  const auto block = rule("a", kMallory, kBlock);
  CHECK(Linted(block + rule("b", kAllButMallory, kConfirm)).message(Code::blocked_can_tell) ==
        "`sip:mallory@example.com` can tell that rule `a` blocks: 403 Forbidden, where others of its domain get 202 Accepted by "
        "rule `b`");
  CHECK(Linted(rule("a", one("tel:+12125551234"), kBlock) +
               rule("b", identity(R"(<many><except id="tel:+12125551234"/></many>)"), kConfirm))
            .message(Code::blocked_can_tell) ==
        "`tel:+12125551234` can tell that rule `a` blocks: 403 Forbidden, where strangers get 202 Accepted by rule `b`");
  CHECK(Linted(block + rule("b", identity(R"(<many domain="example.com"><except id="sip:mallory@example.com"/></many>)"),
                            kAllow, kServices))
            .message(Code::blocked_can_tell) ==
        "`sip:mallory@example.com` can tell that rule `a` blocks: 403 Forbidden, where others of its domain get 200 OK by "
        "rule `b`");
  CHECK(Linted(rule("a", identity(R"(<many domain="evil.example"/>)"), kBlock) +
               rule("b", identity(R"(<many><except domain="evil.example"/></many>)"), handling("polite-block")))
            .message(Code::blocked_can_tell) ==
        "watchers of `evil.example` can tell that rule `a` blocks: 403 Forbidden, where strangers get 200 OK by rule `b`");
}

TEST_CASE("blocked-can-tell is silent where strangers are refused alike", "[lint]") {
  const auto block = rule("a", kMallory, kBlock);
  CHECK(Linted(block).count(Code::blocked_can_tell) == 0);
  CHECK(Linted(block + rule("b", kBob, kAllow, kServices)).count(Code::blocked_can_tell) == 0);
  CHECK(Linted(block + rule("b", identity(R"(<many domain="example.org"/>)"), kAllow, kServices))
            .count(Code::blocked_can_tell) == 0);
  CHECK(Linted(rule("a", kMallory, handling("polite-block")) + rule("b", kAllButMallory, kConfirm))
            .count(Code::blocked_can_tell) == 0);
}

TEST_CASE("blocked-can-tell leaves a block that another rule undoes to block-overridden", "[lint]") {
  Linted linted(rule("a", kMallory, kBlock) + rule("b", identity("<many/>"), kConfirm));
  CHECK(linted.count(Code::blocked_can_tell) == 0);
  CHECK(linted.count(Code::block_overridden) == 1);
  // In one sphere alone, too.
  CHECK(Linted(rule("a", kMallory, kBlock) + rule("b", kAllButMallory, kConfirm) +
               rule("c", kMallory + "<sphere value='work'/>", kConfirm))
            .count(Code::blocked_can_tell) == 0);
}

TEST_CASE("what blocked-can-tell says, the solver's leaks say, too", "[lint]") {
  for (const auto& rules :
       {rule("a", kMallory, kBlock) + rule("b", kAllButMallory, kConfirm),
        rule("a", kMallory + "<sphere value='work'/>", kBlock) + rule("b", kAllButMallory, kAllow, kServices),
        rule("a", kMallory, kBlock) + rule("b", kAllButMallory + "<sphere value='work'/>", kConfirm),
        rule("a", kMallory, kBlock) +
            rule("b", identity(R"(<many domain="example.com"><except id="sip:mallory@example.com"/></many>)"), kConfirm)}) {
    Linted linted(rules);
    CHECK(linted.count(Code::blocked_can_tell) == 1);
    CHECK(leaks_to(linted.policy(), "sip:mallory@example.com"));
  }
}

TEST_CASE("except-as-block-list fires for many with exceptions, instead of any-authenticated-watcher", "[lint]") {
  Linted one_except(rule("a", kAllButMallory, kAllow, kServices));
  CHECK(one_except.message(Code::except_as_block_list) ==
        "rule `a` allows everybody who is authenticated, but for one exception: who is excepted comes back under another "
        "identity");
  CHECK(one_except.count(Code::any_authenticated_watcher) == 0);
  CHECK(Linted(rule("a", identity(R"(<many><except domain="example.net"/><except id="sip:x@example.org"/></many>)"), kAllow,
                    kServices))
            .message(Code::except_as_block_list) ==
        "rule `a` allows everybody who is authenticated, but for 2 exceptions: they come back under another identity");
  CHECK(Linted(rule("a", kAllButMallory, "", blurred("500"))).message(Code::except_as_block_list) ==
        "rule `a` gives location to everybody who is authenticated, but for one exception: who is excepted comes back under "
        "another identity");
}

TEST_CASE("except-as-block-list is silent for a domain, below allow, and for exceptions that name nobody", "[lint]") {
  CHECK(Linted(rule("a", identity(R"(<many domain="example.com"><except id="sip:mallory@example.com"/></many>)"), kAllow,
                    kServices))
            .count(Code::except_as_block_list) == 0);
  CHECK(Linted(rule("a", kAllButMallory, kConfirm)).count(Code::except_as_block_list) == 0);
  CHECK(Linted(rule("a", kAllButMallory + kBob, kAllow, kServices)).count(Code::except_as_block_list) == 0);
  Linted nobody(rule("a", identity("<many><except/></many>"), kAllow, kServices));
  CHECK(nobody.count(Code::except_as_block_list) == 0);
  CHECK(nobody.count(Code::any_authenticated_watcher) == 1);
}

}  // namespace presproof::lint
