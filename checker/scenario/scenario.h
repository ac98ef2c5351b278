#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"
#include "scenario/file.h"
#include "xml/document.h"

/// A counterexample as files: everything that `presproof simulate`, or a presence server, needs to show it again, and
/// what must come out.
namespace presproof::scenario {

/// One folder:
///
/// - `scenario.json`: the property, the verdict and the list of files (`presproof-scenario/1`); the first file;
/// - `subscribe.sip`, `trust.toml`: the watcher (scenario/subscribe.h);
/// - `presence.xml`: the witness document (verify/witness_document.h) in the counterexample's state, and
/// `presence-2.xml` and
///   so on when rules name one id for several kinds of component, which must not be in one document;
/// - the rule sets under their base names, made different from one another and from these;
/// - `command`: the command line, to be run in the folder; it says by flags only what the files cannot;
/// - `expected.json`: what the command prints, taken from the counterexample itself;
/// - `README.txt`: what it is about, for people;
/// - `second/`: for a property over two runs the other run, without its own `scenario.json` and `README.txt`.
struct Scenario {
  std::string folder;  ///< `<number>-<slug>`: the property's number, from 1, and the letters of its name
  std::vector<File> files;
};

/// Of every result with a counterexample or a witness, in the order of the properties. `limits` are those that the rule
/// sets were read with. The same proof gives the same bytes.
[[nodiscard]] std::vector<Scenario> scenarios(const report::Proof& proof, const xml::Limits& limits);

/// The paths of all files of a scenario, from the text of its `scenario.json`; nothing when it is no such text or a
/// path is none of a scenario's.
[[nodiscard]] std::optional<std::vector<std::string>> listed_files(std::string_view scenario_json);

}  // namespace presproof::scenario
