import pytest

from kiosk.domain.entries import read_entry
from kiosk.services import carts, journals, paying
from kiosk.services.bundles import apply_bundle
from kiosk.services.installation import open_installation
from kiosk.services.paying import PaymentForm
from kiosk.storage.data_folder import DataFolderInUseError
from kiosk.wire.segments import read_segment, unpack_file
from tests.support.bazaar import SECRET, bundle_document


def sell(here, paired, number, times=1):
    for _ in range(times):
        cart = carts.new_cart(here, paired)
        carts.add(here, cart.id, number["WB86-KOMPLIT"], None)
        paying.pay(here, paired, cart.id, PaymentForm("cash"))


def tamper(here, change):
    """Change the file behind the triggers' back, as somebody with an editor would."""
    with here.db.write() as connection:
        guards = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entries'"
        ).fetchall()
        for guard in guards:
            connection.execute(f"DROP TRIGGER {guard['name']}")
        connection.execute(change)
        for guard in guards:
            connection.execute(guard["sql"])


@pytest.mark.parametrize(
    ("change", "fact"),
    [
        (
            """
            UPDATE entries SET stored = CAST(replace(CAST(stored AS TEXT), '25000', '15000') AS BLOB)
            WHERE seq = 5
            """,
            "entry 5 was changed",
        ),
        ("DELETE FROM entries WHERE seq = 4", "entry 4 is missing"),
        (
            """
            UPDATE entries SET stored = (SELECT stored FROM entries AS other WHERE other.seq = 4)
            WHERE seq = 5
            """,
            "entry 5 was changed, or stands out of order",
        ),
    ],
)
def test_a_changed_removed_or_reordered_entry_is_found_and_named(
    here, paired, number, change, fact
):
    sell(here, paired, number, 4)
    tamper(here, change)

    with here.db.read() as connection:
        (verdict,) = journals.verify(connection)

    assert fact in verdict.fault.fact


def test_a_drifted_table_is_put_right_from_the_journal(here, paired, number):
    sell(here, paired, number, 2)
    with here.db.write() as connection:
        connection.execute("UPDATE sales SET total_rp = 1")
        connection.execute("DELETE FROM drawer")

    rebuilt = journals.rebuild(here)

    assert set(rebuilt.drifted) == {"sales", "drawer"}
    assert journals.rebuild(here).drifted == ()
    sell(here, paired, number)


def test_an_exported_journal_is_the_very_entries_signed_and_chained(here, paired, number, tmp_path):
    sell(here, paired, number, 3)

    (path,) = journals.export(here, tmp_path / "usb")

    segments = [read_segment(data) for data in unpack_file(path.read_bytes())]
    entries = [read_entry(stored) for segment in segments for stored in segment.entries]
    assert all(segment.is_signed_with(SECRET) for segment in segments)
    assert all(segment.hashes() for segment in segments)
    assert [entry.kind for entry in entries] == [
        "journal_opened",
        "bundle_applied",
        "shift_opened",
        "sale",
        "sale",
        "sale",
    ]
    assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5, 6]


def test_a_bundle_too_large_for_one_entry_is_sealed_in_parts_and_reads_back_whole(here):
    document = bundle_document("fedcba9876543210")
    product = document["products"][0]
    document["products"] = [
        {
            **product,
            "id": f"00000000-0000-7000-8000-0000001{n:05d}",
            "sku": f"S{n}",
            "name": f"Wedang {n}",
        }
        for n in range(1_000)
    ]

    with here.db.write() as connection:
        apply_bundle(here, connection, document)
        kinds = [
            read_entry(row["stored"]).body["parts"]
            for row in connection.execute(
                "SELECT stored FROM entries WHERE kind = 'bundle_applied' AND seq > 2"
            )
        ]
        on_sale = connection.execute(
            "SELECT count(*) AS n, min(number) AS first FROM products WHERE active = 1"
        ).fetchone()

    assert len(kinds) == kinds[0] > 1
    assert (on_sale["n"], on_sale["first"]) == (1_000, 7)
    assert journals.rebuild(here).drifted == ()


def test_staff_hashes_never_enter_the_journal(here):
    with here.db.read() as connection:
        stored = b"".join(row["stored"] for row in connection.execute("SELECT stored FROM entries"))

    assert b"scrypt" not in stored
    assert b"pin" not in stored


def test_a_second_process_on_the_same_folder_is_refused(here):
    with pytest.raises(DataFolderInUseError, match="in use by another till"):
        open_installation(here.settings)
