"""Scenarios whose names and ids can be told from the words around them, for reading sentences."""

from __future__ import annotations

from typing import Any

from generate import Generator
from writing import Content

NAMES = "Apple Berry Cedar Daisy Elder Fern Grape Holly".split()
WORDS = "rope boat oars shed tide calm rain wind lamp door".split()


class PlainGenerator(Generator):
    """Hypotheses are called after plants, items e1 and so on, sources S1 and so on, all else is small words."""

    def ids(self, n: int, prefix: str) -> list[str]:
        return [name.lower() for name in NAMES[:n]] if prefix == "h" else [f"{prefix}{k + 1}" for k in range(n)]

    def text(self, most: int = 6) -> str:
        return " ".join(self.r.choice(WORDS) for _ in range(self.r.randint(1, most)))

    def content(self, small: bool = False) -> Content:
        return named(super().content(small))

    def version(self, first: Content) -> Content:
        return named(super().version(first))


def named(content: Content) -> Content:
    """With names that are the ids, written large."""
    large: dict[str, Any] = {"hypothesis": str.title, "source": str.upper}
    for kind, name in large.items():
        for part in content[kind]:
            part["name"] = name(part["id"])
            part.pop("short", None)
    return content


def plain(seed: int) -> str:
    generator = PlainGenerator(seed)
    return generator.render(generator.content(small=generator.chance(0.4)))


def plain_versions(seed: int) -> list[str]:
    """Two or three versions of a scenario."""
    generator = PlainGenerator(seed)
    contents = [generator.content(small=generator.chance(0.5))]
    while len(contents) < generator.pick(2, 3):
        contents.append(generator.version(contents[-1]))
    return [generator.render(content) for content in contents]
