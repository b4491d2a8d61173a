"""Units as people write them → the canonical units of a bill of materials, with their factor."""

from __future__ import annotations

from maillon.intake.understand.cells import fold

_SPELLINGS: dict[tuple[str, float], str] = {
    ("piece", 1): "piece pieces pce pces pc pcs pz pza pieza piezas pezzo pezzi stk stck st stuck stueck"
    " stuks"
    " szt sztuka sztuk ks u un unit units unite unites ud uds und unidad unidades ea each nr ks. off pcb pi"
    " p psc st. stk. nos no item items exemplaire ex",
    ("set", 1): "set sets kit kits lot lots jeu jeux satz ensemble ens paquet paquets pack packs pk pkt"
    " packet"
    " boite boites box boxes bte sachet sachets bag bags rouleau rouleaux roll rolls bobine bobines coil"
    " bottle tube forfait ff cartouche barre barres feuille feuilles sheet sheets plaque plaques juego"
    " conjunto"
    " confezione scatola caja doos zestaw kpl komplet spool reel can pot flacon carton bidon bundle",
    ("piece", 2): "paire paires pair pairs paar par coppia",
    ("piece", 12): "douzaine dozen",
    ("m", 1): "m metre metres meter meters ml mtr mtrs metro metri metros metr lm lfm lfdm mts",
    ("m", 0.001): "mm millimetre millimetres millimeter millimeters",
    ("m", 0.01): "cm centimetre centimetres centimeter centimeters",
    ("m", 1000): "km",
    ("m", 0.3048): "ft foot feet pied pieds '",
    ("m", 0.0254): "in inch inches pouce pouces zoll \"",
    ("m", 0.9144): "yd yard yards",
    ("m2", 1): "m2 m² qm sqm",
    ("m2", 0.0001): "cm2 cm²",
    ("m2", 0.000001): "mm2 mm²",
    ("m3", 1): "m3 m³ cbm",
    ("kg", 1): "kg kgs kilo kilos kilogramme kilogrammes kilogram kilograms kilogramm",
    ("kg", 0.001): "g gr gramme grammes gram grams gramm grammi gramos",
    ("kg", 0.000001): "mg",
    ("kg", 1000): "t tonne tonnes to ton tons",
    ("kg", 0.45359237): "lb lbs pound pounds livre livres",
    ("kg", 0.028349523125): "oz ounce ounces",
    ("l", 1): "l litre litres liter liters litro litri litros ltr",
    ("l", 0.01): "cl",
    ("l", 0.001): "millilitre millilitres milliliter milliliters mls cc cm3 cm³",
    ("h", 1): "h heure heures hour hours hr hrs stunde stunden std hora horas ora ore uur",
    ("h", 1 / 60): "min minute minutes minuten mn minuto minuti",
}  # fmt: skip
_UNITS = {fold(word): unit for unit, words in _SPELLINGS.items() for word in words.split()}
#: French bills of materials write "ml" for "mètre linéaire"; with a capital L it is a millilitre everywhere.
_MILLILITRE = ("mL", ("l", 0.001))


def canonical_unit(text: str) -> tuple[str, float] | None:
    """Return the canonical unit that ``text`` names and how many of it make one of ``text``.

    >>> canonical_unit("mm"), canonical_unit("pcs"), canonical_unit("paire"), canonical_unit("Vis")
    (('m', 0.001), ('piece', 1), ('piece', 2), None)
    >>> canonical_unit("ml"), canonical_unit("mL")
    (('m', 1), ('l', 0.001))
    """
    bare = text.strip(" .()[]")
    return _MILLILITRE[1] if bare == _MILLILITRE[0] else _UNITS.get(fold(bare))
