"""SIP as a watcher and a presence source need it: requests over UDP, their responses, and NOTIFYs, which are answered with 200.

RFC 3261 (messages, transactions), RFC 3903 (PUBLISH), RFC 6665 (SUBSCRIBE, NOTIFY). One socket serves all watchers of a test: requests are
told apart by Call-ID. Not a general client: no authentication, no routes, IPv4 loopback.
"""

import itertools
import re
import socket
import time
from dataclasses import dataclass, field


class SipError(Exception):
    """The server did not answer, or not with SIP."""


@dataclass
class Message:
    start: str
    headers: list = field(default_factory=list)  # (name, value), in order
    body: str = ''

    def header(self, name):
        """The first value of a header, or ''."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), '')

    @property
    def code(self):
        return int(self.start.split()[1])

    @property
    def phrase(self):
        return self.start.split(None, 2)[2] if self.start.count(' ') > 1 else ''

    def encode(self):
        body = self.body.encode()
        lines = [self.start] + [f'{name}: {value}' for name, value in self.headers] + [f'Content-Length: {len(body)}', '', '']
        return '\r\n'.join(lines).encode() + body

    @staticmethod
    def decode(data):
        head, _, body = data.partition(b'\r\n\r\n')
        lines = re.sub(r'\r\n[ \t]+', ' ', head.decode('utf-8', 'replace')).split('\r\n')
        headers = [tuple(part.strip() for part in line.split(':', 1)) for line in lines[1:] if ':' in line]
        return Message(lines[0], headers, body.decode('utf-8', 'replace'))


def tag_of(address):
    match = re.search(r';\s*tag=([^;\s]+)', address)
    return match.group(1) if match else None


@dataclass
class Dialog:
    """A subscription of one watcher: what the next request within it needs."""
    watcher: str
    presentity: str
    package: str
    call_id: str
    from_tag: str
    to_tag: str = None
    cseq: int = 0
    ended: bool = False  # by the watcher: fetched, or unsubscribed


class Client:
    retransmit_after = (0.5, 1, 2, 2)  # seconds; RFC 3261 section 17.1.2

    def __init__(self, server):
        self.server = server
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        self.socket.bind(('127.0.0.1', 0))
        self.port = self.socket.getsockname()[1]
        self.numbers = itertools.count(1)
        self.notifies = []  # received and not yet taken
        self.seen = set()  # (Call-ID, CSeq) of NOTIFYs: a repeated one is answered and not counted

    def close(self):
        self.socket.close()

    def request(self, method, uri, headers, body=''):
        """Sends a request and returns its final response. NOTIFYs that come meanwhile are answered and kept."""
        branch = f'z9hG4bK{self.port}x{next(self.numbers)}'
        message = Message(f'{method} {uri} SIP/2.0',
                          [('Via', f'SIP/2.0/UDP 127.0.0.1:{self.port};branch={branch}'), ('Max-Forwards', '70')] + headers, body)
        for wait in self.retransmit_after:
            self.socket.sendto(message.encode(), self.server)
            response = self._receive(time.monotonic() + wait, branch)
            if response:
                return response
        raise SipError(f'{method} {uri}: no response from {self.server[0]}:{self.server[1]}')

    def take_notifies(self):
        """The NOTIFYs that all requests so far have led to, in order.

        The server has one process for SIP: when it answers an OPTIONS, whatever came before is done, and its NOTIFYs are here.
        """
        name = '<sip:ping@127.0.0.1>'
        self.request('OPTIONS', 'sip:ping@127.0.0.1', [('From', f'{name};tag=ping'), ('To', name),
                                                      ('Call-ID', f'ping-{next(self.numbers)}'), ('CSeq', '1 OPTIONS')])
        taken, self.notifies = self.notifies, []
        return taken

    def subscribe(self, dialog, expires, asserted=None, address=None):
        """A SUBSCRIBE that opens `dialog`, or one within it when it has a tag of the server. `address`: From as it stands, without tag."""
        dialog.cseq += 1
        headers = [('From', f'{address or "<" + dialog.watcher + ">"};tag={dialog.from_tag}'),
                   ('To', f'<{dialog.presentity}>' + (f';tag={dialog.to_tag}' if dialog.to_tag else '')),
                   ('Call-ID', dialog.call_id), ('CSeq', f'{dialog.cseq} SUBSCRIBE'),
                   ('Contact', f'<sip:watcher@127.0.0.1:{self.port}>'), ('Event', dialog.package), ('Expires', str(expires))]
        if asserted:
            headers.append(('P-Asserted-Identity', f'<{asserted}>'))
        response = self.request('SUBSCRIBE', dialog.presentity, headers)
        if response.code < 300:
            dialog.to_tag = tag_of(response.header('To'))
        return response

    def publish(self, presentity, body, etag=None, expires=3600):
        """A PUBLISH: a new one, or with the entity tag of an earlier one its refresh, change (a body) or removal (expires 0)."""
        number = next(self.numbers)
        headers = [('From', f'<{presentity}>;tag=source-{number}'), ('To', f'<{presentity}>'), ('Call-ID', f'publish-{self.port}-{number}'),
                   ('CSeq', '1 PUBLISH'), ('Event', 'presence'), ('Expires', str(expires))]
        if etag:
            headers.append(('SIP-If-Match', etag))
        if body:
            headers.append(('Content-Type', 'application/pidf+xml'))
        return self.request('PUBLISH', presentity, headers, body)

    def _receive(self, until, branch):
        while (left := until - time.monotonic()) > 0:
            self.socket.settimeout(left)
            try:
                data, source = self.socket.recvfrom(65535)
            except socket.timeout:
                return None
            message = Message.decode(data)
            if message.start.startswith('NOTIFY '):
                self._answer(message, source)
            elif message.start.startswith('SIP/2.0 ') and branch in message.header('Via') and message.code >= 200:
                return message
        return None

    def _answer(self, notify, source):
        copied = [(name, value) for name, value in notify.headers if name.lower() in ('via', 'from', 'to', 'call-id', 'cseq')]
        self.socket.sendto(Message('SIP/2.0 200 OK', copied).encode(), source)
        identity = (notify.header('Call-ID'), notify.header('CSeq'))
        if identity not in self.seen:
            self.seen.add(identity)
            self.notifies.append(notify)
