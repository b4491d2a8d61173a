"""Build hook: compile the message catalogues, so that wheels and editable installs speak French."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = Path("src/maillon")


def compile_catalogues(root: Path) -> list[Path]:
    """Compile every ``.po`` of the library (``language/fr``) and of the web application (``locale/fr``)."""
    written = []
    for po in sorted((root / SOURCES).rglob("*.po")):
        language = next(parent.name for parent in po.parents if parent.parent.name in ("language", "locale"))
        with po.open("rb") as source:
            catalogue = read_po(source, locale=language)
        mo = po.with_suffix(".mo")
        with mo.open("wb") as target:
            write_mo(target, catalogue)
        written.append(mo)
    return written


class CatalogueHook(BuildHookInterface):
    """Runs before each build of the package."""

    def initialize(self, version: str, build_data: dict) -> None:
        """Compile the catalogues of the tree being built."""
        compile_catalogues(Path(self.root))


if __name__ == "__main__":
    compile_catalogues(Path(__file__).parent)
