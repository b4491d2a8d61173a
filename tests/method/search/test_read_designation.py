"""Reading one designation: what is found, and what is left open."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories.designations import Written, written_designations
from maillon.method.search import read_designation
from maillon.reference.classifications.lexicon.nouns import all_nouns
from maillon.reference.classifications.processes import all_processes


def test_the_example_of_the_issue_is_read_whole():
    read = read_designation("CARTER INOX 316L EP 2 LG 340 H7")
    assert (read.noun.code, read.noun.matched, read.noun.start, read.noun.end) == ("housing", "CARTER", 0, 6)
    assert (read.noun.fr, read.noun.en) == ("carter", "housing")
    assert (read.material.code, read.material.grade) == ("stainless-steel", "316L")
    assert [(d.kind, d.values, d.unit) for d in read.dimensions] == [
        ("thickness", (2.0,), "mm"),
        ("length", (340.0,), "mm"),
    ]
    assert read.tolerances == ("H7",)
    assert read.family == "sheet-metal-parts"
    assert read.process == "sheet-bending"
    assert read.language == "fr"
    assert read.not_understood == ()


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("palier de roulement", "pillow block bearing"),  # French: the head comes first
        ("bearing block", "pillow block bearing"),  # English: the head comes last
        ("Motor support bracket", "bracket"),
        ("SUPPORT MOTEUR", "motor mount"),
        ("Joints toriques", "o-ring"),
        ("VIS A BILLES", "ball screw"),
        ("Vis à bois 4x40", "wood screw"),
        ("VIS M8x20 CHC", "socket head cap screw"),  # the abbreviation stands apart from the noun
        ("ROUL. 6205-2RS C3", "deep groove ball bearing"),
        ("FLASQUE ARRIERE", "flange"),
        ("Sous-ensemble arbre", "shaft"),
        ("SupportVentilateur", "fan mount"),
        ("Kit de visserie", "bolt set"),
        ("batteries", "battery"),
        ("screws for bearing housing", "screw"),
        ("TUYAUX PU 8x5", "tubing"),
        ("ROUL. A ROULEAUX CROISES", "slewing bearing"),  # an abbreviation opens a compound
        ("RES 47K 1% 0603", "resistor"),
    ],
)
def test_the_head_noun_is_found(text, noun):
    assert read_designation(text).noun.code == noun


@pytest.mark.parametrize(
    ("text", "source", "noun"),
    [
        ("rouelment à billes", "typo", "ball bearing"),
        ("ISO 4762 M8x20", "standard", "socket head cap screw"),
        ("DIN912 M5x16", "standard", "socket head cap screw"),
        ("LM8UU", "reference", "linear bearing"),
        ("100nF 50V X7R 0603", "value", "capacitor"),
        ("10k 1% 0603", "value", "resistor"),
    ],
)
def test_a_noun_may_come_from_elsewhere_and_is_less_sure(text, source, noun):
    read = read_designation(text).noun
    assert (read.source, read.code) == (source, noun)
    assert read.confidence <= 0.95


def test_short_words_are_never_repaired():
    assert read_designation("VSI").noun is None


@pytest.mark.parametrize(
    ("text", "material", "grade"),
    [
        ("AXE 1.4404", "stainless-steel", "316L"),
        ("AXE X2CrNiMo17-12-2", "stainless-steel", "316L"),
        ("Axe INOX 304", "stainless-steel", "304"),
        ("AXE 42 CD 4", "alloy-steel", "42CrMo4"),
        ("PLAT S235", "steel", "S235JR"),
        ("PLAQUE EN AW-6082 T6", "aluminium", "6082"),
        ("PLAQUE ALU 6082", "aluminium", "6082"),
        ("BAGUE PA66 GF30", "nylon", "PA66-GF30"),
        ("BAGUE POM C", "pom", "POM-C"),
        ("ECROU M8 A2", "stainless-steel", "A2"),
        ("CARTER FONTE", "cast-iron", None),
    ],
)
def test_a_grade_has_one_name_whatever_the_standard(text, material, grade):
    found = read_designation(text).material
    assert (found.code, found.grade) == (material, grade)


def test_a_length_is_no_grade():
    read = read_designation("CARTER INOX EP 1 LG 316")
    assert read.material.grade is None
    assert [(d.kind, d.values) for d in read.dimensions] == [("thickness", (1.0,)), ("length", (316.0,))]


@pytest.mark.parametrize("text", ["ROULEMENT 6082", "POTEAU 304", "VIS A BOIS", "SUPPORT A4"])
def test_what_may_be_something_else_is_no_material(text):
    assert read_designation(text).material is None


@pytest.mark.parametrize(
    ("text", "kind", "values"),
    [
        ("VIS M8x20", "thread", (8.0, 20.0)),
        ("VIS M8 X 1,25 X 20", "thread", (8.0, 1.25, 20.0)),
        ("AXE Ø20", "diameter", (20.0,)),
        ("AXE DIAM. 12,5", "diameter", (12.5,)),
        ("TUBE 40x40x3", "size", (40.0, 40.0, 3.0)),
        ("TUBE LG 1,2 m", "length", (1200.0,)),
        ("CABLE 30 cm", "length", (300.0,)),
        ("VANNE DN25 PN16", "nominal-bore", (25.0,)),
        ("PIGNON module 2 Z=20", "teeth", (20.0,)),
        ("BAGUE Ra 0,8", "roughness", (0.8,)),
        ("TUBE 1 1/2 pouce", "inch-size", (38.1,)),
        ("RACCORD G 1/4", "pipe-thread", (0.25,)),
        ("TOLE 3 mm epaisseur", "thickness", (3.0,)),
        ("AXE HRC 58-62", "hardness", (58.0, 62.0)),
    ],
)
def test_dimensions_are_read_in_millimetres(text, kind, values):
    assert values in [d.values for d in read_designation(text).dimensions if d.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("4k7", "resistance", 4700.0, "ohm"),
        ("résistance 2.2 kohm", "resistance", 2200.0, "ohm"),
        ("condensateur 4u7", "capacitance", 4.7e-6, "F"),
        ("condensateur 100nF", "capacitance", 1e-7, "F"),
        ("alimentation 24V", "voltage", 24.0, "V"),
        ("moteur 1,5 kW", "power", 1500.0, "W"),
        ("quartz 16MHz", "frequency", 16e6, "Hz"),
        ("batterie 2500 mAh", "charge", 2.5, "Ah"),
        ("relais 250mA", "current", 0.25, "A"),
    ],
)
def test_electrical_values_are_in_base_units(text, kind, value, unit):
    assert (kind, (value,), unit) in [(v.kind, v.values, v.unit) for v in read_designation(text).values]


@pytest.mark.parametrize(
    ("text", "tolerances"),
    [
        ("BAGUE Ø20 H7", ("H7",)),
        ("AXE Ø20 m6", ("m6",)),
        ("AXE h6 ±0,1", ("±0,1", "h6")),
        ("PLAQUE ISO 2768-mK", ("ISO 2768-mK",)),
        ("ARBRE IT7", ("IT7",)),
        ("VIS M6", ()),  # a thread, not a fit
        ("PLAQUE H 20", ()),  # a height, not a fit
    ],
)
def test_tolerances(text, tolerances):
    assert read_designation(text).tolerances == tolerances


@pytest.mark.parametrize(
    ("text", "treatments"),
    [
        ("EQUERRE ZINGUEE", ("zinc-plating",)),
        ("PLAQUE ALU ANODISE NOIR", ("anodising",)),
        ("CAPOT RAL 9005", ("powder-coating",)),
        ("PIGNON TREMPE", ("quenching-tempering",)),
        ("axe nickelé", ("nickel-plating",)),
    ],
)
def test_treatments(text, treatments):
    assert tuple(t.code for t in read_designation(text).treatments) == treatments


def test_standards_have_one_name():
    assert read_designation("VIS DIN EN ISO 4762 M8").standards == ("ISO 4762",)


def test_the_material_moves_the_process():
    cast = read_designation("carter fonte")
    bent = read_designation("carter inox ep 2")
    moulded = read_designation("carter plastique")
    assert (cast.process, bent.process, moulded.process) == (
        "sand-casting",
        "sheet-bending",
        "injection-moulding",
    )


def test_a_named_process_leads_and_draws_its_family():
    read = read_designation("carter alu fonderie sable")
    assert read.process == "sand-casting"
    assert read.family == "castings"


def test_a_process_that_cannot_work_the_material_is_not_believed():
    read = read_designation("dissipateur aluminium extrudé")
    assert read.process == "aluminium-extrusion"


def test_unknown_stays_unknown():
    read = read_designation("ZORGLUB XK-4432-B")
    assert (read.noun, read.family, read.process, read.reasons) == (None, None, None, ())
    assert read.not_understood == ("ZORGLUB", "XK")
    assert read.references == ("4432",)


def test_a_weak_noun_says_nothing_of_the_making():
    read = read_designation("ENSEMBLE COMPLET")
    assert read.noun.code == "assembly"
    assert read.processes == ()


def test_language_settles_words_of_both():
    assert read_designation("joint", language="fr").noun.code == "seal"
    assert read_designation("plate", language="en").noun.code == "plate"


@given(written_designations())
def test_every_part_of_a_written_designation_is_found_again(written: Written):
    read = read_designation(written.text)
    assert read.noun.code == written.noun
    assert (read.material.grade if read.material else None) == written.grade
    found = {d.kind: d.values for d in read.dimensions}
    assert found["thickness"] == (written.thickness,)
    assert found["length"] == (written.length,)


@given(st.text(max_size=700))
def test_no_text_raises_and_places_hold(text: str):
    read = read_designation(text)
    for place in (*read.materials, *read.dimensions, *read.values, *read.treatments, *read.quantities):
        assert read.text[place.start : place.end].strip() == place.matched.strip()
    for shares in (read.families, read.processes):
        assert sum(s.probability for s in shares) <= 1 + 1e-9
        assert list(shares) == sorted(shares, key=lambda s: (-s.probability, s.code))


@given(written_designations())
def test_the_reasons_sum_to_the_log_of_the_result(written: Written):
    read = read_designation(written.text)
    total = sum(reason.weight for reason in read.reasons)
    assert total == pytest.approx(math.log(read.processes[0].probability * len(all_processes())), abs=1e-9)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_form_of_the_lexicon_read_alone_names_its_noun(language):
    """Forms that hold a figure or a mark (M12, PUSH-IN) may be read as such: less than 2 in 1,000."""
    forms = [(form, noun.code) for noun in all_nouns() for form in getattr(noun, language)]
    read = [read_designation(form, language=language).noun for form, _ in forms]
    lost = [form for (form, code), noun in zip(forms, read, strict=True) if noun is None or noun.code != code]
    assert len(lost) < 0.002 * len(forms), lost


def test_a_preposition_inside_a_form_belongs_to_it():
    assert read_designation("VIS SANS FIN BRONZE").noun.code == "worm gear"
    assert read_designation("vis sans tête M6").noun.code == "set screw"
    assert read_designation("support pour capteur").noun.code == "support"
