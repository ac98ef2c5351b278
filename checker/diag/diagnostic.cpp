#include "diag/diagnostic.h"

#include <algorithm>
#include <tuple>

namespace presproof::diag {
namespace {

// Spans compare equal always, so their fields are compared here.
auto place(const SourceSpan& span) { return std::tuple(span.file, span.line, span.column); }
auto fields(const SourceSpan& span) { return std::tuple(span.file, span.line, span.column, span.length); }

bool related_less(const Related& a, const Related& b) {
  return std::tuple(fields(a.span), std::string_view(a.message)) <
         std::tuple(fields(b.span), std::string_view(b.message));
}

/// A total order: equivalent diagnostics are exact repetitions.
bool less(const Diagnostic& a, const Diagnostic& b) {
  const auto main_key = [](const Diagnostic& d) {
    return std::tuple(place(d.span), d.code, std::string_view(d.message), d.span.length);
  };
  if (main_key(a) != main_key(b)) return main_key(a) < main_key(b);
  if (a.rule != b.rule) return a.rule < b.rule;
  if (a.fix != b.fix) return a.fix < b.fix;
  return std::lexicographical_compare(a.related.begin(), a.related.end(), b.related.begin(), b.related.end(),
                                      related_less);
}

}  // namespace

bool Sink::has_errors() const {
  return std::any_of(diagnostics_.begin(), diagnostics_.end(),
                     [](const Diagnostic& d) { return info(d.code).severity == Severity::error; });
}

void Sink::sort() {
  std::stable_sort(diagnostics_.begin(), diagnostics_.end(), less);
  const auto repeated = [](const Diagnostic& a, const Diagnostic& b) { return !less(a, b) && !less(b, a); };
  diagnostics_.erase(std::unique(diagnostics_.begin(), diagnostics_.end(), repeated), diagnostics_.end());
}

}  // namespace presproof::diag
