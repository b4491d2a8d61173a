"""Pages of long work: who sees which job, how it is said, started anew, cancelled."""

import pytest
from django_scopes import scope

from maillon.web.jobs.models import Job

pytestmark = pytest.mark.django_db


def make_job(territory, kind="read_files", **values):
    with scope(organisation=territory.firm.pk):
        known = Job.objects.count()
        return Job.objects.create(
            organisation=territory.firm,
            kind=kind,
            key=f"{kind}:{known}",
            started_by=territory.owner,
            **values,
        )


@pytest.mark.parametrize(
    ("kind", "seen_by"),
    [
        ("read_files", {"owner", "buyer", "adviser", "adviser_prices", "adviser_unconfirmed"}),
        ("lines-export", {"owner", "buyer", "reader", "adviser", "adviser_prices"}),
        ("diagnose", {"owner", "buyer", "adviser", "adviser_prices"}),
        ("print_diagnosis", {"owner", "buyer", "adviser_prices"}),
    ],
)
def test_a_job_is_seen_by_those_who_may_ask_for_its_result(territory, signed_in, kind, seen_by):
    job = make_job(territory, kind)
    people = ("owner", "member", "reader", "buyer", "other_owner", "adviser", "adviser_prices",
              "adviser_unconfirmed", "adviser_without", "manager", "platform")  # fmt: skip
    seen = {who for who in people if signed_in(who).get(f"/jobs/{job.pk}/").status_code == 200}
    assert seen == seen_by


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_one_and_for_three(
    territory, signed_in, django_assert_num_queries, count
):
    for _ in range(count):
        make_job(territory)
    client = signed_in("owner")
    client.get("/jobs/")
    with django_assert_num_queries(4):
        page = client.get("/jobs/")
    assert page.content.decode().count("data-row") == count


def test_a_failed_job_is_started_anew_and_a_running_one_is_not(territory, signed_in):
    client = signed_in("owner")
    failed = make_job(territory, state=Job.State.FAILED, attempts=3)
    running = make_job(territory, state=Job.State.RUNNING)
    for job in (failed, running):
        assert client.post(f"/jobs/{job.pk}/again/").url == f"/jobs/{job.pk}/"
    with scope(organisation=territory.firm.pk):
        failed.refresh_from_db()
        running.refresh_from_db()
    assert (failed.state, failed.attempts) == (Job.State.WAITING, 0)
    assert running.state == Job.State.RUNNING


def test_the_page_of_a_job_is_a_fragment_that_asks_again_until_it_is_over(territory, signed_in):
    client = signed_in("owner")
    running = make_job(territory, state=Job.State.RUNNING, share=0.4)
    text = client.get(f"/jobs/{running.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in text
    assert 'hx-trigger="every 2s"' in text
    assert 'value="0.4"' in text
    done = make_job(territory, state=Job.State.DONE, result_url="/projects/")
    assert client.get(f"/jobs/{done.pk}/", headers={"HX-Request": "true"})["HX-Redirect"] == "/projects/"
    over = make_job(territory, state=Job.State.CANCELLED)
    text = client.get(f"/jobs/{over.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in text
