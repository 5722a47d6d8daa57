"""Opens what weaktie writes with the programs people use, and compares every node and tie with audit.json.

Usage: python check.py WEAKTIE FOLDER   (the program, and the report folder of an audit)

Prints a line a reader; exits 1 when one lost or changed something.
"""

import json
import math
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import igraph
import jsonschema
import networkx
import pandas
import polars

import gexf

HERE = Path(__file__).resolve().parent


def export(program, folder, form, *more):
    """What `weaktie export` writes, as a file."""
    out = Path(tempfile.mkdtemp()) / f"network.{form}"
    subprocess.run([program, "export", folder, "--format", form, *more, "--out", out], check=True)
    return out


def missing(value):
    """Whether a reader shows a value as missing."""
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value)) or value is pandas.NaT


def same(found, wanted):
    """Whether a reader's value is the saved one; days may come as dates or as text, numbers as text."""
    if missing(wanted) or missing(found):
        return missing(wanted) and missing(found)
    if isinstance(wanted, (int, float)):
        return float(found) == float(wanted)
    return str(found)[: len(wanted)] == wanted and str(found)[len(wanted) :] in ("", " 00:00:00")


class Check:
    """The saved audit, and what readers made of it."""

    def __init__(self, audit):
        self.people = {person["id"]: person for person in audit["people"]}
        self.owner = audit["ego"]["id"]
        self.ties = {frozenset((tie["a"], tie["b"])): tie for tie in audit["ties"]}
        assert len(self.ties) == len(audit["ties"]), "a pair stands twice"
        self.failed = False

    def compare(self, reader, nodes, ties, weight):
        """`nodes`: id -> attributes, or None; `ties`: (a, b, attributes)."""
        wrong = []
        if nodes is not None:
            if set(nodes) - {self.owner} != set(self.people):
                wrong.append("other nodes")
            else:
                for key, person in self.people.items():
                    for name in ("name", "company", "function", "community", "connected_on"):
                        if name in nodes[key] and not same(nodes[key][name], person[name]):
                            wrong.append(f"{name} of {key}: {nodes[key][name]!r}")
                    for name, value in person["measures"].items():
                        if not same(nodes[key].get(name), value):
                            wrong.append(f"{name} of {key}: {nodes[key].get(name)!r}")
        if ties is not None:
            found = {frozenset((a, b)): data for a, b, data in ties}
            if set(found) != set(self.ties) or len(found) != len(ties):
                wrong.append("other ties")
            else:
                for pair, tie in self.ties.items():
                    data = found[pair]
                    wanted = {"evidence": tie["evidence"], "first": tie["first"], "last": tie["last"]}
                    wanted |= {weight: tie["strength"], "interactions": tie["interactions"]}
                    for name, value in wanted.items():
                        if not same(data.get(name), value):
                            wrong.append(f"{name} of {sorted(pair)}: {data.get(name)!r}, not {value!r}")
        for line in wrong[:5]:
            print(f"  {line}")
        count = f"{len(nodes or {})} nodes, {len(ties or [])} ties"
        print(f"{reader}: {'lost or changed something' if wrong else 'whole'} ({count})")
        self.failed |= bool(wrong)


# One fault each: what to look for in a file, and what to put there.
FAULTS = [
    ('version="1.3"', 'version="1.2"'),
    ('<nodes count="', '<nodes count="9'),
    ('type="boolean"', 'type="bool"'),
    (' value="true"', ' value="yes"'),
    (' source="', ' source="nobody-'),
    (' end="20', ' end="19'),
    ('mode="dynamic"', 'mode="static"'),
    ('<attvalue for="0"', '<attvalue for="999"'),
    ("<creator>", "<author/><creator>"),
]


def faults_unseen(path):
    """Faults that the rules of GEXF do not notice in a file that has them."""
    text = Path(path).read_text(encoding="utf-8")
    spoilt = Path(tempfile.mkdtemp()) / "spoilt.gexf"
    unseen = []
    for old, new in FAULTS:
        spoilt.write_text(text.replace(old, new, 1), encoding="utf-8")
        if old not in text or not gexf.problems(spoilt):
            unseen.append(old)
    return unseen


def rows(table):
    """The rows of a pandas table as dictionaries."""
    return table.to_dict("records")


def main(program, folder):
    audit = json.loads((Path(folder) / "audit.json").read_text(encoding="utf-8"))
    check = Check(audit)
    schema = json.loads((HERE / "../../data/schema/audit.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(audit)
    print("jsonschema: audit.json is what its schema says")

    for name, path in [
        ("NetworkX, network.gexf", Path(folder) / "network.gexf"),
        ("NetworkX, export gexf", export(program, folder, "gexf")),
    ]:
        told = gexf.problems(path)
        told += [f"unnoticed: a fault at {fault}" for fault in faults_unseen(path)]
        check.failed |= bool(told)
        print("\n".join([f"GEXF 1.3, {path.name}: {'wrong' if told else 'by the rules'}"] + told[:5]))
        graph = networkx.read_gexf(path)
        nodes = {key: data | {"name": data["label"]} for key, data in graph.nodes(data=True)}
        ties = list(graph.edges(data=True))
        check.compare(name, nodes, ties, "weight")
        timed = sum(1 for _, _, data in ties if same(data.get("start"), data.get("first")) and "start" in data)
        dated = sum(1 for _, _, data in ties if data.get("first") and data.get("last"))
        if timed != dated or not dated:
            check.failed = True
            print(f"  {timed} of {dated} dated ties stand on the timeline")

    path = export(program, folder, "graphml")
    graph = networkx.read_graphml(path)
    check.compare("NetworkX, export graphml", dict(graph.nodes(data=True)), list(graph.edges(data=True)), "weight")
    graph = igraph.Graph.Read_GraphML(str(path))
    nodes = {node["id"]: node.attributes() for node in graph.vs}
    ties = [(graph.vs[tie.source]["id"], graph.vs[tie.target]["id"], tie.attributes()) for tie in graph.es]
    check.compare("igraph, export graphml", nodes, ties, "weight")

    path = export(program, folder, "json")
    graph = networkx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")
    check.compare("NetworkX, export json", dict(graph.nodes(data=True)), list(graph.edges(data=True)), "weight")

    def tables(name, people, ties):
        people = {row["id"]: row for row in people}
        check.compare(name, people, [(row["a"], row["b"], row) for row in ties], "strength")

    files = [str(Path(folder) / "people.parquet"), str(Path(folder) / "ties.parquet")]
    tables("pandas, Parquet", *(rows(pandas.read_parquet(file)) for file in files))
    tables("polars, Parquet", *(polars.read_parquet(file).to_dicts() for file in files))
    ask = "SELECT * FROM read_parquet(?)"
    tables("DuckDB, Parquet", *(rows(duckdb.execute(ask, [file]).df()) for file in files))
    sheets = [export(program, folder, "csv", "--table", table) for table in ("people", "ties")]
    tables("pandas, export csv", *(rows(pandas.read_csv(sheet, dtype={"id": str, "a": str, "b": str})) for sheet in sheets))
    days = duckdb.execute("SELECT typeof(first) FROM read_parquet(?) LIMIT 1", [files[1]]).fetchone()
    if days != ("DATE",):
        check.failed = True
        print(f"  days are {days}, not dates")
    sys.exit(1 if check.failed else 0)


if __name__ == "__main__":
    main(*sys.argv[1:3])
