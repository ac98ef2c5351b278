#include <catch2/catch.hpp>

#include "simulation_fixture.h"

using namespace presproof;
using presproof::test::plain_rule;
using presproof::test::SimulationFixture;

TEST_CASE("the text begins with the answer, then says what is granted, what matched and what is sent") {
  SimulationFixture fixture({plain_rule("friends", 7, {{policy::SubHandling::allow, {}}, {policy::UserInput::bare, {}}})});
  fixture.simulation.request.watcher.identities = {uri::parse("sip:bob@example.com")};
  fixture.simulation.request.state.sphere = "work";
  fixture.simulation.document = "<?xml version=\"1.0\"?>\n<presence/>\n";
  CHECK(report::simulation_text(fixture.simulation, {}) ==
        "sip:bob@example.com gets: allow, 200 OK, active\n"
        "  at 2026-06-01T12:00:00Z, sphere work, location unknown\n"
        "granted:\n"
        "  sub-handling allow (rule friends)\n"
        "  provide-user-input bare (rule friends)\n"
        "matching rules:\n"
        "  alice.xml:7 friends\n"
        "document:\n"
        "  <?xml version=\"1.0\"?>\n"
        "  <presence/>\n");
}

TEST_CASE("a refusal says that nothing is granted, matched and sent") {
  SimulationFixture fixture({});
  fixture.simulation.request.watcher = {};
  CHECK(report::simulation_text(fixture.simulation, {}) ==
        "unauthenticated gets: block, 403 Forbidden, terminated;reason=rejected\n"
        "  at 2026-06-01T12:00:00Z, sphere undefined, location unknown\n"
        "granted: nothing\n"
        "matching rules: none\n"
        "document: none\n");
}

TEST_CASE("a location server grants or refuses") {
  semantics::Options options;
  options.usage = policy::Usage::geolocation;
  SimulationFixture granted({plain_rule("r", 1, {})}, options);
  CHECK(report::simulation_text(granted.simulation, {}).find("gets: a grant of the location server\n") != std::string::npos);
  SimulationFixture refused({}, options);
  CHECK(report::simulation_text(refused.simulation, {}).find("gets: a refusal, for no rule matches\n") != std::string::npos);
}

TEST_CASE("the decision alone has no document, the document alone nothing else") {
  SimulationFixture fixture({plain_rule("r", 1, {{policy::SubHandling::allow, {}}})});
  fixture.simulation.document = "<presence/>\n";
  fixture.simulation.show_document = false;
  CHECK(report::simulation_text(fixture.simulation, {}).find("document") == std::string::npos);
  fixture.simulation.show_document = true;
  fixture.simulation.show_decision = false;
  CHECK(report::simulation_text(fixture.simulation, {}) == "<presence/>\n");
  fixture.simulation.document.reset();
  CHECK(report::simulation_text(fixture.simulation, {}) ==
        "tel:+12125551234 with sip:bob@example.com gets: allow, 200 OK, active\ndocument: none\n");
}

TEST_CASE("nothing from a document reaches the terminal raw") {
  SimulationFixture fixture({plain_rule("r\x1b[2J", 1, {{policy::SubHandling::allow, {}}})});
  fixture.simulation.document = "<note>\x1b[31m\r</note>\n";
  fixture.simulation.request.state.sphere = "\x07";
  fixture.policy.documents[0].file = "a\nb.xml";
  const std::string text = report::simulation_text(fixture.simulation, {});
  CHECK(text.find('\x1b') == std::string::npos);
  CHECK(text.find('\r') == std::string::npos);
  CHECK(text.find('\x07') == std::string::npos);
  CHECK(text.find("a\nb") == std::string::npos);
}

TEST_CASE("colour only when it is asked for") {
  SimulationFixture fixture({plain_rule("r", 1, {{policy::SubHandling::allow, {}}})});
  CHECK(report::simulation_text(fixture.simulation, {.color = false}).find('\x1b') == std::string::npos);
  CHECK(report::simulation_text(fixture.simulation, {.color = true}).find("\x1b[1;32mallow\x1b[0m") != std::string::npos);
}
