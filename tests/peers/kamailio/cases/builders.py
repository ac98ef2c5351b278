"""Rule sets, presence documents and cases in few words."""

COMMON = 'urn:ietf:params:xml:ns:common-policy'
RULES = 'urn:ietf:params:xml:ns:pres-rules'
GEO = 'urn:ietf:params:xml:ns:geolocation-policy'
BASIC = 'urn:ietf:params:xml:ns:basic-location-profiles'
OMA = 'urn:oma:xml:prs:pres-rules'

BOB = 'sip:bob@example.com'
EVE = 'sip:eve@example.org'
ANONYMOUS = 'sip:anonymous@anonymous.invalid'


def ruleset(*rules):
    return f'<ruleset xmlns="{COMMON}" xmlns:pr="{RULES}" xmlns:gp="{GEO}" xmlns:lp="{BASIC}" xmlns:oma="{OMA}">{"".join(rules)}</ruleset>'


def rule(conditions, handling='allow', transformations='', name='r'):
    """`conditions`: the children of <conditions>, or None for no such element. The same of `transformations`; `handling` None: no actions."""
    parts = [f'<rule id="{name}">']
    if conditions is not None:
        parts.append(f'<conditions>{conditions}</conditions>')
    if handling is not None:
        parts.append(f'<actions><pr:sub-handling>{handling}</pr:sub-handling></actions>')
    if transformations is not None:
        parts.append(f'<transformations>{transformations}</transformations>')
    return ''.join(parts) + '</rule>'


def identity(*children):
    return f'<identity>{"".join(children)}</identity>'


def one(uri):
    return f'<one id="{uri}"/>'


def many(domain=None, *exceptions):
    start = 'many' if domain is None else f'many domain="{domain}"'
    return f'<{start}>{"".join(exceptions)}</many>' if exceptions else f'<{start}/>'


def valid(start, end):
    return f'<validity><from>{start}</from><until>{end}</until></validity>'


TO_BOB = identity(one(BOB))
TO_ALL = identity(many())

# Rules that can be told apart by what they leave of DOCUMENT: HIDES takes the note and the mood, SHOWS takes nothing.
HIDES = '<pr:provide-note>false</pr:provide-note><pr:provide-mood>false</pr:provide-mood>'
SHOWS = '<pr:provide-note>true</pr:provide-note><pr:provide-mood>true</pr:provide-mood>'


def presence(*components):
    return ('<presence xmlns="urn:ietf:params:xml:ns:pidf" xmlns:dm="urn:ietf:params:xml:ns:pidf:data-model" '
            'xmlns:rpid="urn:ietf:params:xml:ns:pidf:rpid" entity="sip:alice@example.com">' + ''.join(components) + '</presence>')


def service(name, contact=None, extra=''):
    address = f'<contact>{contact}</contact>' if contact else ''
    return f'<tuple id="{name}"><status><basic>open</basic></status>{extra}{address}</tuple>'


def person(name, content=''):
    return f'<dm:person id="{name}">{content}</dm:person>'


def device(name, content=''):
    return f'<dm:device id="{name}">{content}</dm:device>'


LOCATION = ('<gp:geopriv xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10"><gp:location-info><gml:Point xmlns:gml="http://www.opengis.net/gml" '
            'srsName="urn:ogc:def:crs:EPSG::4326"><gml:pos>48.15 11.58</gml:pos></gml:Point></gp:location-info>'
            '<gp:usage-rules/></gp:geopriv>')
MOOD = '<rpid:mood><rpid:happy/></rpid:mood>'

DOCUMENT = presence(service('phone', 'sip:alice@host.example.com'), person('alice', MOOD), '<note>at the fair</note>')


def case(departure, name, policy, *events, documents=(DOCUMENT,), **parameters):
    """A case whose document 0 is published, then the events; without events, bob subscribes."""
    return {'departure': departure, 'name': f'{departure}: {name}', 'policy': policy, 'documents': list(documents),
            'parameters': parameters, 'events': [{'publish': 0}] + list(events or [{'subscribe': BOB}])}
