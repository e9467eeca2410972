"""Lexicons by value: read once, sent anywhere, compiled where they are used."""

from __future__ import annotations

import functools
import os
from collections.abc import Iterable, Mapping
from typing import Optional, Union

from . import _condong

Folder = Union[str, "os.PathLike[str]", Mapping[str, str]]
Layer = tuple[str, tuple[tuple[str, str], ...]]


class Lexicon:
    """The words and weights by which posts are scored.

    Args:
        lexicon: A folder of CSV files, or a mapping of their paths inside it to their text; the built-in one if None.
        overlay: One or several of the same, whose rows add to the lexicon and override it, later ones earlier ones.

    Files are read when it is made and travel with it when it is pickled, so executors need not have them. A bad row is a
    ``ValueError`` with file and line, raised when the lexicon is first used; a folder that cannot be read is an
    ``OSError``.
    """

    def __init__(self, lexicon: Optional[Folder] = None, overlay: Union[Folder, Iterable[Folder], None] = None):
        overlays = [overlay] if isinstance(overlay, (str, os.PathLike, Mapping)) else list(overlay or ())
        self._over_builtin = lexicon is None
        layers = [("lexicon", lexicon)] if lexicon is not None else []
        layers += [("overlay", layer) for layer in overlays]
        self._layers: tuple[Layer, ...] = tuple(_layer(name, layer) for name, layer in layers)

    @classmethod
    def of(cls, lexicon: Union["Lexicon", Folder, None], overlay=None) -> "Lexicon":
        """The lexicon itself where it is one, else that of the folders."""
        if isinstance(lexicon, Lexicon):
            if overlay is not None:
                raise TypeError("give the overlay to Lexicon(…) when the lexicon is made")
            return lexicon
        return cls(lexicon, overlay)

    def ready(self) -> _condong.Lexicon:
        """The lexicon compiled; the last few are kept."""
        return _compiled(self._layers, self._over_builtin)

    @property
    def version(self) -> str:
        """A fingerprint of the files: the same that the command line's reports give."""
        return self.ready().version

    def __repr__(self) -> str:
        layers = ["built-in"] * self._over_builtin + [name for name, _ in self._layers]
        return f"<condong.Lexicon {' + '.join(layers)}>"


def _layer(name: str, folder: Folder) -> Layer:
    if isinstance(folder, Mapping):
        return name, tuple(sorted(folder.items()))
    if not isinstance(folder, (str, os.PathLike)):
        raise TypeError(f"a lexicon is a folder or a mapping of paths to texts, not {type(folder).__name__}")
    return os.fspath(folder).rstrip("/\\"), tuple(sorted(_condong.files(os.fspath(folder))))


@functools.lru_cache(maxsize=4)
def _compiled(layers: tuple[Layer, ...], over_builtin: bool) -> _condong.Lexicon:
    return _condong.Lexicon([(name, list(files)) for name, files in layers], over_builtin)
