#!/usr/bin/env python3
"""How fast is `weaktie measure` against igraph and NetworKit?

  peers_measure.py --weaktie BIN --peers DIR --data DIR [--python PY] [--kernels BIN] [--plan g1,g2,g3] [--reps 5] [--only JOB,...]

BIN is a release build. --peers is the folder of the peers' scripts (peer_igraph.py, peer_networkit.py), --python an interpreter
that has their libraries, --data the folder of g1.csv, g2.csv, g3.csv. Every job runs ours and the peers in turn, --reps times, in
the same minutes; figures are medians. Two kinds of job:

  kernel   seconds of the measure alone, loading left out: ours from the bench `kernels` (`cargo bench --bench kernels -- FILE JOB`,
           whose program is given with --kernels), theirs from their scripts.
  process  the whole command, start to end: ours is `weaktie measure FILE --measures M`, theirs loading alone.

CPU seconds (all threads) are the figure to compare on a shared machine. Results go to benches/results/measure.json and .md.
"""
import argparse, json, os, platform, resource, statistics, subprocess, sys, tempfile, time

HERE = os.path.dirname(os.path.abspath(__file__))
# file, our job, its bound against the fastest peer, [(peer, job)]
KERNELS = [
    ("g1", "betweenness", 1.0, [("igraph", "betweenness")]),
    ("g2", "betweenness", 0.5, [("igraph", "betweenness")]),
    ("g1", "betweenness-weighted", 1.0, [("networkit", "betweenness_weighted")]),
    ("g1", "structural-holes", 0.5, [("igraph", "constraint")]),
    ("g2", "structural-holes", 0.5, [("igraph", "constraint")]),
    ("g3", "structural-holes", None, []),
    ("g1", "closeness", 1.0, [("igraph", "closeness")]),
]
for _file in ("g1", "g2", "g3"):
    KERNELS += [
        (_file, "clustering", 1.0, [("igraph", "clustering"), ("networkit", "clustering")]),
        (_file, "core-number", 1.0, [("igraph", "core"), ("networkit", "core")]),
        (_file, "components", 1.0, [("igraph", "components"), ("networkit", "components")]),
        (_file, "pagerank", 1.0, [("igraph", "pagerank"), ("networkit", "pagerank")]),
        (_file, "articulation", 1.0, [("igraph", "articulation")]),
    ]
PROCESSES = [
    ("g3", m, 0.5, [("networkit", "load")]) for m in ("degree", "core-number", "components", "clustering", "constraint")
]
# Slow peers are run once; their time is stable.
ONCE = {("g2", "igraph", "betweenness"): 1, ("g1", "networkit", "betweenness_weighted"): 2}


def timed(command, env=None):
    """Wall and CPU seconds of a finished command, and what it printed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, env=env)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}: exit {done.returncode}: {done.stderr.strip()[-300:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def ours_kernel(a, file, job, threads):
    env = dict(os.environ, RAYON_NUM_THREADS=str(threads))
    _, _, out = timed([a.kernels, "--bench", path(a, file), job], env)
    line = json.loads(out.strip().split("\n")[-1])
    return {"wall": line["wall"], "cpu": line["cpu"]}


def ours_process(a, file, measure, threads):
    out = os.path.join(tempfile.gettempdir(), f"weaktie-measure-{os.getpid()}.csv")
    wall, cpu, _ = timed([a.weaktie, "measure", path(a, file), "--measures", measure, "--threads", str(threads), "--out", out])
    os.remove(out)
    return {"wall": wall, "cpu": cpu}


def peer(a, file, name, job, threads=1):
    script = os.path.join(a.peers, f"peer_{name}.py")
    wall, cpu, out = timed([a.python, script, path(a, file), job, "--reps", "1", "--threads", str(threads)])
    line = json.loads(out.strip().split("\n")[-1])
    found = {"wall": line["seconds"], "cpu": line["cpu"], "version": line["version"], "load": line["load_seconds"]}
    return dict(found, process_wall=wall, process_cpu=cpu)


def path(a, file):
    return os.path.join(a.data, f"{file}.csv")


def median(runs, key):
    return round(statistics.median(run[key] for run in runs), 4)


def compare(a, kind, file, job, bound, peers):
    ours, both, theirs = [], [], {p: [] for p in peers}
    run = ours_kernel if kind == "kernel" else ours_process
    for rep in range(a.reps):
        ours.append(run(a, file, job, 1))
        both.append(run(a, file, job, 2))
        for p in peers:
            if rep < ONCE.get((file, *p), a.reps):
                theirs[p].append(peer(a, file, *p))
    found = {
        "kind": kind, "file": file, "job": job, "bound": bound, "runs": a.reps, "loadavg": round(os.getloadavg()[0], 1),
        "cpu": median(ours, "cpu"), "wall": median(ours, "wall"),
        "two_threads": {"cpu": median(both, "cpu"), "wall": median(both, "wall")},
        "peers": {},
    }
    found["speedup_two_threads"] = round(found["two_threads"]["wall"] / found["wall"], 3)
    for (name, theirs_job), runs in theirs.items():
        key = "load" if kind == "process" else "cpu"
        entry = {"job": theirs_job, "version": runs[0]["version"], "runs": len(runs), "seconds": median(runs, key)}
        entry["process_cpu"] = median(runs, "process_cpu")
        found["peers"][name] = entry
    if found["peers"]:
        best = min(entry["seconds"] for entry in found["peers"].values())
        found["ratio"] = round(found["cpu"] / best, 3) if best else None
    print(json.dumps(found), flush=True)
    return found


def markdown(result):
    lines = [
        "# `weaktie measure` against the fastest peers", "",
        f"{result['machine']}; medians of {result['reps']} runs in turn (slow peers fewer, see the JSON); CPU seconds of one thread. "
        "A kernel's time leaves loading out. Of a whole process the peer's figure is loading alone (wall seconds).", "",
        "| kind | file | job | ours | fastest peer | ratio | bound | two threads, wall of one |", "|---|---|---|---|---|---|---|---|",
    ]
    for r in result["results"]:
        best = min(r["peers"].items(), key=lambda p: p[1]["seconds"], default=None)
        peer_text = f"{best[0]} {best[1]['version']} {best[1]['seconds']}" if best else "none finishes"
        lines.append(
            f"| {r['kind']} | {r['file']} | {r['job']} | {r['cpu']} | {peer_text} | {r.get('ratio', '')} "
            f"| {'' if r['bound'] is None else r['bound']} | {r['speedup_two_threads']} |"
        )
    return "\n".join(lines + [""])


def machine():
    try:
        names = [line.split(":", 1)[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")]
        return f"{len(names)} × {names[0]}"
    except (OSError, IndexError):
        return f"{os.cpu_count()} × {platform.processor() or platform.machine()}"


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--weaktie", required=True)
    ap.add_argument("--kernels", help="the program of the bench `kernels`; without it kernel jobs are left out")
    ap.add_argument("--peers", required=True)
    ap.add_argument("--data", required=True)
    ap.add_argument("--python", default=sys.executable)
    ap.add_argument("--plan", default="g1,g2,g3")
    ap.add_argument("--only", default="")
    ap.add_argument("--reps", type=int, default=5)
    ap.add_argument("--out", default=os.path.join(HERE, "results"))
    a = ap.parse_args()
    files, only = a.plan.split(","), [o for o in a.only.split(",") if o]
    jobs = [("kernel", *job) for job in KERNELS if a.kernels] + [("process", *job) for job in PROCESSES]
    jobs = [job for job in jobs if job[1] in files and (not only or job[2] in only)]
    result = {"machine": machine(), "reps": a.reps, "results": []}
    os.makedirs(a.out, exist_ok=True)
    for job in jobs:
        result["results"].append(compare(a, *job))
        with open(os.path.join(a.out, "measure.json"), "w") as f:
            json.dump(result, f, indent=1)
            f.write("\n")
        with open(os.path.join(a.out, "measure.md"), "w") as f:
            f.write(markdown(result))


main()
