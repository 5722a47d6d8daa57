"""Whether a file is GEXF 1.3, by a table of its elements.

The rules are those of the published schema (gexf.net/1.3: gexf, data, dynamics), for the parts that a network of people
needs; what is not in the table is an error, and so is what the schema cannot say: ids that stand twice, ties without
ends, values of the wrong type, intervals that end before they begin.

Usage: python gexf.py FILE.gexf…   Exits 1 where a file breaks a rule.
"""

import datetime
import re
import sys
from xml.etree import ElementTree

NAMESPACE = "{http://gexf.net/1.3}"
DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?|INF|-INF|NaN", re.ASCII)


def day(text):
    """Whether a text is a day of the calendar, ISO 8601."""
    if not DATE.fullmatch(text):
        return False
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def words(*allowed):
    """A type of few words."""
    return lambda text: text in allowed


def anything(_):
    return True


def count(text):
    return text.isascii() and text.isdigit()


def whole(text):
    return re.fullmatch(r"[+-]?\d+", text, re.ASCII) is not None


def number(text):
    return NUMBER.fullmatch(text) is not None


SPAN = {"start": day, "end": day}
# Element: attributes required, attributes allowed, children in their order (* any number, ? at most one).
ELEMENTS = {
    "gexf": ({"version": words("1.3")}, {"variant": anything}, ["meta?", "graph"]),
    "meta": ({}, {"lastmodifieddate": day}, ["creator?", "keywords?", "description?"]),
    "creator": ({}, {}, []),
    "keywords": ({}, {}, []),
    "description": ({}, {}, []),
    "graph": (
        {},
        {
            "defaultedgetype": words("directed", "undirected", "mutual"),
            "idtype": words("integer", "string"),
            "mode": words("static", "dynamic", "slice"),
            "timeformat": words("date"),
            "timerepresentation": words("interval"),
            **SPAN,
        },
        ["attributes*", "nodes", "edges"],
    ),
    "attributes": ({"class": words("node", "edge")}, {"mode": words("static", "dynamic")}, ["attribute*"]),
    "attribute": (
        {"id": anything, "title": anything, "type": words("string", "long", "integer", "double", "float", "boolean")},
        {},
        ["default?", "options?"],
    ),
    "default": ({}, {}, []),
    "options": ({}, {}, []),
    "nodes": ({}, {"count": count}, ["node*"]),
    "node": ({"id": anything}, {"label": anything, **SPAN}, ["attvalues?", "spells?"]),
    "edges": ({}, {"count": count}, ["edge*"]),
    "edge": (
        {"source": anything, "target": anything},
        {
            "id": anything,
            "type": words("directed", "undirected", "mutual"),
            "label": anything,
            "kind": anything,
            "weight": number,
            **SPAN,
        },
        ["attvalues?", "spells?"],
    ),
    "attvalues": ({}, {}, ["attvalue*"]),
    "attvalue": ({"for": anything, "value": anything}, SPAN, []),
    "spells": ({}, {}, ["spell*"]),
    "spell": ({}, SPAN, []),
}
TEXT = {"creator", "keywords", "description", "default", "options"}
VALUES = {"boolean": words("true", "false"), "long": whole, "integer": whole, "double": number, "float": number}


def structure(element, path, wrong):
    """Names, attributes and children by the table."""
    if not element.tag.startswith(NAMESPACE) or element.tag[len(NAMESPACE) :] not in ELEMENTS:
        wrong.append(f"{path}: no element {element.tag}")
        return
    required, allowed, children = ELEMENTS[element.tag[len(NAMESPACE) :]]
    for name in required.keys() - element.attrib.keys():
        wrong.append(f"{path}: {name} is missing")
    for name, value in element.attrib.items():
        kind = required.get(name) or allowed.get(name)
        if kind is None:
            wrong.append(f"{path}: no attribute {name}")
        elif not kind(value):
            wrong.append(f"{path}: {name} is {value!r}")
    if element.tag[len(NAMESPACE) :] not in TEXT and (element.text or "").strip():
        wrong.append(f"{path}: text {element.text.strip()[:30]!r}")
    names = [child.tag.removeprefix(NAMESPACE) for child in element]
    order = [name.rstrip("*?") for name in children]
    known = [name for name in names if name in order]
    if known != names:
        wrong.append(f"{path}: {sorted(set(names) - set(order))} within it")
    if known != sorted(known, key=order.index):
        wrong.append(f"{path}: its elements are out of order")
    for name in children:
        found = names.count(name.rstrip("*?"))
        if (name[-1] not in "*?" and found != 1) or (name[-1] == "?" and found > 1):
            wrong.append(f"{path}: {found} of {name.rstrip('?')}")
    for nth, child in enumerate(element):
        structure(child, f"{path}/{child.tag.removeprefix(NAMESPACE)}[{nth + 1}]", wrong)


def problems(path):
    """What breaks a rule, a line each; nothing where the file is GEXF 1.3."""
    root = ElementTree.parse(path).getroot()
    wrong = []
    structure(root, "gexf", wrong)
    if root.tag != f"{NAMESPACE}gexf" or wrong:
        return wrong or [f"the root is {root.tag}"]

    def every(name):
        return root.iter(NAMESPACE + name)

    graph = next(every("graph"))
    kinds = {}
    for group in every("attributes"):
        for one in group:
            key = (group.get("class"), one.get("id"))
            if key in kinds:
                wrong.append(f"attribute {key} stands twice")
            kinds[key] = one.get("type")
    titles = [(group.get("class"), one.get("title")) for group in every("attributes") for one in group]
    if len(set(titles)) != len(titles):
        wrong.append("two attributes of a class have one title")
    nodes = [node.get("id") for node in every("node")]
    edges = [edge.get("id") for edge in every("edge")]
    for name, ids in (("node", nodes), ("edge", edges)):
        if len(set(ids)) != len(ids) or None in ids:
            wrong.append(f"an id of a {name} stands twice or is missing")
        said = next(every(f"{name}s")).get("count")
        if said is not None and int(said) != len(ids):
            wrong.append(f"{said} {name}s are said, {len(ids)} are there")
    ends, known = set(), set(nodes)
    for edge in every("edge"):
        pair = frozenset((edge.get("source"), edge.get("target")))
        if not pair <= known:
            wrong.append(f"edge {edge.get('id')} has an end that is no node")
        if len(pair) != 2 or pair in ends:
            wrong.append(f"edge {edge.get('id')} is a loop or stands twice")
        ends.add(pair)
        if float(edge.get("weight", 1)) < 0:
            wrong.append(f"edge {edge.get('id')} has a negative weight")
    dynamic = graph.get("mode") == "dynamic"
    for name in ("graph", "node", "edge", "attvalue", "spell"):
        for one in every(name):
            start, end = one.get("start"), one.get("end")
            if (start or end) and not dynamic:
                wrong.append(f"{name} has days in a static graph")
            if start and end and start > end:
                wrong.append(f"{name} {one.get('id')} ends on {end}, before {start}")
    for name in ("node", "edge"):
        for one in every(name):
            seen = set()
            for value in one.iter(f"{NAMESPACE}attvalue"):
                kind = kinds.get((name, value.get("for")))
                if kind is None:
                    wrong.append(f"{name} {one.get('id')}: a value of no attribute, {value.get('for')}")
                elif not VALUES.get(kind, anything)(value.get("value")):
                    wrong.append(f"{name} {one.get('id')}: {value.get('value')!r} is no {kind}")
                if value.get("for") in seen:
                    wrong.append(f"{name} {one.get('id')}: two values of one attribute")
                seen.add(value.get("for"))
    return wrong


if __name__ == "__main__":
    found = [f"{path}: {line}" for path in sys.argv[1:] for line in problems(path)]
    print("\n".join(found) or "by the rules")
    sys.exit(1 if found else 0)
