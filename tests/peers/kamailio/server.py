"""A Kamailio of the test's own: started on a free loopback port with its own configuration and database, ended by its process id.

Debian packages: kamailio kamailio-presence-modules kamailio-xml-modules kamailio-sqlite-modules kamailio-utils-modules.
"""

import ctypes
import glob
import http.client
import os
import pathlib
import shutil
import signal
import socket
import sqlite3
import subprocess
import tempfile
import time
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
SCHEMAS = pathlib.Path('/usr/share/kamailio/db_sqlite')
MODULES = ('db_sqlite', 'presence', 'presence_xml', 'sl', 'tm', 'pv', 'xcap_server', 'xhttp')

# What a case may ask for, and what it gets otherwise: the defaults of the modules, From as identity, watchers told after an upload.
DEFAULTS = {
    'force_active': False,         # presence_xml: no rules at all
    'enable_sphere_check': False,  # presence: sphere conditions count
    'publ_cache': 1,               # presence: 0 database only, 1 presentities also in memory
    'subscribe_response': 200,     # 200 or 202, for every accepted SUBSCRIBE, blocked and pending ones included
    'identity': 'from',            # or 'asserted': P-Asserted-Identity where there is one
    'time_zone': 'UTC',            # TZ of the server
    'update_watchers': True,       # pres_update_watchers() after PUT and DELETE
    'refresh_watchers': True,      # pres_refresh_watchers(..., 1) after PUT and DELETE
}


class ServerError(Exception):
    """Kamailio does not start, does not answer, or has died."""


def missing():
    """What is not installed, in words; '' when all is there."""
    if not shutil.which('kamailio'):
        return 'kamailio is not installed'
    folders = glob.glob('/usr/lib/*/kamailio/modules') + glob.glob('/usr/lib/kamailio/modules')
    absent = [name for name in MODULES if not any(os.path.exists(f'{folder}/{name}.so') for folder in folders)]
    if absent:
        return f'the module {absent[0]} of kamailio is not installed'
    return '' if (SCHEMAS / 'presence-create.sql').exists() else f'{SCHEMAS} has no schema of the database'


def free_port():
    """A port that is free for UDP and TCP on loopback just now."""
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
            tcp.bind(('127.0.0.1', 0))
            try:
                udp.bind(tcp.getsockname())
            except OSError:
                continue
            return tcp.getsockname()[1]


def die_with_parent():
    """Linux: the server gets SIGTERM when the test is killed and cannot end it."""
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


class Server:
    def __init__(self, parameters=None):
        unknown = set(parameters or {}) - set(DEFAULTS)
        if unknown:
            raise ServerError(f'unknown parameter {sorted(unknown)[0]!r}; known are {", ".join(sorted(DEFAULTS))}')
        self.parameters = DEFAULTS | (parameters or {})
        self.process = None
        self.folder = None
        self.port = None

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix='presproof-kamailio-'))
        try:
            self._create_database()
            for _ in range(3):  # somebody may take the free port in between
                if self._start():
                    return self
            raise ServerError(f'kamailio does not start; it says:\n{self.log()[-2000:]}')
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *_):
        self.stop()

    @property
    def address(self):
        return ('127.0.0.1', self.port)

    def log(self):
        path = self.folder / 'log'
        return path.read_text(errors='replace') if path.exists() else ''

    def stop(self):
        self._end_process()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder = None

    def http(self, method, path, body=None):
        """The status of an HTTP request. Its effects are complete when this returns: see `settle`."""
        status = self._http_once(method, path, body)
        self.settle()
        return status

    def settle(self):
        """One process serves HTTP: when it answers this, it is done with the request before, and NOTIFYs of that are sent."""
        self._http_once('GET', '/', None)

    def xcap(self, method, presentity, body=None, auid='pres-rules', file='index'):
        return self.http(method, f'/xcap-root/{auid}/users/{urllib.parse.quote(presentity, safe=":@")}/{file}', body)

    def _http_once(self, method, path, body):
        connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=10)
        try:
            connection.request(method, path, body.encode() if body is not None else None, {'Content-Type': 'application/auth-policy+xml'})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException) as error:
            raise ServerError(f'{method} {path}: {error}; kamailio says:\n{self.log()[-2000:]}') from None
        finally:
            connection.close()

    def _create_database(self):
        with sqlite3.connect(self.folder / 'database') as database:
            database.execute('PRAGMA journal_mode = WAL')
            for name in ('standard', 'presence'):
                database.executescript((SCHEMAS / f'{name}-create.sql').read_text())
        database.close()

    def _configuration(self):
        values = {
            'port': self.port,
            'database': f'sqlite:///{self.folder}/database',
            'debug': os.environ.get('PRESPROOF_KAMAILIO_DEBUG', '1'),
            'force_active': int(self.parameters['force_active']),
            'enable_sphere_check': int(self.parameters['enable_sphere_check']),
            'publ_cache': self.parameters['publ_cache'],
            'subs_respond_200': int(self.parameters['subscribe_response'] == 200),
        }
        text = (HERE / 'kamailio.cfg.in').read_text()
        for name, value in values.items():
            text = text.replace(f'@{name}@', str(value))
        return text

    def _definitions(self):
        wanted = {'ASSERTED_IDENTITY': self.parameters['identity'] == 'asserted', 'UPDATE_WATCHERS': self.parameters['update_watchers'],
                  'REFRESH_WATCHERS': self.parameters['refresh_watchers']}
        return [argument for name, on in wanted.items() if on for argument in ('-A', name)]

    def _start(self):
        self.port = free_port()
        configuration = self.folder / 'kamailio.cfg'
        configuration.write_text(self._configuration())
        command = ['kamailio', '-f', str(configuration), '-DD', '-E', '-m', '128', '-M', '32', '-Y', str(self.folder)] + self._definitions()
        with open(self.folder / 'log', 'w') as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True,
                                            preexec_fn=die_with_parent, env=os.environ | {'TZ': self.parameters['time_zone']})
        until = time.monotonic() + 10
        while time.monotonic() < until and self.process.poll() is None:
            try:
                self.settle()
                return True
            except ServerError:
                time.sleep(0.02)
        self._end_process()
        return False

    def _end_process(self):
        if not self.process:
            return
        self.process.terminate()  # the main process ends its children
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)  # the group is its own: start_new_session
            self.process.wait()
        self.process = None
