#!/usr/bin/env python3
"""Prints the table of cases for peer.py, one a line: generate.py > cases.json"""

import json
import sys

import filtering
import life
import matching

cases = [row for module in (matching, filtering, life) for row in module.table()]
names = [row['name'] for row in cases]
repeated = {name for name in names if names.count(name) > 1}
if repeated:
    sys.exit(f'two cases have one name: {sorted(repeated)[0]}')
print('[' + ',\n'.join(json.dumps(row) for row in cases) + ']')
