"""Paper rolls: how much each printer has used of the one that is in it."""

from dataclasses import dataclass

from kiosk.storage.database import Connection


@dataclass(frozen=True, slots=True)
class RollRow:
    """A printer's roll; `length_mm` is None where nobody has said it.

    `used_rows` counts dot rows since it was put in. `used_rows_before` is what the roll
    before it had used, None when its change cannot be undone any more.
    """

    length_mm: int | None = None
    used_rows: int = 0
    used_rows_before: int | None = None
    put_in_at: str | None = None
    has_sensor: bool = False


def roll(connection: Connection, printer: int) -> RollRow:
    """Give the roll in a printer; one that nobody spoke of yet is new."""
    row = connection.execute(
        """
        SELECT length_mm, used_rows, used_rows_before, put_in_at, has_sensor FROM printer_rolls
        WHERE printer = :printer
        """,
        {"printer": printer},
    ).fetchone()
    if row is None:
        return RollRow()
    return RollRow(
        length_mm=row["length_mm"],
        used_rows=row["used_rows"],
        used_rows_before=row["used_rows_before"],
        put_in_at=row["put_in_at"],
        has_sensor=bool(row["has_sensor"]),
    )


def sensor_spoke(connection: Connection, printer: int) -> None:
    """Remember that a printer has a sensor for the end of its roll."""
    connection.execute(
        """
        INSERT INTO printer_rolls (printer, has_sensor) VALUES (:printer, 1)
        ON CONFLICT (printer) DO UPDATE SET has_sensor = 1
        """,
        {"printer": printer},
    )


def set_length(connection: Connection, printer: int, length_mm: int | None) -> None:
    """Say how long a printer's rolls are."""
    connection.execute(
        """
        INSERT INTO printer_rolls (printer, length_mm) VALUES (:printer, :length_mm)
        ON CONFLICT (printer) DO UPDATE SET length_mm = excluded.length_mm
        """,
        {"printer": printer, "length_mm": length_mm},
    )


def count_job(connection: Connection, job_id: int) -> None:
    """Count the paper of a job that went out, on the roll of its printer."""
    connection.execute(
        """
        INSERT INTO printer_rolls (printer, used_rows)
        SELECT printer, paper_rows FROM print_jobs WHERE id = :job
        ON CONFLICT (printer) DO UPDATE SET used_rows = used_rows + excluded.used_rows
        """,
        {"job": job_id},
    )


def put_in(connection: Connection, printer: int, at: str) -> None:
    """Begin a new roll, and remember what the last one had used."""
    connection.execute(
        """
        INSERT INTO printer_rolls (printer, used_rows_before, put_in_at) VALUES (:printer, 0, :at)
        ON CONFLICT (printer) DO UPDATE
        SET used_rows_before = used_rows, used_rows = 0, put_in_at = excluded.put_in_at
        """,
        {"printer": printer, "at": at},
    )


def take_back(connection: Connection, printer: int) -> bool:
    """Undo the last new roll: it is the old one after all. False where none can be undone."""
    rows = connection.execute(
        """
        UPDATE printer_rolls
        SET used_rows = used_rows + used_rows_before, used_rows_before = NULL, put_in_at = NULL
        WHERE printer = :printer AND used_rows_before IS NOT NULL
        RETURNING printer
        """,
        {"printer": printer},
    ).fetchall()
    return bool(rows)
