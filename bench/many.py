"""Stories far larger than ours, made up from a seed: the same numbers give the same files.

Places crowd round towns, as they do; each third has a Russian name too, each fourth the years of
its own, each tenth a remark. Steps are a paragraph each, and name two or three places.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

SEED = 1923
TOLD = 30
"""places that steps name"""
TOWNS = 60
"""what the others lie around"""
WEST, SOUTH, EAST, NORTH = 46.5, 37.0, 86.5, 54.5
"""where all of them lie"""

HEADS = ("Ak", "Kara", "Kyzyl", "Sary", "Kök", "Jeti", "Taş", "Bel", "Novo", "Staro", "Şor", "Uç")
STEMS = ("su", "tal", "bulak", "döbö", "kol", "moynok", "jar", "terek", "bazar", "selo", "kent")
ENDS = ("", "", "", " Ata", "ka", "sk", "ovka", "tau", " Tract", "-Kurgan", " II")
LETTERS = dict(zip("abvgdejzikomnprstufyölqçşwx", "абвгдежзикомнпрстуфыөлкчшвх", strict=True))

STORY = """\
format: 1
title: Many places
language: en
cover: {promise: A story that was made up to be large.}
"""
TITLES = "id,title,start,end,variants,lat,lon,ccodes,geonames,fclasses,description\n"
STEP = """\
---
title: What happened in {year}, {number}
when: {when}
places: [{places}]
---
{text}
"""
SENTENCE = "The people of {name} met in the hall and spoke of water, of bricks and of the harvest. "


def write_story(folder: Path, *, places: int, steps: int) -> Path:
    """Write a story with so many *places* that no step names, beside those that steps do."""
    random = Random(SEED)  # noqa: S311 - a plausible story, no secret
    names = [_name(random) for _ in range(TOLD)]
    (folder / "events").mkdir(parents=True)
    (folder / "story.yaml").write_text(STORY, encoding="utf-8")
    told = (_row(f"told-{n}", name, at, random) for n, (name, at) in enumerate(_told(names)))
    others = _others(places, random)
    (folder / "gazetteer.csv").write_text(TITLES + "".join((*told, *others)), encoding="utf-8")
    for number in range(steps):
        path = folder / "events" / f"{(number + 1) * 10:05}-step-{number}.md"
        path.write_text(_step(number, steps, names), encoding="utf-8")
    return folder


def _told(names: list[str]) -> Iterator[tuple[str, tuple[float, float]]]:
    """Yield the places of the steps, spread over the whole map."""
    for n, name in enumerate(names):
        lon = WEST + (EAST - WEST) * (n * 0.618_034 % 1)
        yield name, (SOUTH + (NORTH - SOUTH) * n / (TOLD - 1), lon)


def _others(places: int, random: Random) -> Iterator[str]:
    towns = [(random.uniform(SOUTH, NORTH), random.uniform(WEST, EAST)) for _ in range(TOWNS)]
    for n in range(places):
        lat, lon = random.choice(towns) if n % 5 else (random.gauss(45, 3), random.gauss(66, 8))
        lat = _within(random.gauss(lat, 0.7), SOUTH, NORTH)
        lon = _within(random.gauss(lon, 1), WEST, EAST)
        yield _row(f"place-{n}", _name(random), (lat, lon), random)


def _within(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)


def _row(id: str, name: str, at: tuple[float, float], random: Random) -> str:
    chance = random.random()
    start, end = "", ""
    if chance < 0.25:
        start = str(random.randrange(1780, 1930))
        end = str(int(start) + random.randrange(20, 60)) if chance < 0.1 else ".."
    russian = f"{_cyrillic(name)}@ru" if random.random() < 0.33 else ""
    remark = f"A village by the river; {name} had a mill." if random.random() < 0.1 else ""
    kind = random.choice("PPPPPPPHTS")
    number = random.randrange(1_000_000, 13_000_000)
    lat, lon = (round(degrees, 5) for degrees in at)
    return f"{id},{name},{start},{end},{russian},{lat},{lon},KZ,{number},{kind},{remark}\n"


def _name(random: Random) -> str:
    return random.choice(HEADS) + random.choice(STEMS) + random.choice(ENDS)


def _cyrillic(name: str) -> str:
    return "".join(LETTERS.get(letter, letter) for letter in name.lower()).capitalize()


def _step(number: int, steps: int, names: list[str]) -> str:
    """Return a step; years run evenly, and each fourth step has a day."""
    year = 1900 + number * 60 // steps
    when = f"{year}-{number % 12 + 1:02}-{number % 28 + 1:02}" if steps <= 60 else str(year)
    chosen = [(number * 2 + k) % TOLD for k in range(2 + number % 2)]
    text = "".join(SENTENCE.format(name=names[n]) for n in chosen) * 2
    ids = ", ".join(f"told-{n}" for n in chosen)
    return STEP.format(year=year, number=number + 1, when=when, places=ids, text=text)
