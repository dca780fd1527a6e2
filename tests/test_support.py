"""The suite's own tools do what the other tests rely on."""

import socket
import sys

import psycopg
import pytest
from babel.messages.catalog import Catalog

from tests.support.client import ENGLISH_ALONE, untranslated
from tests.support.markup import read_markup
from tests.support.messages import shortcomings
from tests.support.network import NetworkRefusedError
from tests.support.processes import ProgramError
from tests.support.system_packages import PackageMissingError, install, main
from tests.support.untranslatable import everywhere, in_script, in_template


def connect(url):
    return psycopg.connect(url.replace("postgresql+psycopg", "postgresql"))


def test_a_test_cannot_speak_to_another_machine():
    with socket.socket() as outward, pytest.raises(NetworkRefusedError):
        outward.connect(("192.0.2.1", 80))


def test_a_test_cannot_look_up_a_name():
    with pytest.raises(NetworkRefusedError):
        socket.getaddrinfo("example.com", 80)


def test_a_database_is_real_and_of_this_test_alone(postgres, postgres_url):
    with connect(postgres_url) as mine:
        mine.execute("CREATE TABLE sales (number int)")

    other = postgres.new_database()
    with connect(postgres.url(other)) as theirs:
        tables = theirs.execute("SELECT * FROM pg_tables WHERE schemaname = 'public'").fetchall()
    postgres.drop_database(other)

    assert tables == []


def test_a_program_is_started_asked_and_ended(launcher, tmp_path):
    (tmp_path / "healthz").write_text("ok")
    command = [sys.executable, "-m", "http.server", "{port}", "--bind", "127.0.0.1"]

    program = launcher.start([*command, "--directory", str(tmp_path)])
    launcher.stop_all()

    assert program.process.returncode is not None
    assert "/healthz" in program.log()


def test_a_program_that_ends_at_once_is_told_with_its_words(launcher):
    with pytest.raises(ProgramError, match="no such setting"):
        launcher.start([sys.executable, "-c", "raise SystemExit('no such setting')"])


def test_a_program_that_ends_by_itself_gives_its_status(launcher):
    program = launcher.start([sys.executable, "-c", "raise SystemExit(3)"], health=None)

    assert program.wait() == 3


def test_a_package_that_may_not_be_installed_is_named(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))

    assert main(["chromium"]) == 1
    assert "apt-get install chromium" in capsys.readouterr().err
    with pytest.raises(PackageMissingError, match="chromium"):
        install("chromium")


def catalogue(**texts):
    made = Catalog(locale="id")
    for english, indonesian in texts.items():
        made.add(english, indonesian, locations=[("page.html", 1)])
    return made


def test_a_text_without_a_translation_is_found():
    said = catalogue(Pay="", Park="")

    assert shortcomings(said, catalogue(Pay="Bayar", Park="Simpan")) == []
    assert len(shortcomings(said, catalogue(Pay="Bayar", Park=""))) == 1
    assert len(shortcomings(said, catalogue(Pay="Bayar"))) == 1


def test_a_translation_that_lost_a_fact_or_its_use_is_found():
    said = catalogue(**{"%(due)s left": ""})

    assert len(shortcomings(said, catalogue(**{"%(due)s left": "kurang %(rest)s"}))) == 1
    assert len(shortcomings(catalogue(), catalogue(Old="Lama"))) == 1


def test_an_english_text_on_an_indonesian_page_is_found():
    for english in sorted(ENGLISH_ALONE)[:1]:
        html = f'<html lang="id"><p>{english}</p></html>'
        root = read_markup(html, is_fragment=False, ids_on_page=frozenset()).root

        assert len(untranslated(root)) == 1


def test_words_of_a_template_outside_gettext_are_found():
    template = (
        """<p>{{ _("Pay") }} now {# never #}</p><input placeholder="Type here"><kbd>Esc</kbd>"""
    )

    assert in_template(template) == ["now", "Type here"]


def test_words_that_a_script_says_itself_are_found():
    script = """
    place.textContent = "Well done"; place.textContent = place.dataset.words;
    key.setAttribute("aria-label", `Delete ${name}`); confirm('Sure?'); find("#pay .is-paid");
    """

    assert in_script(script) == ["Well done", "Delete", "Sure?"]


def test_nothing_is_said_past_the_catalogue():
    assert everywhere() == []
