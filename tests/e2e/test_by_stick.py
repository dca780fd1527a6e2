"""A bazaar without any network: the catalogue goes there by stick, and the sales come back."""

import io

import pytest
from werkzeug.datastructures import MultiDict

from kiosk.hub.services.bundle_files import (
    NoDeviceError,
    make_catalogue_file,
    make_start_device,
    make_start_file,
)
from kiosk.hub.services.devices import revoke
from kiosk.hub.services.journal_files import take_file as hand_in
from kiosk.hub.storage import tables
from kiosk.hub.storage.migrations import migrate
from kiosk.hub.storage.store import Store
from kiosk.services import bundle_files, catalogue_news, exporting
from kiosk.services.enrolment import is_enrolled
from kiosk.services.installation import open_installation
from kiosk.settings import read_settings
from kiosk.wire.bundle_files import FileTooOldError, OtherReaderError, WrongCodeError
from tests.hub.services.building import DEVICE, KEYS, MACHINE, PRODUCT, set_up
from tests.support.bazaar import SteadyClock, close_bazaar
from tests.web.conftest import visitor_of


@pytest.fixture
def clock():
    return SteadyClock()


@pytest.fixture
def store(tmp_path):
    store = Store.open(f"sqlite:///{tmp_path / 'hub.db'}")
    migrate(store)
    set_up(store)
    yield store
    store.close()


@pytest.fixture
def fresh(tmp_path, clock):
    (tmp_path / "sticks/PANITIA").mkdir(parents=True)
    environment = {"KIOSK_DATA": str(tmp_path / "till"), "KIOSK_STICKS": str(tmp_path / "sticks")}
    installation = open_installation(read_settings(environment), clock)
    yield installation
    close_bazaar(installation)


@pytest.fixture
def made(store, clock):
    """A file for a fresh machine, with its code."""
    start = make_start_device(store, clock, KEYS, "", MACHINE)
    file = make_start_file(store, clock, KEYS, "", start.device, MACHINE, "https://hub.example")
    return start, file


def new_price(store, price_rp):
    with store.begin() as connection:
        changed = tables.products.update().where(tables.products.c.id == PRODUCT)
        connection.execute(changed.values(price_rp=price_rp))


def test_a_fresh_machine_starts_from_a_stick_and_its_sales_come_back_by_one(
    store, clock, fresh, made, tmp_path
):
    start, file = made
    (tmp_path / "sticks/PANITIA" / file.name).write_bytes(file.data)
    visitor = visitor_of(fresh)
    [found] = bundle_files.found_files(fresh)

    page = visitor.look("/setup/file")
    wrong = visitor.press("/setup/file", on_stick=found.key, code="ABCD-EFGH-2345-6723")
    right = visitor.press("/setup/file", on_stick=found.key, code=start.code.lower())
    export = exporting.plan_export(fresh, "all")
    report = hand_in(
        store, clock, KEYS, "x.lapak.gz", b"".join(exporting.packed(fresh, export, lambda _n: None))
    )

    assert file.name in page.text
    assert wrong.status_code == 422
    assert right.headers["HX-Redirect"] == "/setup/arrived"
    assert (report.stored, report.refusals) == (2, [])


def test_a_tablet_uploads_the_file_itself(fresh, made):
    start, file = made
    visitor = visitor_of(fresh)
    form = MultiDict({"code": start.code, "csrf_token": visitor.token()})
    form["file"] = (io.BytesIO(file.data), file.name)

    answer = visitor.client.post("/setup/file", data=form, content_type="multipart/form-data")

    assert answer.location == "/setup/arrived"
    assert "Mesin 1" in visitor.look("/setup/arrived").text
    assert is_enrolled(fresh)


def test_news_by_stick_are_seen_before_they_hold(store, clock, fresh, made):
    start, file = made
    bundle_files.start_from_file(fresh, file.data, start.code)
    new_price(store, 13_000)
    news = make_catalogue_file(store, clock, KEYS, "", MACHINE)

    arrival = bundle_files.take_file(fresh, news.data)

    [section] = catalogue_news.view(fresh).news.sections
    assert arrival == "waiting"
    assert (section.title, section.changes[0].after) == ("Prices", 13_000)
    catalogue_news.accept_unseen(fresh)
    assert bundle_files.take_file(fresh, news.data) == "same"


def test_a_file_of_another_machine_a_wrong_code_and_an_old_file_change_nothing(
    store, clock, fresh, made
):
    start, file = made
    with pytest.raises(WrongCodeError):
        bundle_files.start_from_file(fresh, file.data, "ABCD-EFGH-2345-6723")
    news = make_catalogue_file(store, clock, KEYS, "", MACHINE)
    with pytest.raises(bundle_files.FreshMachineError):
        bundle_files.start_from_file(fresh, news.data, start.code)
    clock.pass_seconds(7 * 86_400)
    with pytest.raises(FileTooOldError):
        bundle_files.start_from_file(fresh, file.data, start.code)

    assert not is_enrolled(fresh)
    assert catalogue_news.view(fresh) is None


def test_a_machine_that_has_joined_takes_no_start_file_and_no_other_device_news(
    store, clock, fresh, made
):
    start, file = made
    bundle_files.start_from_file(fresh, file.data, start.code)
    revoke(store, clock, "", MACHINE, start.device)

    with pytest.raises(bundle_files.StartFileError):
        bundle_files.take_file(fresh, file.data)
    with pytest.raises(OtherReaderError):
        bundle_files.take_file(fresh, make_catalogue_file(store, clock, KEYS, "", MACHINE).data)


def test_for_a_machine_that_nobody_has_joined_there_is_no_file_of_news(store, clock):
    revoke(store, clock, "", MACHINE, DEVICE)

    with pytest.raises(NoDeviceError):
        make_catalogue_file(store, clock, KEYS, "", MACHINE)
