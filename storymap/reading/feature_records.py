"""The shapes of gazetteer.geojson, key by key, for editors that complete and check it.

Reading does not go by them, for Linked Places of others may be anything: it takes what it knows.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from storymap.model import NameKind, Precision


class FeatureRecord(BaseModel):
    """An object with these keys and maybe others; a hyphen in a key is an underscore here."""

    model_config = ConfigDict(alias_generator=lambda name: name.replace("_", "-"), extra="allow")


class WhenRecord(FeatureRecord):
    """When something was so."""

    timespans: tuple[dict[str, Any], ...] = Field(
        (),
        description="spans with a start and maybe an end, each `in`, `earliest` or `latest`",
        examples=[[{"start": {"in": "1868"}, "end": {"in": "1926"}}]],
    )
    certainty: Literal["certain", "less-certain", "uncertain"] = Field(
        "certain", description="how sure that is", examples=["less-certain"]
    )
    edtf: str = Field(
        "",
        description="the same as EDTF, which goes before the spans",
        examples=["1868?/1926"],
    )


class LabelRecord(FeatureRecord):
    """A source."""

    label: str = Field("", description="what it is called", examples=["gazette, p. 3"])
    id: str = Field("", alias="@id", description="its id or address", examples=["gazette"])


class ToponymRecord(FeatureRecord):
    """One name of a place."""

    toponym: str = Field(description="the name itself", examples=["Pishpek"])
    lang: str = Field("und", description="its language (BCP 47)", examples=["en"])
    kind: NameKind = Field(NameKind.OFFICIAL, description="whose name it is", examples=["official"])
    when: WhenRecord | None = Field(
        None, description="when it was in use", examples=[{"edtf": "1868/1926"}]
    )
    citations: tuple[LabelRecord, ...] = Field(
        (),
        description="who says so",
        examples=[[{"label": "gazette", "@id": "gazette"}]],
    )
    note: str = Field("", description="a remark", examples=["fort until 1862"])


class PropertiesRecord(FeatureRecord):
    """What is said of a place besides its names and where it is."""

    title: str = Field(description="its name", examples=["Pishpek"])
    ccodes: tuple[str, ...] = Field(
        (), description="the country it lies in today (ISO 3166-1)", examples=[["KG"]]
    )
    fclasses: tuple[str, ...] = Field(
        (), description="its feature class in GeoNames", examples=[["P"]]
    )
    precision: Precision = Field(
        Precision.SETTLEMENT,
        description="how well its position is known",
        examples=["settlement"],
    )
    radius_km: float | None = Field(
        None, description="how far from the point the truth may lie", examples=[8]
    )
    box: tuple[float, ...] = Field(
        (),
        description="west, south, east, north in degrees",
        examples=[[8, 36, 86, 60]],
    )
    reason: str = Field(
        "", description="why nobody can locate it", examples=["only its name is known"]
    )
    geo_source: str = Field(
        "", description="where the coordinates are from", examples=["GeoNames 1528675"]
    )
    hints: tuple[str, ...] = Field(
        (), description="words that help to find it", examples=[["Chuy"]]
    )


class LinkRecord(FeatureRecord):
    """The same place elsewhere."""

    type: str = Field("exactMatch", description="how near it comes", examples=["closeMatch"])
    identifier: str = Field(description="its address or number there", examples=["gn:1528675"])


class RelationRecord(FeatureRecord):
    """What a place has to do with another."""

    relationType: str = Field(  # noqa: N815 - the key of Linked Places
        description="the relation; a place is part of what it has as its broaderPartitive",
        examples=["gvp:broaderPartitive"],
    )
    relationTo: str = Field(  # noqa: N815 - as above
        description="address of the other place", examples=["storymap:kyrgyzstan"]
    )
    label: str = Field("", description="its name", examples=["Kyrgyzstan"])


class DescriptionRecord(FeatureRecord):
    """A text about a place."""

    value: str = Field(description="the text (Markdown)", examples=["A fort."])


class PlaceFeature(FeatureRecord):
    """A place."""

    id: str = Field(
        alias="@id",
        description="its address; the end is its id",
        examples=["storymap:bishkek"],
    )
    type: Literal["Feature"] = Field(description="always Feature", examples=["Feature"])
    properties: PropertiesRecord = Field(
        description="what is said of it besides", examples=[{"title": "Pishpek"}]
    )
    names: tuple[ToponymRecord, ...] = Field(
        (), description="its names", examples=[[{"toponym": "Pishpek", "lang": "en"}]]
    )
    geometry: dict[str, Any] | None = Field(
        description="a point, outlines or both; null where nobody knows",
        examples=[{"type": "Point", "coordinates": [74.59, 42.87]}],
    )
    links: tuple[LinkRecord, ...] = Field(
        (),
        description="the same place elsewhere",
        examples=[[{"identifier": "wd:Q9361"}]],
    )
    relations: tuple[RelationRecord, ...] = Field(
        (),
        description="other places that it has to do with",
        examples=[
            [
                {
                    "relationType": "gvp:broaderPartitive",
                    "relationTo": "storymap:kyrgyzstan",
                }
            ]
        ],
    )
    descriptions: tuple[DescriptionRecord, ...] = Field(
        (), description="texts about it", examples=[[{"value": "A fort."}]]
    )
    citations: tuple[LabelRecord, ...] = Field(
        (),
        description="who speaks of it",
        examples=[[{"label": "gazette", "@id": "gazette"}]],
    )


class PlaceCollection(FeatureRecord):
    """The file gazetteer.geojson: Linked Places."""

    type: Literal["FeatureCollection"] = Field(
        description="always FeatureCollection", examples=["FeatureCollection"]
    )
    features: tuple[PlaceFeature, ...] = Field(description="the places", examples=[[]])
