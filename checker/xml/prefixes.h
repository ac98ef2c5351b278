#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace presproof::xml {

/// The prefix that the specification of a namespace uses for it, or nothing (`""`) when it is not known.
[[nodiscard]] std::string_view usual_prefix(std::string_view ns);

/// The prefixes of one document that is being written: given once per namespace, in order of first use.
class PrefixTable {
 public:
  struct Entry {
    std::string_view ns;
    std::string prefix;
  };

  /// The prefix of the namespace; not for the empty one.
  [[nodiscard]] const std::string& prefix_of(std::string_view ns);
  /// In order of first use.
  [[nodiscard]] const std::vector<const Entry*>& entries() const { return order_; }

 private:
  [[nodiscard]] bool taken(std::string_view prefix) const { return prefixes_.contains(prefix); }

  std::map<std::string, Entry, std::less<>> entries_;
  std::set<std::string, std::less<>> prefixes_;
  std::vector<const Entry*> order_;
  int next_number_ = 1;
};

}  // namespace presproof::xml
