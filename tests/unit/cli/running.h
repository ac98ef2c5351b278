#pragma once

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "commands/command.h"

/// Commands in tests, without a process: arguments in, status and both streams out.
namespace presproof::test {

struct Ran {
  int status = -1;
  std::string out;
  std::string err;
};

inline Ran run(const std::vector<std::string>& arguments, const std::string& input = {}) {
  std::vector<const char*> argv = {"presproof"};
  for (const auto& argument : arguments) argv.push_back(argument.c_str());
  std::istringstream in(input);
  std::ostringstream out;
  std::ostringstream err;
  cli::Environment environment{.in = in, .out = out, .err = err, .out_is_terminal = false, .err_is_terminal = false};
  Ran ran;
  ran.status = cli::run_program(static_cast<int>(argv.size()), argv.data(), environment);
  ran.out = out.str();
  ran.err = err.str();
  return ran;
}

/// A folder of its own that goes away with the object.
class Folder {
 public:
  Folder() : path_(std::filesystem::temp_directory_path() / ("presproof-test-" + std::to_string(getpid()) + "-" + std::to_string(next_++))) {
    std::filesystem::create_directories(path_);
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string path(const std::string& name) const { return (path_ / name).string(); }
  std::string write(const std::string& name, const std::string& text) const {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return path(name);
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(path_ / name, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
  }

 private:
  static inline int next_ = 0;
  std::filesystem::path path_;
};

inline const std::string kPolicy = R"(<?xml version="1.0"?>
<ruleset xmlns="urn:ietf:params:xml:ns:common-policy" xmlns:pr="urn:ietf:params:xml:ns:pres-rules"
    xmlns:gp="urn:ietf:params:xml:ns:geolocation-policy" xmlns:lp="urn:ietf:params:xml:ns:basic-location-profiles">
  <rule id="friends">
    <conditions><identity><one id="sip:bob@example.com"/></identity></conditions>
    <actions><pr:sub-handling>allow</pr:sub-handling></actions>
    <transformations>
      <pr:provide-persons><pr:all-persons/></pr:provide-persons>
      <gp:provide-location profile="geodetic-transformation"><lp:provide-geo radius="5000"/></gp:provide-location>
    </transformations>
  </rule>
</ruleset>
)";

inline const std::string kPresence = R"(<?xml version="1.0"?>
<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" entity="pres:alice@example.com">
  <tuple id="t"><status><basic>open</basic></status></tuple>
  <dm:person id="p"/>
</presence>
)";

}  // namespace presproof::test
