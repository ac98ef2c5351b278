#!/usr/bin/env python3
"""Asks a live Kamailio what each watcher gets.

    peer.py CASES.json [--only NAME]... [--expected FILE [--bless]]
    peer.py --scenario DIR...                 folders that `presproof prove --scenario` wrote

CASES.json is a list of cases:

    {"name": "...",
     "policy": "<ruleset ...>" | "policy.xml" | null,      uploaded before the events; a path is relative to the file of cases
     "documents": ["<presence ...>" | "presence.xml", ...],
     "parameters": {"force_active": true, ...},            server.DEFAULTS lists them; a server is started for each combination
     "events": [{"publish": 0}, {"subscribe": "sip:bob@example.com"}, ...]}

Events, each an object with one of these keys:

    subscribe, second-dialog: URI     a new dialog; also "expires", "asserted" (P-Asserted-Identity), "address" (From as it stands)
    fetch: URI                        a SUBSCRIBE with Expires: 0 outside a dialog
    refresh, unsubscribe: URI         within the watcher's latest dialog that it has not ended
    winfo: URI                        a SUBSCRIBE to presence.winfo
    publish: N                        document N; "source" names one of several sources; a source that published already modifies
    unpublish: true                   removes what the source published
    put: POLICY, delete: true         by XCAP; "auid" and "file" default to pres-rules and index
    update-watchers, refresh-watchers: true   pres_update_watchers(), pres_refresh_watchers(..., 1)
    wait: SECONDS

`{{now+60}}` in a policy is that time with an offset of +00:00, `{{now+60 Z}}` with Z, `{{now+60 local}}` without, `{{now+60 +02:00}}` so.

The result is one line for each case, {"name", "result": [{"response", "notifies": [{"watcher", "dialog", "subscription_state", "reason",
"body"}]}, ...]}: an element for each event; `dialog` counts the subscriptions of the case from 1; `expires` is left out of the state.
The presentity is sip:alice@example.com in cases and results; on the wire every case has one of its own, so that none disturbs another.

Exit status: 0 done (or "SKIPPED: ..." where Kamailio is not installed), 1 the results are not those of FILE, or of the scenario, 2 not done.
"""

import argparse
import datetime
import json
import pathlib
import re
import shlex
import signal
import sys
import time
import xml.etree.ElementTree as xml

import server
import sip

PRESENTITY = 'sip:alice@example.com'


class CaseError(Exception):
    """A case that cannot be run: it is wrong, or would harm the server."""


def read_text(value, folder):
    """XML as it stands, or the content of a file."""
    return value if value.lstrip('\ufeff \t\r\n').startswith('<') or value == '' else (folder / value).read_text()


def fill_in_times(policy, now):
    def time_of(match):
        moment = now + datetime.timedelta(seconds=int(match.group(1)))
        zone = match.group(2) or '+00:00'
        if zone in ('Z', 'local'):
            return f'{moment:%Y-%m-%dT%H:%M:%S}' + ('Z' if zone == 'Z' else '')
        offset = datetime.datetime.strptime(zone, '%z').tzinfo
        return moment.astimezone(offset).isoformat(timespec='seconds')
    return re.sub(r'\{\{now([+-]\d+)(?: (Z|local|[+-]\d\d:\d\d))?\}\}', time_of, policy)


def check_contacts(document):
    """Kamailio copies the scheme of a contact into 16 bytes, up to a colon that need not be there."""
    try:
        root = xml.fromstring(document)
    except xml.ParseError:
        return  # the server refuses it
    for element in root.iter():
        if element.tag.rpartition('}')[2].lower() == 'contact' and not re.match(r'[A-Za-z][A-Za-z0-9+.-]{0,13}:', element.text or ''):
            raise CaseError(f'a contact without a scheme of at most 14 letters harms the server: {element.text!r}')


class Run:
    """One case against one server."""

    def __init__(self, case, number, peer, client, folder):
        self.case, self.peer, self.client, self.folder = case, peer, client, folder
        self.user = f'p{number}x'
        self.presentity = f'sip:{self.user}@example.com'
        self.documents = [read_text(document, folder) for document in case.get('documents', [])]
        for document in self.documents:
            check_contacts(document)
        self.dialogs = {}  # Call-ID -> (number, Dialog), in the order in which they were opened
        self.etags = {}  # source -> entity tag

    def results(self):
        if self.case.get('policy') is not None:
            self._put({'put': self.case['policy']})
        self.client.take_notifies()
        return [self._result(event) for event in self.case['events']]

    def _result(self, event):
        kind = next((key for key in self.handlers if key in event), None)
        if kind is None:
            raise CaseError(f'no event: {json.dumps(event)}')
        response = self.handlers[kind](self, event)
        return {'response': response, 'notifies': [self._describe(notify) for notify in self.client.take_notifies()]}

    def _describe(self, notify):
        state, _, parameters = notify.header('Subscription-State').partition(';')
        reason = re.search(r'(?:^|;)\s*reason=([^;\s]+)', parameters)
        number, dialog = self.dialogs.get(notify.header('Call-ID'), (None, None))
        return {'watcher': dialog.watcher if dialog else None, 'dialog': number, 'subscription_state': state.strip(),
                'reason': reason.group(1) if reason else None, 'body': notify.body.replace(self.user, 'alice') or None}

    def _open(self, watcher, event, expires, package='presence'):
        number = len(self.dialogs) + 1
        dialog = sip.Dialog(watcher, self.presentity, package, f'{self.user}-dialog-{number}', f'watcher-{number}')
        self.dialogs[dialog.call_id] = (number, dialog)
        dialog.ended = expires == 0
        return self.client.subscribe(dialog, expires, event.get('asserted'), event.get('address')).code

    def _latest(self, watcher):
        found = [dialog for _, dialog in self.dialogs.values() if dialog.watcher == watcher and dialog.to_tag and not dialog.ended]
        if not found:
            raise CaseError(f'{watcher} has no dialog')
        return found[-1]

    def _subscribe(self, event):
        return self._open(event.get('subscribe') or event['second-dialog'], event, event.get('expires', 3600))

    def _fetch(self, event):
        return self._open(event['fetch'], event, 0)

    def _winfo(self, event):
        return self._open(event['winfo'], event, event.get('expires', 3600), 'presence.winfo')

    def _refresh(self, event):
        return self.client.subscribe(self._latest(event['refresh']), event.get('expires', 3600), event.get('asserted')).code

    def _unsubscribe(self, event):
        dialog = self._latest(event['unsubscribe'])
        dialog.ended = True
        return self.client.subscribe(dialog, 0).code

    def _publish(self, event):
        source = event.get('source', 'one')
        if event['publish'] not in range(len(self.documents)):
            raise CaseError(f'there is no document {event["publish"]}')
        body = self.documents[event['publish']].replace(PRESENTITY, self.presentity)
        return self._published(source, self.client.publish(self.presentity, body, self.etags.get(source)))

    def _unpublish(self, event):
        source = event.get('source', 'one')
        return self._published(source, self.client.publish(self.presentity, '', self.etags.get(source), expires=0))

    def _published(self, source, response):
        if response.header('SIP-ETag'):
            self.etags[source] = response.header('SIP-ETag')
        return response.code

    def _put(self, event):
        policy = fill_in_times(read_text(event['put'], self.folder), datetime.datetime.now(datetime.timezone.utc))
        return self.peer.xcap('PUT', self.presentity, policy, **self._place(event))

    def _delete(self, event):
        return self.peer.xcap('DELETE', self.presentity, **self._place(event))

    def _place(self, event):
        return {key: event[key] for key in ('auid', 'file') if key in event}

    def _update_watchers(self, _):
        return self.peer.http('POST', f'/update-watchers/{self.presentity}', '')

    def _refresh_watchers(self, _):
        return self.peer.http('POST', f'/refresh-watchers/{self.presentity}', '')

    def _wait(self, event):
        time.sleep(event['wait'])
        return None

    handlers = {'subscribe': _subscribe, 'second-dialog': _subscribe, 'fetch': _fetch, 'winfo': _winfo, 'refresh': _refresh,
                'unsubscribe': _unsubscribe, 'publish': _publish, 'unpublish': _unpublish, 'put': _put, 'delete': _delete,
                'update-watchers': _update_watchers, 'refresh-watchers': _refresh_watchers, 'wait': _wait}


def run_cases(cases, folder):
    """The results of all cases, in their order; a server is up for those with the same parameters."""
    results = [None] * len(cases)
    groups = {}
    for index, case in enumerate(cases):
        groups.setdefault(json.dumps(case.get('parameters', {}), sort_keys=True), []).append(index)
    for parameters, indices in groups.items():
        with server.Server(json.loads(parameters)) as peer:
            client = sip.Client(peer.address)
            try:
                for index in indices:
                    try:
                        results[index] = Run(cases[index], index + 1, peer, client, folder).results()
                    except (CaseError, OSError, sip.SipError) as error:
                        raise CaseError(f'case {cases[index].get("name")!r}: {error}') from None
            finally:
                client.close()
    return results


def scenario_case(folder, now):
    """A scenario as a case. The server's clock is not for us to set: validity is moved by the time from the scenario's to now."""
    expected = json.loads((folder / 'expected.json').read_text())
    shift = now - datetime.datetime.fromisoformat(expected['state']['time'])

    def moved(match):
        try:
            return match.group(1) + (datetime.datetime.fromisoformat(match.group(2).strip()) + shift).isoformat(timespec='seconds')
        except (ValueError, TypeError, OverflowError):
            return match.group(0)

    arguments = shlex.split((folder / 'command').read_text())[2:]
    names = [name for name in arguments if name.endswith('.xml') and (folder / name).exists() and 'ruleset' in (folder / name).read_text()]
    rule_sets = [re.sub(r'(<(?:\w+:)?(?:from|until)(?:\s[^>]*)?>)([^<]*)', moved, (folder / name).read_text()) for name in names]
    request = sip.Message.decode((folder / 'subscribe.sip').read_bytes())
    watcher = re.search(r'<([^>]+)>', request.header('From')).group(1)
    asserted = re.search(r'<([^>]+)>', request.header('P-Asserted-Identity') or '')
    documents = [path.read_text().replace(request.start.split()[1], PRESENTITY) for path in sorted(folder.glob('presence*.xml'))]
    events = [{'put': text, 'file': name} for text, name in zip(rule_sets, names)]
    events += [{'publish': index, 'source': str(index)} for index in range(len(documents))]
    events.append({'subscribe': watcher} | ({'asserted': asserted.group(1)} if asserted else {}))
    return {'name': folder.name, 'documents': documents, 'parameters': {'identity': 'asserted'}, 'events': events}, expected


def is_as_expected(expected, observed):
    """Response, Subscription-State and document, whatever prefixes and white space it is written with."""
    def canonical(document):
        return xml.canonicalize(document, strip_text=True, rewrite_prefixes=True) if document else None
    notify = next(iter(observed['notifies']), {'subscription_state': '', 'reason': None, 'body': None})
    state = notify['subscription_state'] + (f';reason={notify["reason"]}' if notify['reason'] else '')
    return (expected['response']['code'] == observed['response'] and (expected['subscription_state'] or '') == state and
            canonical(expected['document']) == canonical(notify['body']))


def replay(scenarios):
    """The scenarios' runs on the server, beside what presproof expects under the engine that they were proved for."""
    folders = [folder for scenario in scenarios for folder in (scenario, scenario / 'second') if folder.is_dir()]
    prepared = [scenario_case(run, datetime.datetime.now(datetime.timezone.utc)) for run in folders]
    results = run_cases([case for case, _ in prepared], pathlib.Path())
    failed = 0
    for scenario in scenarios:
        runs = [{'expected': {key: expected.get(key) for key in ('engine', 'response', 'subscription_state', 'document')}, 'observed': result[-1]}
                for folder, (_, expected), result in zip(folders, prepared, results) if scenario in (folder, folder.parent)]
        print(json.dumps({'scenario': str(scenario), 'runs': runs}))
        if not all(is_as_expected(**run) for run in runs):
            failed += 1
            print(f'{scenario}: the server does otherwise than expected', file=sys.stderr)
    return 1 if failed else 0


def compare(lines, names, expected_file):
    expected = dict((row['name'], row) for row in map(json.loads, expected_file.read_text().splitlines()) if row)
    failed = 0
    for name, line in zip(names, lines):
        row = json.loads(line)
        if expected.get(name) != row:
            failed += 1
            print(f'{name}: expected\n  {json.dumps(expected.get(name))}\nbut the server did\n  {json.dumps(row)}', file=sys.stderr)
    print(f'{len(lines)} cases, {failed} not as expected')
    return 1 if failed else 0


def read_cases(path):
    cases = json.loads(path.read_text())
    if not isinstance(cases, list):
        raise CaseError(f'{path}: not a list of cases')
    for number, case in enumerate(cases, 1):
        if not isinstance(case, dict) or not isinstance(case.get('name'), str) or not isinstance(case.get('events'), list):
            raise CaseError(f'{path}: case {number} is no object with "name" and "events"')
    return cases


def run_table(arguments):
    path = pathlib.Path(arguments.cases)
    cases = read_cases(path)
    if arguments.only:
        cases = [case for case in cases if case['name'] in arguments.only]
    lines = [json.dumps({'name': case['name'], 'result': result}) for case, result in zip(cases, run_cases(cases, path.parent))]
    if arguments.bless:
        pathlib.Path(arguments.expected).write_text('\n'.join(lines) + '\n')
        print(f'{len(lines)} cases recorded in {arguments.expected}')
        return 0
    if arguments.expected:
        return compare(lines, [case['name'] for case in cases], pathlib.Path(arguments.expected))
    print('\n'.join(lines))
    return 0


def main():
    parser = argparse.ArgumentParser(description='Asks a live Kamailio what each watcher gets.')
    parser.add_argument('cases', nargs='?', help='a JSON file of cases')
    parser.add_argument('--scenario', nargs='+', type=pathlib.Path, help='folders that `presproof prove --scenario` wrote')
    parser.add_argument('--only', action='append', help='run the case of this name alone (repeatable)')
    parser.add_argument('--expected', help='compare with these results')
    parser.add_argument('--bless', action='store_true', help='write the file of --expected instead')
    arguments = parser.parse_args()
    if bool(arguments.cases) == bool(arguments.scenario) or (arguments.bless and not arguments.expected):
        parser.error('give a file of cases or --scenario, and --bless only with --expected')
    if absent := server.missing():
        print(f'SKIPPED: {absent}; no live presence server is asked')
        return 0
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, lambda *_: sys.exit(2))  # unwinds, so that the server is ended
    try:
        return replay(arguments.scenario) if arguments.scenario else run_table(arguments)
    except (CaseError, server.ServerError, sip.SipError, OSError, KeyError, json.JSONDecodeError) as error:
        print(f'peer.py: {error}', file=sys.stderr)
        return 2


if __name__ == '__main__':
    sys.exit(main())
