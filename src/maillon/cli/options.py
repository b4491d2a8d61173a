"""Options that several commands share."""

from maillon.core.errors import InvalidRequest
from maillon.core.message import message
from maillon.core.place import Place, Territory


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
