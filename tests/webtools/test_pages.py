"""Page or fragment, and what a person sees when something went wrong."""

import json

import pytest

from kiosk.webtools.pages import HTMX_CONFIG


def test_a_plain_request_gets_the_page_and_htmx_its_part(client):
    page = client.get("/").text
    part = client.htmx("GET", "/").text

    assert "<html" in page
    assert part.startswith('<section id="stall">')
    assert part in page


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_a_boosted_link_and_a_step_back_get_the_page(client, header):
    answer = client.htmx("GET", "/", headers={header: "true"})

    assert "<html" in answer.text


def test_a_persons_error_is_answered_in_place(client, token):
    answer = client.htmx("POST", "/pay", data={"csrf_token": token})

    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == "#message"
    assert answer.headers["HX-Reswap"] == "innerHTML"
    assert "Rp2.000" in answer.text
    assert "<html" not in answer.text


def test_a_persons_error_is_a_page_without_htmx(client, token):
    answer = client.post("/pay", data={"csrf_token": token})

    assert answer.status_code == 422
    assert "HX-Retarget" not in answer.headers
    assert "<html" in answer.text


def test_a_boosted_error_page_is_not_squeezed_into_the_message(client, token):
    answer = client.htmx("POST", "/pay", data={"csrf_token": token}, headers={"HX-Boosted": "true"})

    assert "HX-Retarget" not in answer.headers


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/pay", 405), ("/closed", 409)])
def test_what_http_has_a_number_for_is_said_in_a_sentence(client, path, status):
    answer = client.get(path)

    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert 'href="/"' in answer.text


def test_too_much_at_once_is_refused_with_a_sentence(client, token):
    answer = client.post("/upload", data={"csrf_token": token, "file": "x" * 5_000})

    assert answer.status_code == 413
    assert 'role="alert"' in answer.text


def test_a_form_without_its_token_is_refused_with_a_way_on(client):
    answer = client.post("/pay")

    assert answer.status_code == 400
    assert 'href="/"' in answer.text


def test_a_fault_of_ours_has_a_number_that_the_log_explains_and_tells_nothing(client, caplog):
    client.expects_fault = True
    answer = client.get("/fault")

    line = caplog.records[-1]
    assert answer.status_code == 500
    assert line.facts["fault"] in answer.text
    assert str(line.exc_info[1]) == "the secret recipe"
    assert "recipe" not in answer.text
    assert "RuntimeError" not in answer.text


def test_htmx_is_told_to_evaluate_nothing_and_keep_no_page():
    config = json.loads(HTMX_CONFIG)

    assert config["allowEval"] is False
    assert config["includeIndicatorStyles"] is False
    assert config["historyCacheSize"] == 0


def test_a_template_that_names_something_unknown_is_a_fault(client, token):
    client.expects_fault = True
    answer = client.post("/render", data={"csrf_token": token, "template": "{{ nothing }}"})

    assert answer.status_code == 500


def test_a_template_escapes_what_it_shows(client, token):
    data = {"csrf_token": token, "template": "<p>{{ '<b>' }}</p>"}
    answer = client.htmx("POST", "/render", data=data)

    assert answer.text == "<p>&lt;b&gt;</p>"
