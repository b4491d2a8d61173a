"""The answers that several pages share: no register, a request that makes no sense."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillon.core.errors import MissingData

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def with_register(view: View[P]) -> View[P]:
    """Where the view misses the register, say what is missing and what to do: rights are checked first."""

    @wraps(view)
    def asked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except MissingData as error:
            return render(request, "search/no_register.html", {"error": error})

    return asked
