"""Options that several commands share."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from maillon.cli.terminal import Say, show
from maillon.core.errors import InvalidRequest, MissingData
from maillon.core.message import message
from maillon.core.place import Place, Territory

if TYPE_CHECKING:
    from maillon.reference.register import Register


def site_place(text: str) -> Place | None:
    """Return the place that ``--site`` names, None if empty; ``InvalidRequest`` if it is not found."""
    if not text:
        return None
    from maillon.reference.places import locate

    place = locate(text, "FR")
    if place is None or place.lat is None:
        raise InvalidRequest(
            message("The town “{town}” was not found.", town=text),
            message("Add its postcode or département, for example “Belfort (90)”."),
        )
    return place


def territory_list(texts: list[str] | None) -> tuple[Territory, ...]:
    """Return the territories that repeated ``--territory`` options name."""
    if not texts:
        return ()
    from maillon.reference.places import resolve_territory

    return tuple(resolve_territory(text) for text in texts)


def column_mapping(path: Path | None) -> Mapping[str, object] | None:
    """Return the corrected columns of a file, or all those saved in a firm's folder."""
    if path is None:
        return None
    from maillon.intake.mapping import load_mapping, saved_mappings

    return saved_mappings(path) if path.is_dir() else load_mapping(path)


def tell_invented(register: "Register", say: Say, quiet: bool) -> None:
    """Say that no firm of an invented register is real."""
    from maillon.reference.register.manifest import INVENTED_NOTICE

    if register.manifest.invented and not quiet:
        show(say(INVENTED_NOTICE))


def company_register(folder: Path | None, missing: Callable[[MissingData], None]) -> "Register | None":
    """Return the register of ``folder``, or the usual one; where that is absent, say so through ``missing``.

    A folder that was named must hold a register: ``MissingData`` is then raised.
    """
    from maillon.reference.register import open_register

    try:
        return open_register(folder)
    except MissingData as error:
        if folder is not None:
            raise
        missing(error)
        return None
