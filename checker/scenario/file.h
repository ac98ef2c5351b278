#pragma once

#include <string>

namespace presproof::scenario {

struct File {
  std::string path;  ///< in the scenario's folder: a name, or `second/` and a name
  std::string text;
};

}  // namespace presproof::scenario
