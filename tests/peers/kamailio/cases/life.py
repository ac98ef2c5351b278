"""What is answered, and what the watcher gets as long as the subscription lasts."""

from builders import BOB, DOCUMENT, EVE, HIDES, MOOD, SHOWS, TO_ALL, TO_BOB, case, identity, many, one, person, presence, rule, ruleset, service, valid

OTHER = presence(service('phone', 'sip:alice@host.example.com'), person('alice', MOOD), '<note>at home</note>')
HIDING = ruleset(rule(TO_BOB, 'allow', HIDES))
SUBSCRIBE, PUBLISH, REFRESH = {'subscribe': BOB}, {'publish': 1}, {'refresh': BOB}
FETCH, SECOND, UNSUBSCRIBE = {'fetch': BOB}, {'second-dialog': BOB}, {'unsubscribe': BOB}


def handlings():
    for handling in ('block', 'confirm', 'polite-block', 'allow'):
        policy = ruleset(rule(TO_BOB, handling, HIDES))
        yield case('response', handling, policy)
        yield case('response', f'{handling}, where 202 is configured', policy, subscribe_response=202)
        yield case('response', f'{handling}, then everything', policy, SUBSCRIBE, PUBLISH, REFRESH, SECOND, FETCH, UNSUBSCRIBE, documents=[DOCUMENT, OTHER])
        yield case('response', f'{handling}, fetched', policy, FETCH)
    for value in ('allow-if-friend', 'Allow', ' allow', 'allow ', 'blocked', 'polite-blocked', 'confirmed', 'polite', 'maybe', ''):
        yield case('unknown-handling', repr(value), ruleset(rule(TO_BOB, value, HIDES)))
    yield case('unknown-handling', 'two elements', ruleset(rule(TO_BOB, 'allow</pr:sub-handling><pr:sub-handling>block', HIDES)))
    yield case('unknown-handling', 'a comment in the word', ruleset(rule(TO_BOB, 'al<!-- x -->low', HIDES)))
    yield case('unknown-handling', 'two actions', ruleset(rule(TO_BOB, 'allow</pr:sub-handling></actions><actions><pr:sub-handling>block', HIDES)))
    yield case('unknown-handling', 'two transformations', ruleset(rule(TO_BOB, 'allow', '</transformations><transformations>' + HIDES)))
    yield case('unknown-handling', 'an unknown value, then a matching rule', ruleset(rule(TO_BOB, 'maybe'), rule(TO_BOB, 'allow')))
    yield case('default', 'no policy', None)
    yield case('default', 'no rule', ruleset())
    yield case('default', 'no rule matches', ruleset(rule(identity(one(EVE)))))
    yield case('default', 'no actions', ruleset(rule(TO_BOB, None, HIDES)))
    yield case('default', 'no sub-handling', ruleset(rule(TO_BOB, None, HIDES).replace('<transformations>', '<actions/><transformations>')))
    yield case('default', 'no policy, published later', None, SUBSCRIBE, PUBLISH, REFRESH, documents=[DOCUMENT, OTHER])
    yield case('force-active', 'no policy', None, force_active=True)
    yield case('force-active', 'blocked', ruleset(rule(TO_BOB, 'block')), force_active=True)
    yield case('force-active', 'nothing is to be shown', HIDING, SUBSCRIBE, PUBLISH, documents=[DOCUMENT, OTHER], force_active=True)


def unfiltered():
    def after(name, *events, **parameters):
        return case('unfiltered', name, HIDING, *events, documents=[DOCUMENT, OTHER], **parameters)
    yield after('the first NOTIFY', SUBSCRIBE)
    yield after('a publication', SUBSCRIBE, PUBLISH)
    yield after('a refresh', SUBSCRIBE, REFRESH)
    yield after('a second dialog', SUBSCRIBE, SECOND)
    yield after('a first fetch', FETCH)
    yield after('a second fetch', FETCH, FETCH)
    yield after('a fetch beside a dialog', SUBSCRIBE, FETCH)
    yield after('a dialog after a fetch', FETCH, SUBSCRIBE)
    yield after('the end of the subscription', SUBSCRIBE, UNSUBSCRIBE)
    yield after('a dialog after the end of another', SUBSCRIBE, UNSUBSCRIBE, SUBSCRIBE)
    yield after('a publication after a refresh', SUBSCRIBE, REFRESH, PUBLISH)
    yield after('the watchers are told', SUBSCRIBE, {'refresh-watchers': True})
    yield after('the watchers are told of a status that is the same', SUBSCRIBE, {'update-watchers': True})
    yield after('the same rules uploaded', SUBSCRIBE, {'put': HIDING})
    yield after('the same rules uploaded, nobody told', SUBSCRIBE, {'put': HIDING}, update_watchers=False, refresh_watchers=False)
    yield after('the publication ends', SUBSCRIBE, {'unpublish': True})
    yield after('a second source appears', SUBSCRIBE, {'publish': 1, 'source': 'two'})
    yield after('another watcher subscribes', SUBSCRIBE, {'subscribe': EVE}, PUBLISH)
    yield after('no cache', SUBSCRIBE, PUBLISH, REFRESH, publ_cache=0)
    yield after('records in memory', SUBSCRIBE, PUBLISH, REFRESH, publ_cache=2)
    yield {'departure': 'unfiltered', 'name': 'unfiltered: the first publication comes after the watcher', 'policy': HIDING, 'documents': [DOCUMENT],
           'parameters': {}, 'events': [SUBSCRIBE, {'publish': 0}]}
    yield {'departure': 'unfiltered', 'name': 'unfiltered: the policy comes after the watcher', 'policy': None, 'documents': [DOCUMENT, OTHER],
           'parameters': {}, 'events': [{'publish': 0}, SUBSCRIBE, {'put': HIDING}, PUBLISH]}


def changes():
    def change(departure, name, before, after, *events, watcher=BOB, **parameters):
        return case(departure, name, before, {'subscribe': watcher}, {'put': after}, *events, documents=[DOCUMENT, OTHER], **parameters)
    allow, block = ruleset(rule(TO_BOB, 'allow', HIDES)), ruleset(rule(TO_BOB, 'block'))
    confirm, polite = ruleset(rule(TO_BOB, 'confirm')), ruleset(rule(TO_BOB, 'polite-block'))
    nobody = ruleset(rule(identity(one(EVE)), 'allow'))
    yield change('change', 'allow to block', allow, block, PUBLISH, SECOND)
    yield change('change', 'allow to confirm', allow, confirm, PUBLISH)
    yield change('change', 'allow to polite-block', allow, polite, PUBLISH)
    yield change('change', 'allow to no rule', allow, nobody, PUBLISH, SECOND)
    yield change('change', 'block to allow', block, allow, PUBLISH, SECOND)
    yield change('change', 'block to no rule', block, nobody, SECOND)
    yield change('change', 'confirm to allow', confirm, allow, PUBLISH)
    yield change('change', 'confirm to no rule', confirm, nobody, PUBLISH)
    yield change('change', 'polite-block to allow', polite, allow, PUBLISH)
    yield change('change', 'an unknown value', allow, ruleset(rule(TO_BOB, 'maybe')), PUBLISH)
    both = ruleset(rule(identity(one(BOB), one(EVE)), 'allow', HIDES))
    # The watchers are looked at in the order of their names in the database: bob, eve.
    for broken, blocked in ((BOB, EVE), (EVE, BOB)):
        after = ruleset(rule(identity(one(broken)), 'maybe'), rule(identity(one(blocked)), 'block'))
        yield case('change', f'an unknown value for {broken[4:7]}, block for {blocked[4:7]}', both, SUBSCRIBE, {'subscribe': EVE}, {'put': after}, PUBLISH,
                   {'refresh': BOB}, {'second-dialog': BOB}, {'refresh': EVE}, {'second-dialog': EVE}, documents=[DOCUMENT, OTHER])
    yield change('change', 'allow to block, nobody told', allow, block, PUBLISH, REFRESH, update_watchers=False, refresh_watchers=False)
    yield change('change', 'allow to block, watchers refreshed only', allow, block, PUBLISH, update_watchers=False)
    yield change('change', 'allow to block, status only', allow, block, PUBLISH, refresh_watchers=False)
    yield change('change', 'confirm to allow, status only', confirm, allow, refresh_watchers=False)
    yield change('change', 'more is shown', allow, ruleset(rule(TO_BOB, 'allow', SHOWS)), PUBLISH)
    domain = ruleset(rule(identity(many('elsewhere.example.net')), 'allow', HIDES))
    yield change('many-domain', 'a changed rule of another domain, pending before', confirm, domain, PUBLISH, SECOND)
    yield change('many-domain', 'a changed rule of another domain, refused before', ruleset(), domain, PUBLISH, SECOND)
    yield case('many-domain', 'a rule of another domain from the beginning', domain)
    excepting = ruleset(rule(identity(many(None, '<except domain="example.com"/>')), 'allow', HIDES))
    yield change('except-domain', 'a changed rule that excludes the domain', confirm, excepting, PUBLISH, SECOND)
    yield change('except-id', 'a changed rule that excludes the watcher and one letter more', confirm,
                 ruleset(rule(identity(many(None, f'<except id="{BOB}x"/>')), 'allow', HIDES)), PUBLISH)
    yield change('rule-ends', 'no longer in the document, nobody told', allow, nobody, PUBLISH, update_watchers=False, refresh_watchers=False)
    ended = ruleset(rule(TO_BOB + valid('{{now-14400}}', '{{now-7200}}'), 'allow', HIDES))
    yield change('rule-ends', 'its time has passed, nobody told', allow, ended, PUBLISH, REFRESH, {'subscribe': EVE}, update_watchers=False, refresh_watchers=False)
    yield change('rule-ends', 'its time has passed, watchers told', allow, ended, PUBLISH, update_watchers=True, refresh_watchers=False)
    delete = {'delete': True}
    yield case('deleted', 'old watcher', HIDING, SUBSCRIBE, delete, PUBLISH, REFRESH, SECOND, documents=[DOCUMENT, OTHER])
    yield case('deleted', 'old watcher, nobody told', HIDING, SUBSCRIBE, delete, PUBLISH, documents=[DOCUMENT, OTHER], update_watchers=False, refresh_watchers=False)
    yield case('deleted', 'new watcher', HIDING, delete, SUBSCRIBE)
    yield case('deleted', 'blocked watcher', block, SUBSCRIBE, delete, SECOND)
    yield case('deleted', 'and uploaded again', HIDING, SUBSCRIBE, delete, {'put': block}, PUBLISH, SECOND, documents=[DOCUMENT, OTHER])
    yield case('deleted', 'nothing is there', None, delete)


def uploads():
    yield case('upload', 'not well-formed', None, {'put': '<ruleset>'}, SUBSCRIBE)
    yield case('upload', 'not well-formed, over a good one', HIDING, {'put': '<ruleset>'}, SUBSCRIBE)
    yield case('upload', 'empty', None, {'put': ''}, SUBSCRIBE)
    yield case('upload', 'well-formed, not valid', None, {'put': ruleset(rule(TO_BOB, 'allow').replace('<rule id="r">', '<rule>'))}, SUBSCRIBE)
    yield case('upload', 'another root element', None, {'put': '<x/>'}, SUBSCRIBE)
    block = ruleset(rule(TO_BOB, 'block'))
    yield case('which-document', 'two files, the first allows', None, {'put': HIDING, 'file': 'zzz'}, {'put': block, 'file': 'aaa'}, SUBSCRIBE)
    yield case('which-document', 'two files, the first blocks', None, {'put': block, 'file': 'zzz'}, {'put': HIDING, 'file': 'aaa'}, SUBSCRIBE)
    yield case('which-document', 'the first is deleted', None, {'put': block, 'file': 'zzz'}, {'put': HIDING, 'file': 'aaa'},
               {'delete': True, 'file': 'zzz'}, SUBSCRIBE)
    yield case('which-document', 'the first is uploaded again', None, {'put': block, 'file': 'zzz'}, {'put': HIDING, 'file': 'aaa'},
               {'put': block, 'file': 'zzz'}, SUBSCRIBE)
    yield case('which-document', 'that of OMA alone', None, {'put': HIDING, 'auid': 'org.openmobilealliance.pres-rules', 'file': 'pres-rules'}, SUBSCRIBE)
    yield case('which-document', 'that of OMA after the other', block, {'put': HIDING, 'auid': 'org.openmobilealliance.pres-rules', 'file': 'pres-rules'}, SUBSCRIBE)


def packages():
    yield case('winfo', 'a stranger asks who watches', ruleset(rule(TO_BOB, 'allow'), rule(TO_ALL, 'block')), SUBSCRIBE, {'winfo': EVE})
    yield case('winfo', 'a stranger asks, then a watcher comes', ruleset(rule(TO_BOB, 'allow'), rule(TO_ALL, 'block')), {'winfo': EVE}, SUBSCRIBE)
    yield case('winfo', 'a blocked watcher is told of', ruleset(rule(TO_BOB, 'block')), {'winfo': EVE}, SUBSCRIBE)
    yield case('winfo', 'no policy', None, {'winfo': EVE})
    watched = ruleset(rule(TO_BOB, 'allow'), rule(TO_ALL, 'block'))
    for name, event in (('refreshes', REFRESH), ('leaves', UNSUBSCRIBE), ('subscribes again', SECOND), ('is sent what is published', {'publish': 0}),
                        ('is blocked by new rules', {'put': ruleset(rule(TO_BOB, 'block'))}), ('stays when the rules are deleted', {'delete': True})):
        yield case('winfo', f'a watcher {name}', watched, {'winfo': EVE}, SUBSCRIBE, event)
    yield case('winfo', 'a watcher fetches', watched, {'winfo': EVE}, FETCH)
    yield case('winfo', 'a pending watcher', None, {'winfo': EVE}, SUBSCRIBE)
    yield case('winfo', 'two strangers ask', watched, {'winfo': EVE}, {'winfo': 'sip:frank@example.net'}, SUBSCRIBE)
    yield case('winfo', 'the stranger refreshes', watched, {'winfo': EVE}, SUBSCRIBE, {'refresh': EVE})
    yield case('winfo', 'two watchers', watched, SUBSCRIBE, {'subscribe': 'sip:carol@example.com'}, {'winfo': EVE})


def table():
    for group in (handlings, unfiltered, changes, uploads, packages):
        yield from group()
