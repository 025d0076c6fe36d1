"""What our own export says of a story, as a snapshot of it: what the newsroom does not know by its code is looked up
by its name, and what is known by neither stays as it is printed. Pure."""

from articles.text import fold


def restored(given: dict, reader) -> dict:
    """The snapshot. ``given`` is ``WireItem.content``; ``reader`` knows places, topics, sources, authors and limits."""
    kept = {name: _cut(name, value, reader) for name, value in given.items() if name != "created_at"}
    return kept | {
        "regions": [code for code in dict.fromkeys(given["regions"]) if code in reader.paths],
        "topics": list(dict.fromkeys(code for topic in given["topics"] if (code := _topic(topic, reader)))),
        "bylines": [_byline(line, reader) for line in given["bylines"]],
        "citations": [_citation(one, reader) for one in given["citations"]],
        "captions": [
            {name: _cut(name, value, reader) for name, value in one.items() if name != "file"}
            for one in given["captions"]
        ],
    }


def _cut(name, value, reader):
    return value[: reader.limits[name]] if name in reader.limits and isinstance(value, str) else value


def _topic(topic, reader):
    if topic["code"] in reader.topic_names:
        return topic["code"]
    return reader.topic_codes.get(fold(topic["name"])) if topic["name"] else None


def _byline(line, reader):
    name = line["name"] or line["text"]
    author = line["author"] if line["author"] in reader.author_codes else reader.authors.get(fold(name))
    return {"author": author, "text": _cut("text", line["text"] if author else name, reader)}


def _citation(one, reader):
    source = _source(one["source"], one["name"], reader)
    return {
        "source": source,
        "confidential": None,
        "as_printed": _cut("as_printed", one["as_printed"] if source else one["as_printed"] or one["name"], reader),
        "use": one["use"],
        "via": _source(one["via"], "", reader),
    }


def _source(code, name, reader):
    if code in reader.directory.sources:
        return code
    known = reader.directory.named(name) if name else None
    return known.code if known else None
