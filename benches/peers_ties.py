#!/usr/bin/env python3
"""`weaktie ties` and the strongest peers on the same log, in turn, in the same minutes.

  peers_ties.py --weaktie BIN --log LOG.csv --peers DIR --python PYTHON [--runs 5] [--threads 2] [--out FILE.json]

DIR holds peer_polars.py and peer_duckdb.py (each prints a JSON line for `FILE JOB --threads N --reps 1`), PYTHON has
their libraries. Ours is timed as a whole process: start, reading, every feature, the fitted model, the Parquet file
written. The peers are timed without their start and without writing anything. One round runs each once; medians over
rounds and ratios of medians go to FILE.json and a table beside it. Counts and decay sums must agree.
"""
import argparse, json, os, platform, resource, statistics, subprocess, sys, tempfile, time

ap = argparse.ArgumentParser()
ap.add_argument("--weaktie", required=True); ap.add_argument("--log", required=True)
ap.add_argument("--peers", required=True); ap.add_argument("--python", required=True)
ap.add_argument("--runs", type=int, default=5); ap.add_argument("--threads", type=int, default=2)
ap.add_argument("--ladder", nargs="*", default=[], help="further logs, ours only: seconds a row by size")
ap.add_argument("--out")
a = ap.parse_args()


def ours(log, out):
    """Wall and CPU seconds, peak MB of one process."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run = subprocess.Popen([a.weaktie, "ties", log, "--out", out, "--threads", str(a.threads), "--json"], stdout=subprocess.PIPE,
                           env={**os.environ, "POLARS_MAX_THREADS": str(a.threads)})
    said = run.stdout.read()
    _, status, usage = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - start
    if run.returncode:
        sys.exit("weaktie failed")
    return {"seconds": wall, "cpu": usage.ru_utime + usage.ru_stime, "peak_mb": usage.ru_maxrss / 1024, "said": json.loads(said)}


def peer(name, job):
    line = subprocess.run([a.python, os.path.join(a.peers, f"peer_{name}.py"), a.log, job, "--threads", str(a.threads), "--reps", "1"],
                          capture_output=True, text=True, check=True).stdout.strip().splitlines()[-1]
    d = json.loads(line)
    return {"seconds": d["seconds"], "cpu": d["cpu"], "peak_mb": d["peak_rss_mb"], "version": d["version"], "quality": d["quality"]}


PEERS = {"polars streaming": ("polars", "aggregate_stream"), "DuckDB": ("duckdb", "aggregate")}
rounds, ladder = [], {}
with tempfile.TemporaryDirectory() as folder:
    table = os.path.join(folder, "ties.parquet")
    for n in range(a.runs):
        load = os.getloadavg()[0]
        one = {"load": load, "weaktie": ours(a.log, table), **{k: peer(*v) for k, v in PEERS.items()}}
        rounds.append(one)
        print(f"round {n + 1}: " + ", ".join(f"{k} {v['seconds']:.2f} s / {v['cpu']:.2f} CPU s / {v['peak_mb']:.0f} MB" for k, v in one.items() if k != "load"), flush=True)
    # The peers' sums, from our table by one of them.
    check = ("import polars as pl, json, sys; d = pl.read_parquet(sys.argv[1]); "
             "print(json.dumps({'rows': int(d['interactions'].sum()), 'pairs': len(d), 'decay_sum': round(float(d['decay_sum'].sum()), 3), "
             "'email': int(d['email'].sum()), 'a_to_b': int(d['a_to_b'].sum()), 'last_max': int(d['last'].max().timestamp())}))")
    env = {**os.environ, "TZ": "UTC"}
    sums = json.loads(subprocess.run([a.python, "-c", check, table], capture_output=True, text=True, check=True, env=env).stdout)
    for log in [*a.ladder, a.log]:
        runs = [ours(log, table) for _ in range(a.runs)]
        rows = runs[0]["said"]["inputs"][0]["rows_read"]
        ladder[rows] = {"seconds": statistics.median(r["seconds"] for r in runs), "cpu": statistics.median(r["cpu"] for r in runs), "peak_mb": max(r["peak_mb"] for r in runs)}

names = ["weaktie", *PEERS]
mid = {k: {m: statistics.median(r[k][m] for r in rounds) for m in ("seconds", "cpu", "peak_mb")} for k in names}
agree = {k: all(rounds[-1][k]["quality"][m] == v for m, v in sums.items()) for k in PEERS}
cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.processor())
result = {
    "what": "ties of a log: whole process of weaktie against the aggregation alone of the peers",
    "log": {"bytes": os.path.getsize(a.log), "rows": sums["rows"], "pairs": sums["pairs"]},
    "machine": {"cpu": cpu, "cores": os.cpu_count(), "threads": a.threads},
    "runs": a.runs, "load": [round(r["load"], 1) for r in rounds], "versions": {k: rounds[-1][k]["version"] for k in PEERS},
    "medians": mid, "ratio_to_best_peer": {m: mid["weaktie"][m] / min(mid[k][m] for k in PEERS) for m in ("seconds", "cpu", "peak_mb")},
    "same_counts_and_sums": agree, "sums": sums, "ladder": ladder,
}
print(json.dumps(result["ratio_to_best_peer"]), json.dumps(agree))
if a.out:
    with open(a.out, "w") as o:
        json.dump(result, o, indent=1); o.write("\n")
    with open(os.path.splitext(a.out)[0] + ".md", "w") as o:
        o.write(f"# Ties of a log: {sums['rows']:,} rows, {sums['pairs']:,} pairs\n\n")
        o.write(f"{a.runs} rounds in turn, {a.threads} threads, {cpu}, load {result['load']}. Ours: the whole process, written Parquet included;\n")
        o.write("peers: the aggregation alone, a fraction of the features, nothing written. Made by `benches/peers_ties.py`.\n\n")
        o.write("| engine | wall s | CPU s | peak MB | same counts and decay sum |\n|---|---|---|---|---|\n")
        for k in names:
            label = f"{k} {result['versions'][k]}" if k in PEERS else k
            o.write(f"| {label} | {mid[k]['seconds']:.2f} | {mid[k]['cpu']:.2f} | {mid[k]['peak_mb']:.0f} | {'' if k == 'weaktie' else 'yes' if agree[k] else 'NO'} |\n")
        r = result["ratio_to_best_peer"]
        o.write(f"| **ours / best peer** | **{r['seconds']:.2f}** | **{r['cpu']:.2f}** | **{r['peak_mb']:.2f}** | |\n\n")
        o.write("| rows | wall s | wall ns a row | CPU ns a row | peak MB |\n|---|---|---|---|---|\n")
        for rows, d in sorted(ladder.items()):
            o.write(f"| {rows:,} | {d['seconds']:.3f} | {d['seconds'] / rows * 1e9:.0f} | {d['cpu'] / rows * 1e9:.0f} | {d['peak_mb']:.0f} |\n")
