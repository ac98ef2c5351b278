// The baseline: the encoding that one writes down first. One query over all rules, with the watcher, the time and the sphere as integers, being
// inside each circle as a Boolean, and the combined permissions as chains of maxima over all rules.
//
// It is spared what is hard beside that: which circles overlap on earth is left out (so it may find states that no place has), there are no
// readings, no other spellings of URIs, no replay and no rules behind the answer.

#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>
#include <z3++.h>

#include <chrono>
#include <csignal>
#include <map>
#include <optional>
#include <thread>

#include "base/overloaded.h"
#include "bench/measuring.h"
#include "generator/dense_policy.h"

namespace presproof::bench {
namespace {

constexpr int kTimeout_s = 20;
constexpr int kNoRadius = 1'000'000'000;

/// What the two questions speak of.
struct Combined {
  z3::expr handling;
  z3::expr component;
  z3::expr person;
  z3::expr mood;
  z3::expr note;
  z3::expr radius_m;
};

class Encoding {
 public:
  explicit Encoding(const policy::RuleSet& rules) : rules_(rules), solver_(context_) {}

  /// `claim` over the combined permissions, with a guard on time and sphere.
  template <class Claim>
  z3::check_result ask(const char* from, const char* until, const std::optional<std::string>& not_sphere, const Claim& claim) {
    solver_.add(watcher_ >= -1 && sphere_ >= -1);
    const Combined combined = combine();
    solver_.add(time_ >= context_.int_val(parse_rfc3339(from)->seconds) && time_ < context_.int_val(parse_rfc3339(until)->seconds));
    if (not_sphere) solver_.add(sphere_ != number(spheres_, *not_sphere));
    solver_.add(claim(combined));
    z3::params params(context_);
    params.set("timeout", static_cast<unsigned>(kTimeout_s) * 1000);
    solver_.set(params);
    return solver_.check();
  }

 private:
  int number(std::map<std::string, int>& numbers, const std::string& text) {
    return numbers.emplace(text, static_cast<int>(numbers.size())).first->second;
  }
  /// A named watcher, and the domain that it has.
  z3::expr is(const uri::Uri& uri) {
    const int known = static_cast<int>(identities_.size());
    const int id = number(identities_, uri.text);
    if (id == known && uri.domain) solver_.add(z3::implies(watcher_ == id, domain_ == number(domains_, *uri.domain)));
    return watcher_ == id;
  }
  z3::expr holds(const policy::IdentityCondition& condition) {
    z3::expr_vector any(context_);
    for (const auto& matcher : condition.matchers) {
      if (const auto* one = std::get_if<policy::One>(&matcher)) any.push_back(is(one->id));
      if (const auto* many = std::get_if<policy::Many>(&matcher)) {
        z3::expr in = context_.bool_val(true);
        if (many->domain) in = in && domain_ == number(domains_, *many->domain->ascii);
        for (const auto& except : many->excepts) in = in && !is(*except.id);
        any.push_back(in);
      }
    }
    return z3::mk_or(any);
  }
  z3::expr matches(const policy::Rule& rule) {
    z3::expr_vector all(context_);
    for (const auto& condition : rule.conditions) {
      std::visit(Overloaded{
                     [&](const policy::IdentityCondition& identity) { all.push_back(holds(identity)); },
                     [&](const policy::SphereCondition& sphere) {
                       z3::expr_vector any(context_);
                       for (const auto& token : sphere.tokens) any.push_back(sphere_ == number(spheres_, token));
                       all.push_back(z3::mk_or(any));
                     },
                     [&](const policy::ValidityCondition& validity) {
                       const auto& pair = validity.pairs.front();
                       all.push_back(time_ >= context_.int_val(pair.from->seconds) && time_ < context_.int_val(pair.until->seconds));
                     },
                     [&](const policy::LocationCondition&) { all.push_back(context_.bool_const(fmt::format("inside.{}", rule.id).c_str())); },
                     [](const policy::UnknownCondition&) {},
                 },
                 condition);
    }
    return z3::mk_and(all);
  }
  Combined combine() {
    Combined sum{context_.int_val(0), context_.bool_val(false), context_.bool_val(false), context_.bool_val(false), context_.bool_val(false),
                 context_.int_val(kNoRadius)};
    for (const auto& rule : rules_.rules) {
      const z3::expr match = context_.bool_const(fmt::format("match.{}", rule.id).c_str());
      solver_.add(match == matches(rule));
      for (const auto& permission : rule.permissions) add(permission, match, sum);
    }
    return sum;
  }
  void add(const policy::Permission& permission, const z3::expr& match, Combined& sum) {
    std::visit(Overloaded{
                   [&](policy::SubHandling value) {
                     const int level = static_cast<int>(value);
                     sum.handling = z3::ite(match && sum.handling < level, context_.int_val(level), sum.handling);
                   },
                   [&](const policy::ProvideComponents& given) {
                     sum.component = sum.component || match;
                     if (given.kind == policy::ComponentKind::person) sum.person = sum.person || match;
                   },
                   [&](const policy::ProvideAttribute& given) {
                     if (given.attribute == policy::AttributePermission::mood) sum.mood = sum.mood || match;
                     if (given.attribute == policy::AttributePermission::note) sum.note = sum.note || match;
                   },
                   [&](const policy::ProvideLocation& given) {
                     const int radius_m = static_cast<int>(given.geodetic->radius_m.value_or(0));
                     sum.radius_m = z3::ite(match && sum.radius_m > radius_m, context_.int_val(radius_m), sum.radius_m);
                   },
                   [](const auto&) {},
               },
               permission.what);
  }

  const policy::RuleSet& rules_;
  z3::context context_;
  z3::solver solver_;
  std::map<std::string, int> identities_;
  std::map<std::string, int> domains_;
  std::map<std::string, int> spheres_;
  z3::expr watcher_ = context_.int_const("watcher");
  z3::expr domain_ = context_.int_const("domain");
  z3::expr time_ = context_.int_const("time");
  z3::expr sphere_ = context_.int_const("sphere");
};

struct Question {
  const char* name;
  const char* property;
  z3::check_result (*ask)(Encoding&);
};

const Question kQuestions[] = {
    {"a fine radius outside work",
     "for everyone when not sphere is \"work\" during 2026-01-01T00:00:00Z .. 2027-01-01T00:00:00Z never geodetic finer than 2 km",
     [](Encoding& encoding) {
       return encoding.ask("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z", "work", [](const Combined& sum) {
         return sum.handling >= static_cast<int>(policy::SubHandling::allow) && sum.component && sum.radius_m < 2000;
       });
     }},
    {"mood, note and a fine radius together",
     "for everyone during 2026-03-01T00:00:00Z .. 2026-09-01T00:00:00Z never (mood and note and geodetic finer than 2 km)",
     [](Encoding& encoding) {
       return encoding.ask("2026-03-01T00:00:00Z", "2026-09-01T00:00:00Z", std::nullopt, [](const Combined& sum) {
         return sum.handling >= static_cast<int>(policy::SubHandling::allow) && sum.person && sum.mood && sum.note && sum.radius_m < 2000;
       });
     }},
};

/// In a process of its own, which is ended a little after its time: Z3 does not look at the clock everywhere.
std::optional<double> monolithic_seconds(std::size_t rules, const Question& question) {
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed_s = [&] { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count(); };
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork failed");
  if (child == 0) {
    const auto policy = generator::make_dense_policy(rules, rules, kSeed);
    Encoding encoding(policy.documents.front());
    _exit(question.ask(encoding) == z3::unknown ? 1 : 0);
  }
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (elapsed_s() > kTimeout_s + 2) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      return std::nullopt;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) return std::nullopt;
  return elapsed_s();
}

}  // namespace

void measure_monolithic(const Bench& bench) {
  for (const std::size_t rules : {100U, 1000U, 10'000U}) {
    for (const Question& question : kQuestions) {
      const double ours = median_process(3, bench.prove(bench.dense_policy(rules), {"-p", question.property, "--jobs", "1"})).seconds;
      const auto theirs = monolithic_seconds(rules, question);
      const std::string what = fmt::format("{}, {} dense rules, `--jobs 1`, beside one monolithic Z3 query", question.name, rules);
      row(what,
          theirs ? fmt::format("{:.0f} ms, the query {:.0f} ms: {:.1f} times", ours * 1000, *theirs * 1000, *theirs / ours)
                 : fmt::format("{:.0f} ms, the query has no answer after {} s: over {:.0f} times", ours * 1000, kTimeout_s, kTimeout_s / ours),
          "-");
    }
  }
}

}  // namespace presproof::bench
