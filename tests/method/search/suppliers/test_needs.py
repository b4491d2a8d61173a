import pytest

from maillon.core.errors import InvalidRequest
from maillon.method.search.suppliers import need_of_process, read_need
from maillon.method.search.suppliers.profile import Profile, read_profile, standard_profile
from maillon.method.search.suppliers.tolerance import finest_tolerance


def test_a_designation_tells_processes_material_size_tolerance_and_treatments():
    need = read_need("AXE Ø25 h6 LG 120 42CrMo4 zingué EN 9100", lot=50)
    assert need.processes[0].code == "turning"
    assert (need.material, need.length, need.tolerance, need.lot) == ("steel", 120.0, 0.013, 50)
    assert need.treatments == ("zinc-plating",)
    assert need.certificates == ("en-9100",)


def test_needs_are_equal_when_the_same_thing_is_searched():
    assert read_need("AXE  Ø25") == read_need("axe ø25")
    assert read_need("AXE Ø25") != read_need("AXE Ø30")


def test_a_treatment_alone_is_what_is_searched():
    need = read_need("anodisation")
    assert need.processes[0].code == "anodising"
    assert need.treatments == ()


def test_the_words_of_a_need_leave_figures_out_and_add_other_names():
    words = dict(read_need("PIGNON CONIQUE 42CrMo4 module 2").words)
    assert words["pignon"] == words["conique"] == 1.0
    assert 0 < words["engrenage"] < 1.0
    assert not any(any(letter.isdigit() for letter in word) for word in words)


def test_a_process_code_is_a_need():
    assert read_need("bar-turning") == need_of_process("bar-turning")


@pytest.mark.parametrize(("text", "lot"), [("", None), ("  ", None), ("vis", 0), ("vis", -5)])
def test_senseless_needs_are_refused(text, lot):
    with pytest.raises(InvalidRequest):
        read_need(text, lot=lot)


@pytest.mark.parametrize(
    ("written", "diameter", "width"),
    [
        (["H7"], 25.0, 0.021),
        (["H7"], 3.0, 0.010),
        (["H7"], 3.1, 0.012),
        (["H7/g6"], 500.0, 0.063),
        (["H7"], 501.0, None),
        (["±0,05", "h6"], 30.0, 0.013),
        (["+/- 20 µm"], None, 0.04),
        (["± 5 %"], None, None),
        (["ISO 2768-mK"], 20.0, None),
        ([], 20.0, None),
    ],
)
def test_tolerances_are_widths_in_mm(written, diameter, width):
    assert finest_tolerance(written, diameter) == (None if width is None else pytest.approx(width))


def as_table(profile: Profile, **weights: float) -> dict[str, object]:
    return {
        "version": "trial",
        "weights": {**profile.weights, **weights},
        "shapes": dict(profile.shapes),
        "activity": {"ranks": profile.ranks, "class": profile.same_class, "label": profile.label},
        "headcount": {"bands": profile.bands},
        "roles": dict(profile.roles),
    }


def test_a_profile_that_prefers_comfort_to_evidence_is_refused():
    standard = standard_profile()
    assert read_profile(as_table(standard)).weights == standard.weights
    with pytest.raises(InvalidRequest, match="process"):
        read_profile(as_table(standard, distance=standard.weights["process"]))
    with pytest.raises(InvalidRequest, match="text < 0"):
        read_profile(as_table(standard, text=-0.1))


def test_full_evidence_weighs_more_than_activity_nearness_and_size_together():
    """A maker that shows the process stands above any unknown, however typical, near and large."""
    weights, bands = standard_profile().weights, [x for _, x in standard_profile().bands]
    comfort = weights["activity"] + weights["distance"] + weights["headcount"] * (max(bands) - min(bands))
    assert weights["process"] > comfort
