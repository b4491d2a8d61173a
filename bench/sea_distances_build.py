"""Maintainers only: ``python -m bench.sea_distances_build CODES`` writes the ports and their sea distances.

Every pair with an end in Europe or in a French port overseas, by the shortest paths of searoute 1.6.0 (the
Northwest Passage always closed): all open, Suez closed, Panama closed. Empty where closing changes nothing.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import networkx as nx
import searoute
from searoute.searoute import get_graphs

OUT = Path("src/maillon/reference/freight/data")
CLOSED = ("northwest",), ("northwest", "suez"), ("northwest", "panama")
#: Where the point of the list is not where container ships go: Shanghai, at the mouth of the Yangtze between
#: the city and Yangshan, at the point that gives the published 19,194 km to Le Havre (the city itself gives
#: 19,243 km, Yangshan 19,135).
BERTHS = {"CNSHA": (31.35, 121.8)}
EUROPE = [
    "FR",
    "GP",
    "MQ",
    "RE",
    "GF",
    "YT",
    "NC",
    "PF",
    "BE",
    "NL",
    "DE",
    "GB",
    "IE",
    "DK",
    "SE",
    "NO",
    "FI",
    "EE",
    "LV",
    "LT",
    "PL",
    "PT",
    "ES",
    "IT",
    "MT",
    "SI",
    "HR",
    "GR",
    "RO",
    "BG",
    "CY",
]


def ports(codes: list[str]) -> list[tuple[str, str, float, float]]:
    text = (Path(searoute.__file__).parent / "data/ports.geojson").read_text(encoding="utf-8")
    known = {entry["properties"]["port"]: entry for entry in json.loads(text)["features"]}
    found = []
    for code in codes:
        lon, lat = known[code]["geometry"]["coordinates"]
        lat, lon = BERTHS.get(code, (lat, lon))
        found.append((code, known[code]["properties"]["name"], round(lat, 4), round(lon, 4)))
    return found


def lengths(sea: nx.Graph, start: tuple[float, float], closed: tuple[str, ...]) -> dict:
    def weigh(_from, _to, edge):
        return None if edge.get("passage") in closed else edge["weight"]

    return nx.single_source_dijkstra_path_length(sea, start, weight=weigh)


def main(codes: list[str]) -> None:
    sea, _ = get_graphs(None, None, "networkx")
    chosen = ports(codes)
    node = {code: tuple(sea.kdtree.query((lon, lat))) for code, _, lat, lon in chosen}
    head = "# Ports: searoute 1.6.0 (Apache-2.0), 2026-11-23; the first port of a country is its main one.\n"
    rows = [f"{code},{name.replace(',', ' ')},{lat},{lon}" for code, name, lat, lon in chosen]
    (OUT / "ports.csv").write_text(head + "port,name,lat,lon\n" + "\n".join(rows) + "\n", encoding="utf-8")
    done, lines = set(), []
    for code in [code for code in codes if code[:2] in EUROPE]:
        done.add(code)
        free, suez, panama = (lengths(sea, node[code], closed) for closed in CLOSED)
        for other in [other for other in codes if other not in done]:
            # a port whose node is the canal itself is reached without passing it
            km = [round(table.get(node[other], free[node[other]])) for table in (free, suez, panama)]
            lines.append(",".join([code, other, str(km[0]), *(str(k) if k != km[0] else "" for k in km[1:])]))
    head = "# Sea distances in km: shortest paths of searoute 1.6.0 (Apache-2.0), 2026-11-23.\n"
    columns = "origin,destination,km,km_without_suez,km_without_panama\n"
    (OUT / "sea_distances.csv").write_text(head + columns + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).read_text(encoding="utf-8").split())
