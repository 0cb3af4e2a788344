"""`storymap schema`."""

import click

from storymap.cli.speech import result


@click.command()
@click.argument("kind", metavar="[KIND]", default="")
def schema(kind: str) -> None:
    """Print the JSON Schema of the file kind KIND; without KIND, list the kinds."""
    import json  # noqa: PLC0415 - `--help` needs none of it

    from storymap.reading.schemas import json_schemas  # noqa: PLC0415 - as above

    schemas = json_schemas()
    if not kind:
        result("\n".join(schemas))
    elif kind in schemas:
        result(json.dumps(schemas[kind], indent=2, ensure_ascii=False))
    else:
        message = f"{kind!r} is none of {', '.join(schemas)}"
        raise click.BadParameter(message, param_hint="KIND")
