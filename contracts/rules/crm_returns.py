"""What may be said of a return of a caisse: codes that hold no NIR, no name and no amount, whoever wrote them.

A code has at most six digits in a row and no word without one, a rubric is one of the norm. Everything else of a return
(message, value, expected value) stays where it came from.
"""

import re

_RUBRIC = r"S\d{2}\.G\d{2}\.\d{2}(?:\.\d{3})?"
# E0101, CCH-11, CME-11, 101, and the same behind the rubric that it controls: S21.G00.30.001/CCH-14.
RETURN_CODE = re.compile(rf"(?:{_RUBRIC}/)?(?:[A-Z]{{1,5}}-?)?\d{{1,6}}", re.ASCII)
RUBRIC = re.compile(_RUBRIC, re.ASCII)
MOST_RETURNS = 2_000  # different ones of one answer: what an organism may send at most
