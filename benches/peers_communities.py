#!/usr/bin/env python3
"""Are our communities as good and as fast as those of igraph, leidenalg and NetworKit?

  peers_communities.py --bench BIN --data DIR [--reps 20] [--only NAME,...] [--out benches/results/communities.json]
  peers_communities.py --table benches/results/communities.json      # the table of communities.md, from what was measured

BIN is the program of the bench `communities` (release). DIR holds edge lists NAME.csv (source,target,weight, ids from 0), and
NAME.groups (node,group) where the groups are known. Every graph is run without weights, and with them where they differ. Modularity of
every partition, ours too, is worked out by igraph; NMI (arithmetic mean) by scikit-learn over the nodes whose group is known, of
the peer's run of best modularity. Seconds are CPU seconds of one thread, median of the runs; loading left out.
"""
import argparse, csv, glob, json, os, random, statistics, subprocess, tempfile, time


def table(rows):
    """The rows of communities.md."""
    s = lambda x: f"{x:.3g}"
    for r in rows:
        o, p = r["ours"], r["peers"]
        b = max(p, key=lambda x: p[x]["best_q"])
        whole = [x for x in p if p[x]["best_q"] > o["best_q"] and p[x]["s"] * p[x]["runs"] < o["best_s"]]
        single = [x for x in p if p[x]["median_q"] > o["one_median_q"] and p[x]["s"] < o["one_s"]]
        nmi = "-"
        if "nmi" in o:
            nmi = f"{o['nmi']:.3f} / {p[b]['nmi']:.3f} / {max(x['nmi'] for x in p.values()):.3f}"
        names = lambda found: ", ".join(found) or "none"
        print(f"| {r['graph']} {r['weights']} | {r['ties']:,} | {o['best_q']:.5f}, {s(o['best_s'])} | {o['one_median_q']:.5f}, {s(o['one_s'])} "
              f"| {b} {p[b]['best_q']:.5f}, {s(p[b]['s'])} | {o['best_q'] - p[b]['best_q']:+.5f} | {names(whole)} / {names(single)} | {nmi} |")



ap = argparse.ArgumentParser()
ap.add_argument("--bench"); ap.add_argument("--data"); ap.add_argument("--table")
ap.add_argument("--reps", type=int, default=20); ap.add_argument("--only", default="")
ap.add_argument("--out", default="communities.json"); ap.add_argument("--runs", type=int, default=0, help="seeds of ours; 0 = as many as the program takes: a million arcs over all, 20 to 100")
ap.add_argument("--patience", type=float, default=3.0, help="seconds after which a peer's runs of one graph stop")
a = ap.parse_args()
if a.table:
    table(json.load(open(a.table)))
    raise SystemExit
if not (a.bench and a.data):
    ap.error("name --bench and --data, or --table")
import igraph as ig, leidenalg as la, networkit as nk, numpy as np
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score
nk.setNumberOfThreads(1)
found = []
for path in sorted(glob.glob(os.path.join(a.data, "*.csv"))):
    name = os.path.basename(path)[:-4]
    if a.only and name not in a.only.split(","):
        continue
    d = np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)
    s, t, w = d[:, 0].astype(int), d[:, 1].astype(int), np.ascontiguousarray(d[:, 2])
    n = int(max(s.max(), t.max())) + 1
    g = ig.Graph(n=n, edges=np.column_stack([s, t]))
    groups = {}
    if os.path.exists(path[:-4] + ".groups"):
        groups = {int(r["node"]): r["group"] for r in csv.DictReader(open(path[:-4] + ".groups"))}
    for kind in ["u", "w"] if w.min() < w.max() else ["u"]:
        wl = w.tolist() if kind == "w" else None
        G = nk.GraphFromCoo((w if kind == "w" else np.ones(len(s)), (s, t)), n=n, weighted=kind == "w", directed=False)

        def known(m):
            if not groups:
                return {}
            nodes = sorted(groups)
            truth, mine = [groups[x] for x in nodes], [m[x] for x in nodes]
            return {"nmi": round(normalized_mutual_info_score(truth, mine), 4), "ari": round(adjusted_rand_score(truth, mine), 4)}

        def nk_run(algo):
            algo.run()
            return algo.getPartition().getVector()

        peers = {
            "igraph leiden 2": lambda k: g.community_leiden("modularity", weights=wl, n_iterations=2).membership,
            "igraph leiden -1": lambda k: g.community_leiden("modularity", weights=wl, n_iterations=-1).membership,
            "leidenalg 2": lambda k: la.find_partition(g, la.ModularityVertexPartition, weights=wl, n_iterations=2, seed=k).membership,
            "networkit leiden": lambda k: nk_run(nk.community.ParallelLeiden(G)),
            "networkit plm": lambda k: nk_run(nk.community.PLM(G, refine=True)),
            "igraph louvain": lambda k: g.community_multilevel(weights=wl).membership,
        }
        row = {"graph": name, "weights": kind, "people": n, "ties": len(s), "known": len(groups), "peers": {}}
        labels = tempfile.mktemp()
        env = dict(os.environ, RAYON_NUM_THREADS="1")
        out = subprocess.run([a.bench, "--bench", path, kind, str(a.runs or min(100, max(20, 500_000 // len(s)))), labels], capture_output=True, text=True, env=env, check=True).stdout
        lines = [json.loads(x) for x in out.strip().split("\n")]
        ones, best = [x for x in lines if x["job"] == "one"], lines[-1]
        # The scheduler keeps its account by the millisecond or worse: shorter runs are told by the wall clock.
        spent = lambda x: x["cpu"] if x["cpu"] >= 0.002 else x["wall"]
        m = [0] * n
        for r in csv.DictReader(open(labels)):
            m[int(r["node"])] = int(r["label"])
        os.remove(labels)
        parts = ig.VertexClustering(g, m)
        row["ours"] = {
            "one_q": max(x["modularity"] for x in ones), "one_s": statistics.median(map(spent, ones)), "runs": best["runs"],
            "one_median_q": statistics.median(x["modularity"] for x in ones),
            "best_q": round(g.modularity(m, weights=wl), 6), "best_s": round(spent(best), 4), "communities": best["communities"],
            "connected": all(c.is_connected() for c in parts.subgraphs()) if n < 100_000 else None, **known(m),
        }
        for peer, run in peers.items():
            qs, ts, top, start = [], [], None, time.time()
            for k in range(a.reps):
                random.seed(k); ig.set_random_number_generator(random.Random(k)); nk.setSeed(k, False)
                t0 = time.process_time(); m = run(k); ts.append(time.process_time() - t0)
                qs.append(g.modularity(m, weights=wl))
                top = m if qs[-1] == max(qs) else top
                if time.time() - start > a.patience:
                    break
            row["peers"][peer] = {"best_q": round(max(qs), 6), "median_q": round(statistics.median(qs), 6), "s": round(statistics.median(ts), 4), "runs": len(qs), **known(top)}
        found.append(row)
        o, p = row["ours"], row["peers"]
        b = max(p, key=lambda x: p[x]["best_q"])
        print(name, kind, f"ours {o['best_q']:.4f} in {o['best_s']:.3f} s (one {o['one_s']:.4f}) nmi {o.get('nmi')} | {b} {p[b]['best_q']:.4f} {p[b]['s']:.4f} s nmi {max((x.get('nmi') or 0) for x in p.values())}", flush=True)
        json.dump(found, open(a.out, "w"), indent=1)
