"""Giving a function the ports it names: clock, settings, sealer… The composition root's dictionary wires."""

import functools
import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any


def bind(function: Callable[..., Any], ports: Mapping[str, Any], *, given: Sequence[str] = ()) -> Callable[..., Any]:
    """`function` with every keyword-only parameter that `ports` knows filled in.

    Parameters in `given` come at the call. TypeError when a keyword-only parameter without default stays unfilled.
    """
    wanted = {
        name: parameter
        for name, parameter in inspect.signature(function).parameters.items()
        if parameter.kind is inspect.Parameter.KEYWORD_ONLY and name not in given
    }
    lacking = [name for name, one in wanted.items() if name not in ports and one.default is inspect.Parameter.empty]
    if lacking:
        raise TypeError(f"{function.__module__}.{function.__name__} wants {', '.join(lacking)}, which no port provides")
    return functools.partial(function, **{name: ports[name] for name in wanted if name in ports})
