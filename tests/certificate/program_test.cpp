// presproof-check as a program: files in, a line for each property and an exit status out.

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "base/digest.h"
#include "certificate/rich_case.h"

namespace presproof::test {
namespace {

struct Files {
  Files() : folder(std::filesystem::temp_directory_path() / ("presproof-check-" + std::to_string(getpid()))) {
    std::filesystem::create_directories(folder);
    const Inputs inputs = rich_case();
    write("policy.xml", inputs.policies[0]);
    write("test.props", inputs.properties);
    write("certificate.json", prove(inputs).certificate);
  }
  ~Files() { std::filesystem::remove_all(folder); }
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  void write(const std::string& name, const std::string& text) const { std::ofstream(folder / name, std::ios::binary) << text; }
  [[nodiscard]] std::string path(const std::string& name) const { return (folder / name).string(); }
  std::filesystem::path folder;
};

struct Ran {
  int status;
  std::string out;
  std::string err;
};
Ran run(const std::vector<std::string>& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  const int status = certificate_check::run(arguments, out, err);
  return {status, out.str(), err.str()};
}

}  // namespace

TEST_CASE("the exit status says whether all is accepted, one is refused, or one is not certified") {
  const Files files;
  const std::vector<std::string> arguments = {files.path("policy.xml"), "--properties", files.path("test.props"), "--certificate",
                                              files.path("certificate.json")};
  const Ran accepted = run(arguments);
  CHECK(accepted.status == 0);
  CHECK(accepted.err.empty());
  CHECK(accepted.out.starts_with("accepted: away: proved\n"));

  Inputs other = rich_case();
  other.policies[0].replace(other.policies[0].find("radius=\"100\""), 12, "radius=\"101\"");
  files.write("policy.xml", other.policies[0]);
  const Ran refused = run(arguments);
  CHECK(refused.status == 1);
  CHECK(refused.out.starts_with("refused: away: (/inputs) it was made for other inputs\n"));

  const Inputs inputs = rich_case();
  files.write("policy.xml", inputs.policies[0]);
  Inputs vacuous = inputs;
  vacuous.properties = "property \"p\": for { } never anything\nproperty \"q\": for everyone sometimes anything";
  files.write("test.props", vacuous.properties);
  files.write("certificate.json", prove(vacuous).certificate);
  const Ran not_certified = run(arguments);
  CHECK(not_certified.status == 3);
  CHECK(not_certified.out == "not certified: p: the verdict is `vacuous`\naccepted: q: proved\n");
}

TEST_CASE("bad usage and unreadable inputs end with status 2 and a reason") {
  const Files files;
  const auto fails = [](const std::vector<std::string>& arguments, const std::string& reason) {
    const Ran ran = run(arguments);
    INFO(ran.err);
    CHECK(ran.status == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err.find(reason) != std::string::npos);
  };
  const std::string policy = files.path("policy.xml");
  const std::string certificate = files.path("certificate.json");
  fails({}, "a policy and one `--certificate FILE` are needed");
  fails({policy, "--certificate"}, "`--certificate` is no option with a value");
  fails({policy, "--certificate", certificate, "--trust", "me"}, "`--trust` is no option with a value");
  fails({policy, "--certificate", certificate}, "there is no property");
  fails({policy, "--certificate", certificate, "-p", "for everyone never"}, "line 1, column 19: presproof-check: expected a claim");
  fails({policy, "--certificate", certificate, "-p", "for nobody never anything"}, "an unknown name");
  fails({policy, "--certificate", certificate, "-p", "for everyone never anything", "--reading", "x=y"}, "unknown reading `x=y`");
  fails({policy, "--certificate", certificate, "-p", "for everyone never anything", "--usage", "x"}, "unknown usage `x`");
  fails({policy, "--certificate", files.path("none"), "-p", "for everyone never anything"}, "cannot read");
  fails({certificate, "--certificate", certificate, "-p", "for everyone never anything"}, "is not a rule set");
  CHECK(run({"--help"}).status == 0);
}

TEST_CASE("a resource list of entries is read beside the property file, any other is not for this program") {
  const Files files;
  const std::string properties = "group family = list \"family.xml\"\nproperty \"p\": for family minus { sip:bob@example.com } never anything\n";
  const auto list = [](const std::string& inner) {
    return R"(<resource-lists xmlns="urn:ietf:params:xml:ns:resource-lists"><list><display-name>us</display-name>)" + inner + "</list></resource-lists>";
  };
  files.write("test.props", properties);
  files.write("family.xml", list(R"(<entry uri="sip:bob@example.com"/><list><entry uri="sip:eve@example.com"/></list>)"));
  // As the prover sees it, the list written out.
  Inputs inputs = rich_case();
  inputs.properties = "group family = { sip:bob@example.com, sip:eve@example.com }\n" + properties.substr(properties.find("property"));
  auto certificate = prove(inputs).certificate;
  const std::string digest_of_inputs = ",\"" + std::to_string(inputs.properties.size()) + ":";
  const std::size_t at = certificate.find(digest_of_inputs) + 1;
  certificate.replace(at, certificate.find('"', at + 1) + 1 - at, "\"" + digest(properties) + "\"");
  files.write("certificate.json", certificate);
  const std::vector<std::string> arguments = {files.path("policy.xml"), "--properties", files.path("test.props"), "--certificate",
                                              files.path("certificate.json")};
  CHECK(run(arguments).out == "accepted: p: proved\n");
  files.write("family.xml", list(R"(<entry uri="sip:bob@example.com"/><entry uri="sip:carl@example.com"/>)"));
  CHECK(run(arguments).status == 1);
  files.write("family.xml", list(R"(<external anchor="http://elsewhere.example"/>)"));
  const Ran external = run(arguments);
  CHECK(external.status == 3);
  CHECK(external.out == "not certified: p: its group is a resource list that cannot be read here\n");
}

}  // namespace presproof::test
