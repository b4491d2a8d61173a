"""Which word names the part: trades, axes, modifiers, abbreviations, remarks, complements."""

import pytest

from maillon.method.search import read_designation


@pytest.mark.parametrize(
    ("text", "noun", "family"),
    [
        ("EMBASE FONDERIE AL BRUT XY7", "base", "castings"),  # the workshop decides what the base is
        ("EMBASE FEMELLE 12 PTS", "connector", "connectors-electrical"),
        ("SUPPORT CAPTEUR FONDERIE ALU", "sensor holder", "castings"),  # which holders rarely are
        ("USINAGE EMBASE REPRISE 5 AXES", "machining service", "subcontract-machining"),
        ("SOUDURE DU CHASSIS", "welding service", "subcontract-sheet-metal"),
        ("PEINTURE POUDRE BATI RAL 7016", "surface treatment", "subcontract-treatment"),
        (
            "CAPOT AVANT INJECTE RAL 7016",
            "cover",
            "moulded-plastic-parts",
        ),  # a RAL colour is no powder coating
        ("PEINTURE EPOXY 5 KG", "paint", "paints-inks"),
        ("JOINT PLAT POMPE EP 2", "gasket", "gaskets-flat"),  # "plat" also abbreviates plaque
        ("JOINT DN 80 PN 40", "seal", "gaskets-flat"),
        ("BRIDE DN 25 PN 50", "flange", "fittings-pipe"),
        ("BRIDE SORTIE D120 H7", "flange", "machined-parts"),
    ],
)
def test_words_around_a_noun_decide_its_family(text, noun, family):
    read = read_designation(text)
    assert (read.noun.code, read.family) == (noun, family)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("AXE 5 - POIGNET", "axis"),
        ("AXE 6 LG 40 INOX", "axle"),
        ("CARTER AXE 3", "housing"),
        ("LED RED BRIGHT 0603", "led"),  # red is no reducer
        ("Print head bottom cap", "end cap"),
        ("CAP CER 4.7UF 10V X5R 0805", "capacitor"),
        ("Universal push-to-connect tube fitting", "fitting"),
        ("Base plate, motor side", "plate"),
        ("base plate motor side", "plate"),
        ("M5x100mm (any head) bolt", "bolt"),
        ("Fixation of the limit switch", "fixation"),
        ("vis (lot de rondelles)", "screw"),
        ("CONVERTISSEUR DC/DC 24V 5V", "converter"),
    ],
)
def test_modifiers_and_remarks_name_no_part(text, noun):
    assert read_designation(text).noun.code == noun


def test_what_completes_an_unknown_word_is_not_the_part():
    assert read_designation("CHEMISAGE DE VANNE").noun is None
    assert read_designation("ZORGLUB VANNE").noun.code == "valve"


def test_an_unknown_word_after_an_english_noun_makes_it_less_sure():
    sure = read_designation("timing belt", language="en").noun.confidence
    assert read_designation("timing belt zorgluber", language="en").noun.confidence == pytest.approx(
        sure * 0.8
    )


@pytest.mark.parametrize(
    ("text", "material"),
    [
        ("two pins connector for the board", None),  # pin is pine in French only
        ("PLANCHE PIN 27 MM", "softwood"),
        ("20 x 20 aluminium profile for the frame", "aluminium"),
        ("wood screws for the frame", None),
        ("flat steel bar 25 x 5 for the frame", "steel"),
        ("AC motor for the frame", None),
    ],
)
def test_materials_are_told_from_other_words(text, material):
    found = read_designation(text).material
    assert (found.code if found else None) == material


@pytest.mark.parametrize(("text", "kinds"), [("1048P", []), ("USBLC6-2P6", []), ("2p2", ["capacitance"])])
def test_poles_and_ends_of_references_are_no_capacitances(text, kinds):
    assert [v.kind for v in read_designation(text).values] == kinds


def test_torque_is_no_capacitance():
    assert [(v.kind, v.values) for v in read_designation("moteur 40N.cm").values] == [("torque", (0.4,))]


def test_thick_plates_are_not_bent():
    assert read_designation("PLAQUE SUP 500x500 EP 15").process == "milling"
    assert read_designation("PLAQUE SUP 500x500 EP 2").process == "sheet-bending"


def test_makers_of_bought_parts_work_with_the_materials_they_need():
    assert read_designation("CIRCUIT IMPRIME 4 COUCHES CUIVRE 105").process == "pcb-fabrication"
    assert read_designation("silicone cable 20AWG").process == "cable-manufacture"
