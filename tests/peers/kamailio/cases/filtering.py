"""What the rule that counts takes out of the document."""

from builders import BOB, DOCUMENT, LOCATION, MOOD, TO_BOB, case, device, person, presence, rule, ruleset, service

BIZ = '<rpid:class>biz</rpid:class>'
HOME = '<rpid:class>home</rpid:class>'
RICH = presence(service('phone', 'sip:alice@host.example.com', BIZ), person('alice', MOOD + '<rpid:activities><rpid:busy/></rpid:activities>' + LOCATION),
                device('handset', '<rpid:user-input>idle</rpid:user-input><dm:deviceID>urn:x:handset</dm:deviceID>'), '<note>at the fair</note>')


def filtered(departure, name, transformations, document=RICH):
    return case(departure, name, ruleset(rule(TO_BOB, 'allow', transformations)), documents=[document])


def omitted():
    yield filtered('no-transformations', 'no element', None)
    yield filtered('no-transformations', 'an empty element', '')
    yield filtered('omitted', 'services alone', '<pr:provide-services><pr:all-services/></pr:provide-services>')
    yield filtered('omitted', 'no person is named', '<pr:provide-persons/>')
    yield filtered('omitted', 'location at 5 km', '<gp:provide-location profile="geodetic-transformation"><lp:provide-geo radius="5000"/></gp:provide-location>')
    yield filtered('omitted', 'location without a profile', '<gp:provide-location/>')
    yield filtered('omitted', 'retention, retransmission, note well',
                   '<gp:set-retransmission-allowed>false</gp:set-retransmission-allowed><gp:set-retention-expiry>0</gp:set-retention-expiry>'
                   '<gp:set-note-well>x</gp:set-note-well><gp:keep-rule-reference>false</gp:keep-rule-reference>')
    yield filtered('devices', 'none is named', '<pr:provide-devices/>')
    yield filtered('devices', 'another class', '<pr:provide-devices><pr:class>home</pr:class></pr:provide-devices>')
    yield filtered('devices', 'all', '<pr:provide-devices><pr:all-devices/></pr:provide-devices>')
    yield filtered('devices', 'an element of the name that it looks for', '<pr:provide-devices/>',
                   presence(service('phone'), '<x:devices xmlns:x="urn:example:x">two</x:devices>'))
    yield filtered('unknown-attribute', 'false', '<pr:provide-unknown-attribute ns="urn:example:x" name="foo">false</pr:provide-unknown-attribute>',
                   presence(service('phone', extra='<x:foo xmlns:x="urn:example:x">1</x:foo>')))
    yield filtered('unknown-attribute', 'true for another', '<pr:provide-unknown-attribute ns="urn:example:x" name="bar">true</pr:provide-unknown-attribute>',
                   presence(service('phone', extra='<x:foo xmlns:x="urn:example:x">1</x:foo>')))
    yield filtered('unknown-attribute', 'all attributes', '<pr:provide-all-attributes/>')
    yield filtered('unknown-attribute', 'an element named unknown-attribute', '<pr:provide-unknown-attribute>false</pr:provide-unknown-attribute>',
                   presence(service('phone', extra='<x:unknown-attribute xmlns:x="urn:example:x">1</x:unknown-attribute>')))


def booleans():
    two = presence(service('phone'), person('one', MOOD), person('two', MOOD))
    for value in ('true', 'TRUE', 'false', 'FALSE', '0', '1', '', ' true ', ' false ', 'yes'):
        yield filtered('boolean', f'mood {value!r}, twice in the document', f'<pr:provide-mood>{value}</pr:provide-mood>', two)
    twins = presence(service('phone'), person('one', MOOD + '<rpid:mood><rpid:sad/></rpid:mood><rpid:activities/>' + MOOD))
    for value in ('false', '0', '1'):
        yield filtered('boolean', f'mood {value!r}, thrice in a person', f'<pr:provide-mood>{value}</pr:provide-mood>', twins)
    notes = presence(service('phone', extra='<note>in a tuple</note>'), service('mail', extra='<note>in another</note>'), '<note>first</note>',
                     person('alice', '<dm:note>of a person</dm:note>'), '<note>second</note>')
    for value in ('true', 'false', '0'):
        yield filtered('boolean', f'note {value!r}, everywhere', f'<pr:provide-note>{value}</pr:provide-note>', notes)
    yield filtered('boolean', 'note false, twice in the rule', '<pr:provide-note>false</pr:provide-note><pr:provide-note>false</pr:provide-note>', notes)
    yield filtered('boolean', 'class false', '<pr:provide-class>false</pr:provide-class>', presence(service('phone', extra=BIZ), service('mail', extra=HOME)))
    yield filtered('boolean', 'deviceID false', '<pr:provide-deviceID>false</pr:provide-deviceID>')
    yield filtered('boolean', 'activities false', '<pr:provide-activities>false</pr:provide-activities>')
    yield filtered('boolean', 'sphere false', '<pr:provide-sphere>false</pr:provide-sphere>', presence(person('alice', '<rpid:sphere>work</rpid:sphere>')))
    yield filtered('boolean', 'mood false, mood in another namespace first', '<pr:provide-mood>false</pr:provide-mood>',
                   presence(service('phone', extra='<x:Mood xmlns:x="urn:example:x"/>'), person('alice', MOOD)))
    yield filtered('boolean', 'mood in a foreign namespace', '<x:provide-mood xmlns:x="urn:example:x">false</x:provide-mood>')
    yield filtered('boolean', 'another prefix than provide', '<x:withhold-mood xmlns:x="urn:example:x">false</x:withhold-mood>')
    yield filtered('boolean', 'eight letters and mood', '<x:abcdefghmood xmlns:x="urn:example:x">false</x:abcdefghmood>')
    typing = presence(device('a', '<rpid:user-input idle-threshold="600" last-input="2026-01-01T00:00:00Z">idle</rpid:user-input>'),
                      device('b', '<rpid:user-input idle-threshold="600" last-input="2026-01-01T00:00:00Z">active</rpid:user-input>'))
    for value in ('false', 'bare', 'thresholds', 'full', 'true'):
        yield filtered('user-input', value, f'<pr:provide-user-input>{value}</pr:provide-user-input>', typing)


def selections():
    def services(name, selectors, document, departure='services'):
        return filtered(departure, name, f'<pr:provide-services>{selectors}</pr:provide-services>', document)
    pair = presence(service('phone', 'sip:alice@host.example.com', BIZ), service('mail', 'mailto:alice@example.com', HOME))
    yield services('all', '<pr:all-services/>', pair)
    yield services('none', '', pair)
    yield services('a class', '<pr:class>biz</pr:class>', pair)
    yield services('a class in capitals', '<pr:class>BIZ</pr:class>', pair)
    yield services('no such class', '<pr:class>x</pr:class>', pair)
    yield services('a class with blanks', '<pr:class> biz </pr:class>', pair)
    yield services('a scheme', '<pr:service-uri-scheme>mailto</pr:service-uri-scheme>', pair)
    yield services('a URI', '<pr:service-uri>sip:alice@host.example.com</pr:service-uri>', pair)
    yield services('a URI in capitals', '<pr:service-uri>SIP:ALICE@host.example.com</pr:service-uri>', pair)
    yield services('a class or a scheme', '<pr:class>biz</pr:class><pr:service-uri-scheme>mailto</pr:service-uri-scheme>', pair)
    yield services('all beside a class', '<pr:all-services/><pr:class>biz</pr:class>', pair)
    yield services('the word false', 'false', pair)
    yield services('the word true', 'true', pair)
    yield services('occurrence-id', '<pr:occurrence-id>phone</pr:occurrence-id>', pair, 'occurrence-id')
    yield services('occurence-id', '<pr:occurence-id>phone</pr:occurence-id>', pair, 'occurrence-id')
    yield services('occurence-id in capitals', '<pr:occurence-id>PHONE</pr:occurence-id>', pair, 'occurrence-id')
    yield filtered('occurrence-id', 'of a person', '<pr:provide-persons><pr:occurrence-id>alice</pr:occurrence-id></pr:provide-persons>')
    borrowing = presence(service('phone', 'sip:alice@host.example.com'), service('mail', 'mailto:alice@example.com', BIZ))
    yield services('a class of the next tuple', '<pr:class>biz</pr:class>', borrowing, 'borrowed')
    yield services('a class of the tuple before', '<pr:class>biz</pr:class>', presence(service('phone', extra=BIZ), service('mail')), 'borrowed')
    yield services('a contact of the next tuple', '<pr:service-uri-scheme>mailto</pr:service-uri-scheme>',
                   presence(service('phone'), service('mail', 'mailto:alice@example.com')), 'borrowed')
    yield services('a class of the person', '<pr:class>biz</pr:class>', presence(service('phone'), person('alice', BIZ)), 'borrowed')
    yield services('a class of its own comes first', '<pr:class>biz</pr:class>', presence(service('phone', extra=HOME), service('mail', extra=BIZ)), 'borrowed')
    apart = presence(service('phone'), '<note>between</note>', service('mail'))
    yield services('none, a note between two tuples', '', apart, 'apart')
    yield services('none, a comment between two tuples', '', presence(service('phone'), '<!-- x -->', service('mail')), 'apart')
    yield services('none, the person first', '', presence(person('alice'), service('phone'), service('mail')), 'apart')
    yield services('false, a note between two tuples', 'false', apart, 'apart')
    yield filtered('apart', 'persons of a class, a tuple between', '<pr:provide-persons><pr:class>biz</pr:class></pr:provide-persons>',
                   presence(person('one', HOME), service('phone'), person('two', HOME)))
    persons = presence(person('one', BIZ), person('two', HOME), service('phone'))
    yield filtered('persons', 'all', '<pr:provide-persons><pr:all-persons/></pr:provide-persons>', persons)
    yield filtered('persons', 'a class', '<pr:provide-persons><pr:class>home</pr:class></pr:provide-persons>', persons)
    yield filtered('persons', 'none', '<pr:provide-persons/>', persons)
    yield filtered('persons', 'twice, none and a class', '<pr:provide-persons><pr:class>biz</pr:class></pr:provide-persons><pr:provide-persons/>', persons)


def composition():
    allow = ruleset(rule(TO_BOB, 'allow', '<pr:provide-mood>false</pr:provide-mood>'))
    second = presence(service('mail', 'mailto:alice@example.com'), person('other', MOOD))
    same = presence(service('phone', 'sip:alice@elsewhere.example.com'), person('other', MOOD))
    for name, document in (('two sources', second), ('two sources with the same tuple', same), ('the second has no tuple', presence(person('other', MOOD)))):
        yield case('composition', name, allow, {'publish': 1, 'source': 'two'}, {'subscribe': BOB}, documents=[DOCUMENT, document])
    yield {'departure': 'composition', 'name': 'composition: nothing is published', 'policy': allow, 'documents': [], 'parameters': {},
           'events': [{'subscribe': BOB}]}


def table():
    for group in (omitted, booleans, selections, composition):
        yield from group()
