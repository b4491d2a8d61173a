"""The answers that several pages share: no register, a request that makes no sense."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from maillon.core.errors import MissingData
from maillon.web.search.queries.engine import Engine, open_engine

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Engine, P], HttpResponse]


def with_register(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Give the view the register in use; without one, say what is missing and what to do (503)."""

    @wraps(view)
    def asked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, open_engine(), *args, **kwargs)
        except MissingData as error:
            return render(request, "search/no_register.html", {"error": error}, status=503)

    return asked
