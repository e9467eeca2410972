"""How Indonesian posts lean toward e-commerce: pro, kontra or netral, who says so, and why.

The engine is that of the ``condong`` command, which this package brings too: a text gets the same verdict here and there.

>>> import condong
>>> condong.score(["gak setuju tiktok shop ditutup"])["stance"].to_pylist()
['pro']
"""

from ._condong import version as __version__
from .lexicons import Lexicon
from .reports import Report, merge, report
from .scores import ANSWERS, Explanation, explain, score

__all__ = ["ANSWERS", "Explanation", "Lexicon", "Report", "explain", "merge", "report", "score", "__version__"]
