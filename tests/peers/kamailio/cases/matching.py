"""Which rule counts: order, identities, the other conditions, namespaces. Of most departures one case shows it, and the nearest input
that does not show it stands beside."""

from builders import (ANONYMOUS, BOB, COMMON, EVE, HIDES, RULES, SHOWS, TO_ALL, TO_BOB, case, identity, many, one, person, presence, rule,
                      ruleset, service, valid)

LOCATION_CONDITION = ('<gp:location-condition><gp:location profile="civic-condition"><ca:country '
                      'xmlns:ca="urn:ietf:params:xml:ns:pidf:geopriv10:civicAddr">DE</ca:country></gp:location></gp:location-condition>')
# Kamailio's tm_isdst is what the stack held, so that a time may be read an hour early: every case keeps that distance.
PAST = valid('{{now-14400}}', '{{now-7200}}')
NOW = valid('{{now-7200}}', '{{now+7200}}')
FUTURE = valid('{{now+7200}}', '{{now+14400}}')


def subscribes(uri, **more):
    return {'subscribe': uri} | more


def first_match():
    yield case('first-match', 'the strict rule is first', ruleset(rule(TO_BOB, 'allow', HIDES), rule(TO_ALL, 'allow', SHOWS)))
    yield case('first-match', 'the generous rule is first', ruleset(rule(TO_ALL, 'allow', SHOWS), rule(TO_BOB, 'allow', HIDES)))
    yield case('first-match', 'the first rule is for somebody else', ruleset(rule(identity(one(EVE)), 'allow', SHOWS), rule(TO_BOB, 'allow', HIDES)))
    yield case('first-match', 'block, then allow', ruleset(rule(TO_BOB, 'block'), rule(TO_ALL, 'allow')))
    yield case('first-match', 'allow, then block', ruleset(rule(TO_ALL, 'allow'), rule(TO_BOB, 'block')))
    yield case('first-match', 'the first rule has no actions', ruleset(rule(TO_BOB, None), rule(TO_ALL, 'allow')))
    yield case('first-match', 'confirm, then allow', ruleset(rule(TO_BOB, 'confirm'), rule(TO_BOB, 'allow')))


def domains():
    policy = ruleset(rule(identity(many('example.com')), 'allow', HIDES))
    for name, uri in (('the domain itself', BOB), ('another domain of the same length', EVE),
                      ('a longer domain that begins with it', 'sip:eve@example.community'),
                      ('a shorter domain that it begins with', 'sip:eve@example.co'), ('the first letter of it', 'sip:eve@e'),
                      ('a shorter domain that is not its beginning', 'sip:eve@other.co'), ('a longer domain', 'sip:eve@elsewhere.example.net'),
                      ('a subdomain', 'sip:eve@mail.example.com'), ('the domain in capitals', 'sip:bob@EXAMPLE.COM'),
                      ('a prefix in capitals', 'sip:bob@EXAMPLE'), ('an address of the same length', 'sip:eve@192.0.2.100')):
        yield case('many-domain', name, policy, subscribes(uri))
    long = ruleset(rule(identity(many('example.community')), 'allow', HIDES))
    yield case('many-domain', 'the domain of the rule begins with that of the watcher', long)
    yield case('many-domain', 'an empty domain', ruleset(rule(identity(many('')), 'allow', HIDES)))
    yield case('many-domain', 'two domains, the second is meant',
               ruleset(rule(identity(many('a.example'), many('example.com')), 'allow', HIDES)))


def exceptions():
    def excluding(*exception, domain=None):
        return ruleset(rule(identity(many(domain, *exception)), 'allow', HIDES))
    yield case('except-id', 'the watcher', excluding(f'<except id="{BOB}"/>'))
    yield case('except-id', 'the watcher and one letter more', excluding(f'<except id="{BOB}m"/>'))
    yield case('except-id', 'the watcher and two letters more', excluding(f'<except id="{BOB}mu"/>'))
    yield case('except-id', 'the watcher and one letter more, under a domain', excluding(f'<except id="{BOB}x"/>', domain='example.com'))
    yield case('except-id', 'the watcher, under a domain', excluding(f'<except id="{BOB}"/>', domain='example.com'))
    yield case('except-domain', 'that of the watcher', excluding('<except domain="example.com"/>'))
    yield case('except-domain', 'in capitals', excluding('<except domain="EXAMPLE.COM"/>'))
    yield case('except-domain', 'of the same length', excluding('<except domain="example.org"/>'))
    yield case('except-domain', 'a beginning of it', excluding('<except domain="example"/>'))
    yield case('except-domain', 'the second exception', excluding('<except domain="example.org"/>', '<except domain="example.com"/>'))
    yield case('except-domain', 'an id and a domain, the id counts', excluding(f'<except id="{EVE}" domain="example.com"/>'))
    yield case('except-domain', 'takes away what one gives',
               ruleset(rule(identity(one(BOB), many(None, '<except domain="example.com"/>')), 'allow', HIDES)))
    yield case('except-domain', 'a second many gives it back',
               ruleset(rule(identity(many(None, '<except domain="example.com"/>'), many('example.com')), 'allow', HIDES)))
    yield case('except-domain', 'a later rule gives it back',
               ruleset(rule(identity(many(None, '<except domain="example.com"/>')), 'allow', SHOWS), rule(TO_BOB, 'allow', HIDES)))


def identities():
    everybody = ruleset(rule(TO_ALL, 'allow', HIDES))
    yield case('anonymous', 'many', everybody, subscribes(ANONYMOUS))
    yield case('anonymous', 'many of a domain', ruleset(rule(identity(many('example.com')), 'allow')), subscribes(ANONYMOUS))
    yield case('anonymous', 'many of its domain', ruleset(rule(identity(many('anonymous.invalid')), 'allow')), subscribes(ANONYMOUS))
    yield case('anonymous', 'one', ruleset(rule(TO_BOB, 'allow')), subscribes(ANONYMOUS))
    yield case('identity-source', 'From is believed', ruleset(rule(TO_BOB, 'allow', HIDES)), subscribes(BOB, asserted=EVE))
    yield case('identity-source', 'asserted: the asserted identity counts', ruleset(rule(identity(one(EVE)), 'allow', HIDES)),
               subscribes(BOB, asserted=EVE), identity='asserted')
    yield case('identity-source', 'asserted: From does not', ruleset(rule(TO_BOB, 'allow', HIDES)), subscribes(BOB, asserted=EVE), identity='asserted')
    yield case('identity-source', 'asserted: but its domain does', ruleset(rule(identity(many('example.com')), 'allow', HIDES)),
               subscribes(BOB, asserted='sip:mallory@elsewhere.example.net'), identity='asserted')
    yield case('identity-source', 'asserted: the domain of the asserted identity does not',
               ruleset(rule(identity(many('example.com')), 'allow', HIDES)),
               subscribes('sip:x@elsewhere.example.net', asserted=BOB), identity='asserted')
    yield case('identity-source', 'asserted: From where nothing is asserted', ruleset(rule(TO_BOB, 'allow', HIDES)), identity='asserted')
    yield case('two-identities', 'both match', ruleset(rule(TO_BOB + TO_ALL, 'allow', HIDES)))
    yield case('two-identities', 'the first matches', ruleset(rule(TO_BOB + identity(one(EVE)), 'allow', HIDES)))
    yield case('two-identities', 'the second matches', ruleset(rule(identity(one(EVE)) + TO_BOB, 'allow', HIDES)))
    yield case('two-identities', 'one without id stops everything',
               ruleset(rule(identity('<one/>'), 'allow', SHOWS), rule(TO_BOB, 'allow', HIDES)))
    yield case('two-identities', 'one with an empty id is for nobody',
               ruleset(rule(identity('<one id=""/>'), 'allow', SHOWS), rule(TO_BOB, 'allow', HIDES)))
    yield case('two-identities', 'one and many, one matches', ruleset(rule(identity(many('a.example'), one(BOB)), 'allow', HIDES)))
    yield case('two-identities', 'one and many, many matches', ruleset(rule(identity(many('example.com'), one(EVE)), 'allow', HIDES)))
    yield case('two-identities', 'one without id after the match', ruleset(rule(identity(one(BOB), '<one/>'), 'allow', HIDES)))


def equivalence():
    policy = ruleset(rule(TO_BOB, 'allow', HIDES))
    for name, address in (('the same', '<sip:bob@example.com>'), ('sips', '<sips:bob@example.com>'), ('a port', '<sip:bob@example.com:5070>'),
                          ('a parameter', '<sip:bob@example.com;user=phone>'), ('a display name', '"sip:eve@example.org" <sip:bob@example.com>'),
                          ('a password', '<sip:bob:secret@example.com>'), ('user in capitals', '<sip:BOB@example.com>'),
                          ('host in capitals', '<sip:bob@Example.com>'), ('an escaped letter', '<sip:%62ob@example.com>'),
                          ('scheme in capitals', '<SIP:bob@example.com>'), ('pres', '<pres:bob@example.com>'), ('tel', '<tel:+12125551234>')):
        yield case('uri-equivalence', f'From, {name}', policy, subscribes(BOB, address=address))
    for name, uri in (('sips', 'sips:bob@example.com'), ('a port', 'sip:bob@example.com:5060'), ('pres', 'pres:bob@example.com'),
                      ('a blank before it', ' sip:bob@example.com'), ('a parameter', 'sip:bob@example.com;user=phone')):
        yield case('uri-equivalence', f'rule, {name}', ruleset(rule(identity(one(uri)), 'allow', HIDES)))
    telephone = ruleset(rule(identity(one('tel:+12125551234')), 'allow'), rule(identity(one('sip:+12125551234@')), 'allow', HIDES))
    yield case('uri-equivalence', 'rule and From, tel', telephone, subscribes('tel:+12125551234'))
    yield case('many-domain', 'From has no domain', ruleset(rule(identity(many('example.com')), 'allow', HIDES)), subscribes('tel:+12125551234'))
    yield case('uri-equivalence', 'no user', ruleset(rule(identity(one('sip:example.com')), 'allow', HIDES)), subscribes('sip:example.com'))


def conditions():
    later = rule(TO_BOB, 'allow', HIDES, 'later')
    yield case('no-conditions', 'missing', ruleset(rule(None, 'allow')))
    yield case('no-conditions', 'missing, a later rule matches', ruleset(rule(None, 'allow'), later))
    yield case('no-conditions', 'missing, an earlier rule matched', ruleset(later, rule(None, 'allow')))
    yield case('no-conditions', 'empty', ruleset(rule('', 'allow')))
    yield case('no-conditions', 'empty, a later rule matches', ruleset(rule('', 'allow'), later))
    yield case('no-conditions', 'no identity', ruleset(rule(NOW, 'allow')))
    yield case('no-conditions', 'an empty identity', ruleset(rule('<identity/>', 'allow')))
    yield case('no-conditions', 'an empty identity, a later rule matches', ruleset(rule('<identity/>', 'allow'), later))
    yield case('unknown-condition', 'beside an identity', ruleset(rule(TO_BOB + '<x xmlns="urn:example:x"/>', 'allow', HIDES)))
    yield case('unknown-condition', 'a location beside an identity', ruleset(rule(TO_BOB + LOCATION_CONDITION, 'allow', HIDES)))
    yield case('unknown-condition', 'a location beside another identity', ruleset(rule(identity(one(EVE)) + LOCATION_CONDITION, 'allow')))
    yield case('unknown-condition', 'alone', ruleset(rule('<x xmlns="urn:example:x"/>', 'allow'), later))
    yield case('oma', 'external list alone', ruleset(rule('<oma:external-list><oma:entry anc="http://x.example/l"/></oma:external-list>', 'allow'), later))
    yield case('oma', 'other identity alone', ruleset(rule('<oma:other-identity/>', 'allow'), later), subscribes(EVE))
    yield case('oma', 'anonymous is blocked, everybody allowed',
               ruleset(rule('<oma:anonymous-request/>', 'block'), rule(TO_ALL, 'allow', HIDES)), subscribes(ANONYMOUS))
    yield case('two-conditions', 'the first element counts', ruleset(rule(TO_BOB + '</conditions><conditions>' + identity(one(EVE)), 'allow', HIDES)))
    yield case('two-conditions', 'the second does not', ruleset(rule(identity(one(EVE)) + '</conditions><conditions>' + TO_BOB, 'allow', HIDES)))


def comments():
    matches = rule(TO_BOB, 'allow', HIDES)
    yield case('comment', 'before the rule', ruleset('<!-- friends -->', matches))
    yield case('comment', 'after the rule', ruleset(matches, '<!-- friends -->'))
    yield case('comment', 'between a rule that does not match and one that does', ruleset(rule(identity(one(EVE))), '<!-- friends -->', matches))
    yield case('comment', 'in the rule', ruleset(matches.replace('<conditions>', '<!-- friends --><conditions>')))
    yield case('comment', 'in the conditions', ruleset(rule('<!-- friends -->' + TO_BOB, 'allow', HIDES)))
    yield case('comment', 'in the identity', ruleset(rule(identity('<!-- friends -->', one(BOB)), 'allow', HIDES)))
    yield case('comment', 'in the transformations', ruleset(rule(TO_BOB, 'allow', '<!-- note -->' + HIDES)))
    yield case('comment', 'before the rule set', '<!-- friends -->' + ruleset(matches))
    yield case('comment', 'a processing instruction before the rule', ruleset('<?x y?>', matches))
    yield case('comment', 'an unknown element before the rule', ruleset('<x xmlns="urn:example:x"/>', matches))


def validity():
    def during(*periods, zone=None, name):
        parameters = {'time_zone': zone} if zone else {}
        return case('validity', name, ruleset(rule(TO_BOB + ''.join(periods), 'allow', HIDES)), **parameters)
    yield during(NOW, name='now')
    yield during(PAST, name='past')
    yield during(FUTURE, name='future')
    yield during('<validity/>', name='empty')
    two = NOW.replace('<validity>', FUTURE.replace('</validity>', ''))
    yield during(two, name='two periods, the second is now')
    yield during(PAST.replace('</validity>', NOW.replace('<validity>', '')), name='two periods, one past, one now')
    yield during(NOW + PAST, name='two elements, the first is now')
    yield during(PAST + NOW, name='two elements, the second is now')
    yield during(valid('{{now-7200 Z}}', '{{now+7200 Z}}'), name='Z, server on UTC')
    yield during(valid('{{now-3600 Z}}', '{{now+3600 Z}}'), zone='XXX-3', name='Z, server three hours east')
    yield during(valid('{{now-3600 Z}}', '{{now+3600 Z}}'), zone='XXX3', name='Z, server three hours west')
    yield during(valid('{{now-3600}}', '{{now+3600}}'), zone='XXX-3', name='offset, server three hours east')
    yield during(valid('{{now+3600}}', '{{now+21600}}'), zone='XXX-3', name='from an hour to six hours from now, server three hours east')
    yield during(valid('{{now-7200 +05:30}}', '{{now+7200 +05:30}}'), name='another offset')
    yield during(valid('{{now-7200 -08:00}}', '{{now+7200 -08:00}}'), name='an offset to the west')
    yield during(valid('{{now-7200 local}}', '{{now+7200 local}}'), name='without an offset')
    yield during(valid('tomorrow', '{{now+7200}}'), name='from does not parse')
    yield during(valid('{{now-7200}}', 'tomorrow'), name='until does not parse')
    yield during(valid('1969-01-01T00:00:00Z', '{{now+7200}}'), name='from before 1970')
    yield during(valid('2020-01-01T00:00:00.250Z', '{{now+7200}}'), name='a fraction of a second')
    yield during(valid('2020-01-01T00:00:00z', '{{now+7200}}'), name='a small z in from')
    yield during(valid('{{now-7200}}', '2037-01-01T00:00:00z'), name='a small z in until')
    yield during(valid('\n 2020-01-01T00:00:00Z', '{{now+7200}}'), name='blanks before from')
    yield during('<validity><from>{{now-7200}}</from></validity>', name='no until')
    yield during('<validity><from>{{now+7200}}</from></validity>', name='no until, not yet')
    yield during('<validity><until>{{now+7200}}</until></validity>', name='no from')
    later = rule(TO_BOB, 'allow', SHOWS, 'later')
    yield case('validity', 'no until stops everything', ruleset(rule(TO_BOB + '<validity><from>{{now-7200}}</from></validity>', 'allow', HIDES), later))
    yield case('validity', 'a past rule before one without', ruleset(rule(TO_BOB + PAST, 'allow', HIDES), later))
    stranger = rule(identity(one(EVE)) + NOW, 'allow')
    yield case('validity', 'a past rule counts after one that is valid for somebody else', ruleset(stranger, rule(TO_BOB + PAST, 'allow', HIDES)))
    yield case('validity', 'a future rule counts after one that is valid for somebody else', ruleset(stranger, rule(TO_BOB + FUTURE, 'allow', HIDES)))
    yield case('validity', 'a past rule after one without validity',
               ruleset(rule(identity(one(EVE)), 'allow'), rule(TO_BOB + PAST, 'allow', HIDES)))


def spheres():
    def doc(sphere, prefix='rpid'):
        namespace = '' if prefix == 'rpid' else f' xmlns:{prefix}="urn:ietf:params:xml:ns:pidf:rpid"'
        return presence(service('phone', 'sip:alice@host.example.com'), person('alice', f'<{prefix}:sphere{namespace}>{sphere}</{prefix}:sphere>'),
                        '<note>at the fair</note>')

    def at(value, document, name, *events, check=True, text=False, **more):
        condition = f'<sphere>{value}</sphere>' if text else f'<sphere value="{value}"/>'
        return case('sphere', name, ruleset(rule(condition + TO_BOB, 'allow', HIDES)), *events, documents=document,
                    **({'enable_sphere_check': True} if check else {}), **more)
    work, home = doc('work'), doc('home')
    yield at('work', [home], 'not checked, another sphere', check=False)
    yield at('work', [work], 'checked, value is the sphere')
    yield at('work', [home], 'checked, value is not the sphere')
    yield at('work', [presence(service('phone'))], 'checked, no sphere')
    yield at('work', [doc('<rpid:work/>')], 'checked, value and an element')
    yield at('work', [doc('<rpid:home/>')], 'checked, value and another element')
    yield at('work', [work], 'checked, text is the sphere', text=True)
    yield at('WORK', [work], 'checked, text in capitals', text=True)
    yield at('work', [home], 'checked, text is not the sphere', text=True)
    yield at('work', [doc('home', 'r')], 'checked, text, prefix r', text=True)
    yield at('work', [doc('home', 'rp')], 'checked, text, another prefix', text=True)
    yield at('work', [home, work], 'checked, text, the sphere changes before', {'publish': 1}, {'subscribe': BOB}, text=True)
    yield at('work', [work, home], 'checked, text, the sphere changes away before', {'publish': 1}, {'subscribe': BOB}, text=True)
    yield at('work', [work, presence(service('phone'))], 'checked, text, the sphere is no longer published', {'publish': 1}, {'subscribe': BOB}, text=True)
    yield at('work', [home, work], 'checked, text, a second source says another', {'publish': 1, 'source': 'two'}, {'subscribe': BOB}, text=True)
    yield at('work', [home, work], 'checked, text, the sphere is published twice', {'publish': 1}, {'publish': 1}, {'subscribe': BOB}, text=True)
    yield at('work', [home, work], 'checked, text, the sphere changes and back', {'publish': 1}, {'publish': 0}, {'subscribe': BOB}, text=True)
    yield at('work', [home, work], 'checked, text, a second source changes it', {'publish': 1, 'source': 'two'}, {'publish': 0, 'source': 'two'}, {'subscribe': BOB}, text=True)
    for cached, events in (('changed', [{'publish': 1}]), ('from a second source', [{'publish': 1, 'source': 'two'}])):
        yield at('work', [home, work], f'checked, no cache, text, {cached}', *events, {'subscribe': BOB}, text=True, publ_cache=0)
    yield at('work', [work], 'checked, no cache, value is the sphere', publ_cache=0)
    yield at('work', [doc('<rpid:home/>')], 'checked, no cache, value and another element', publ_cache=0)
    yield at('work', [doc('work', 'rp')], 'checked, no cache, text, another prefix', text=True, publ_cache=0)
    yield at('work', [home], 'checked, no cache, text is not the sphere', text=True, publ_cache=0)
    yield at('work', [work], 'checked, records in memory, text is the sphere', text=True, publ_cache=2)
    yield at('work', [home], 'checked, records in memory, text is not the sphere', text=True, publ_cache=2)
    yield at('work', [home, work, home], 'checked, text, changes while watched', {'publish': 1}, {'subscribe': BOB}, {'publish': 2}, text=True)
    yield at('work', [work, home], 'checked, no cache, text, changes while watched', {'subscribe': BOB}, {'publish': 1}, text=True, publ_cache=0)


def namespaces():
    plain = f'<ruleset><rule id="r"><conditions>{TO_BOB}</conditions><actions><sub-handling>allow</sub-handling></actions></rule></ruleset>'
    yield case('namespaces', 'none', plain)
    yield case('namespaces', 'a wrong one', plain.replace('<ruleset>', '<ruleset xmlns="urn:example:x">'))
    yield case('namespaces', 'names in capitals', f'<RULESET xmlns="{COMMON}"><RULE ID="r"><CONDITIONS><IDENTITY><ONE ID="{BOB}"/></IDENTITY></CONDITIONS>'
               f'<ACTIONS><SUB-HANDLING xmlns="{RULES}">allow</SUB-HANDLING></ACTIONS></RULE></RULESET>')
    yield case('namespaces', 'a rule set within another element', f'<x>{plain}</x>')
    yield case('namespaces', 'a foreign one in the identity', ruleset(rule(f'<identity><x:one xmlns:x="urn:example:x" id="{BOB}"/></identity>', 'allow', HIDES)))
    yield case('namespaces', 'a foreign attribute', ruleset(rule(f'<identity><one x:id="{BOB}" xmlns:x="urn:example:x"/></identity>', 'allow', HIDES)))
    yield case('namespaces', 'a rule by another name', ruleset(rule(TO_BOB, 'allow', HIDES).replace('rule', 'regel')))


def table():
    for group in (first_match, domains, exceptions, identities, equivalence, conditions, comments, validity, spheres, namespaces):
        yield from group()
