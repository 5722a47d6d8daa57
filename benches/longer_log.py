#!/usr/bin/env python3
"""A log of the same people with twenty rows for each row: `longer_log.py FROM.csv TO.csv [TIMES]`.

Each row is repeated seven hours earlier, fourteen, and so on: what a row costs when the people stay the same. A row without a readable
time stands once.
"""
import datetime, sys

source, target = sys.argv[1:3]
times = int(sys.argv[3]) if len(sys.argv) > 3 else 20
with open(source) as rows, open(target, "w") as out:
    out.write(next(rows))
    for row in rows:
        stamp, rest = row.split(",", 1)
        try:
            at = datetime.datetime.fromisoformat(stamp.replace("Z", "+00:00"))
        except ValueError:
            out.write(row)
            continue
        for n in range(times):
            out.write((at - datetime.timedelta(hours=7 * n)).isoformat().replace("+00:00", "Z") + "," + rest)
