"""The spooler against the virtual printer, over real sockets, on its good and bad days."""

from dataclasses import replace

import pytest

from printers.elements import Cut, Document, Drawer, Text, to_json
from printers.errors import BadAddressError
from printers.paper import PaperCut, PaperLine, PaperPulse
from printers.profiles import EPSON_TM, GENERIC_58, GENERIC_80_48, SIMULATOR
from printers.simulator import Simulator
from printers.spooler import PRINT_JOB_STATES, PrinterState, Spooler
from tests.printers.jobs import QUICK, HandClock, MemoryJobs, eventually, spooler

SILENT = replace(GENERIC_58, key="silent")
LONG_SLIP = to_json(Document((*[Text(f"baris {n}") for n in range(30)], Cut())))


@pytest.fixture
def printer():
    with Simulator() as simulator:
        yield simulator


@pytest.fixture
def jobs():
    return MemoryJobs()


def receipts(simulator):
    return sum(isinstance(piece, PaperCut) for piece in simulator.paper)


def words(simulator):
    return [piece.text for piece in simulator.paper if isinstance(piece, PaperLine)]


@pytest.mark.parametrize("profile", [SIMULATOR, GENERIC_80_48, EPSON_TM])
def test_a_receipt_is_printed_once_the_printer_has_confirmed_it(jobs, profile):
    job = jobs.add()

    with Simulator(profile=profile) as printer:
        took_one = spooler(jobs, printer.address, profile).step()

        assert took_one
        assert jobs.states[job] == "printed"
        assert jobs.confirmed[job]
        assert receipts(printer) == 1


def test_without_a_job_there_is_nothing_to_do(jobs, printer):
    assert not spooler(jobs, printer.address).step()


def test_a_printer_that_cannot_answer_has_the_receipt_unconfirmed(jobs, printer):
    job = jobs.add()
    printer.set_faults(mute=True)

    spooler(jobs, printer.address, SILENT).step()

    assert jobs.states[job] == "printed"
    assert not jobs.confirmed[job]
    assert eventually(lambda: "          Terima kasih" in words(printer))


def test_a_repeat_says_salinan_on_top(jobs, printer):
    jobs.add(stamp="SALINAN")

    spooler(jobs, printer.address).step()

    assert words(printer)[0].strip() == "SALINAN"


def test_an_urgent_job_goes_before_an_older_one(jobs, printer):
    older, urgent = jobs.add(), jobs.add(priority=5)

    spooler(jobs, printer.address).step()

    assert (jobs.states[older], jobs.states[urgent]) == ("waiting", "printed")


def test_a_drawer_kick_opens_the_drawer_and_prints_nothing(jobs, printer):
    job = jobs.add(to_json(Document((Drawer(),))))

    spooler(jobs, printer.address).step()

    assert jobs.states[job] == "printed"
    assert printer.paper == [PaperPulse(2)]


def test_a_document_that_cannot_be_read_fails_and_the_next_one_prints(jobs, printer):
    damaged, good = jobs.add("{}"), jobs.add()
    worker = spooler(jobs, printer.address)

    steps = [worker.step(), worker.step(), worker.step()]

    assert steps == [True, True, False]
    assert jobs.states == {damaged: "failed", good: "printed"}
    assert jobs.reasons[damaged] == "bad_document"


def test_a_document_that_breaks_the_program_fails_alone_and_the_log_says_why(jobs, printer, caplog):
    poison, good = jobs.add(document=7), jobs.add()
    owner = spooler(jobs, printer.address)

    assert owner.step()
    assert owner.step()

    assert jobs.states == {poison: "failed", good: "printed"}
    assert jobs.reasons[poison] == "unprintable"
    assert "TypeError" in caplog.text
    assert receipts(printer) == 1


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        ({"paper_rows": 0}, "paper_out"),
        ({"cover_open": True}, "cover_open"),
        ({"cutter_stuck": True}, "cutter"),
        ({"mute": True}, "no_answer"),
        ({"black_hole": True}, "no_answer"),
    ],
)
def test_a_printer_that_is_not_ready_keeps_the_job_waiting_and_says_why(
    jobs, printer, fault, reason
):
    job = jobs.add()
    clock = HandClock()
    worker = spooler(jobs, printer.address, timeouts=QUICK, now=clock)
    printer.set_faults(**fault)

    worker.step()

    assert jobs.states[job] == "waiting"
    assert jobs.reasons[job] == reason
    assert jobs.payloads == {}
    assert jobs.printer[-1].reason == reason
    assert jobs.printer[-1].text


def test_after_a_reload_the_waiting_job_prints_once(jobs, printer):
    job = jobs.add()
    clock = HandClock()
    worker = spooler(jobs, printer.address, now=clock)
    printer.set_faults(paper_rows=0)
    worker.step()
    printer.mend()

    too_early = worker.step()
    clock.seconds += QUICK.retry
    worker.step()

    assert not too_early
    assert jobs.states[job] == "printed"
    assert receipts(printer) == 1
    assert jobs.printer[-1] == PrinterState()


def test_a_roll_near_its_end_is_said_and_prints(jobs, printer):
    job = jobs.add()
    printer.set_faults(near_end=True)

    spooler(jobs, printer.address).step()

    assert jobs.states[job] == "printed"
    assert jobs.printer == [PrinterState(near_end=True)]


def test_paper_running_out_in_the_middle_leaves_the_job_unsure_and_prints_it_once(jobs, printer):
    job = jobs.add(LONG_SLIP)
    worker = spooler(jobs, printer.address, timeouts=QUICK)
    printer.set_faults(paper_rows=300)

    worker.step()
    nothing_more = not worker.step()
    on_paper_then = receipts(printer)
    printer.mend()

    assert jobs.states[job] == "unsure"
    assert jobs.reasons[job] == "paper_out"
    assert nothing_more
    assert on_paper_then == 0
    assert eventually(lambda: receipts(printer) == 1)


def test_a_full_buffer_cannot_say_why_it_stands_still_and_prints_once(jobs, printer):
    job = jobs.add()
    printer.set_faults(paper_rows=300)

    spooler(jobs, printer.address, timeouts=QUICK).step()
    printer.mend()

    assert jobs.states[job] == "unsure"
    assert jobs.reasons[job] == "unconfirmed"
    assert eventually(lambda: receipts(printer) == 1)


def test_paper_put_in_while_the_job_waits_for_its_word_ends_well(printer):
    printer.set_faults(paper_rows=300)

    class ReloadedAfterTheWords(MemoryJobs):
        def printer_state(self, name, state):
            super().printer_state(name, state)
            if state.reason == "paper_out":
                printer.reload_paper()

    reloaded = ReloadedAfterTheWords()
    reloaded.add(LONG_SLIP)
    spooler(reloaded, printer.address).step()

    assert reloaded.states == {1: "printed"}
    assert [state.reason for state in reloaded.printer] == [None, "paper_out", None]
    assert receipts(printer) == 1


def test_a_printer_that_refuses_keeps_the_job_waiting(jobs, printer):
    job = jobs.add()
    clock = HandClock()
    worker = spooler(jobs, printer.address, now=clock)
    printer.refuse()
    worker.step()
    clock.seconds += QUICK.retry
    worker.step()
    printer.accept_again()

    clock.seconds += QUICK.retry
    worker.step()

    assert jobs.reasons[job] == "refused"
    assert jobs.states[job] == "printed"


def test_a_printer_that_takes_everything_and_never_reads_leaves_the_job_unsure(jobs, printer):
    job = jobs.add()
    asks_nothing_first = replace(SIMULATOR, has_status=False, confirm="none")
    printer.set_faults(black_hole=True)

    spooler(jobs, printer.address, asks_nothing_first, QUICK).step()

    assert jobs.states[job] == "unsure"
    assert jobs.reasons[job] == "stalled"
    assert printer.paper == []


@pytest.mark.parametrize("after_bytes", [20, 400, 3000])
def test_a_connection_dropped_in_the_middle_leaves_the_job_unsure(jobs, printer, after_bytes):
    job = jobs.add()
    printer.set_faults(drop_after_bytes=after_bytes)

    spooler(jobs, printer.address).step()

    assert jobs.states[job] == "unsure"
    assert jobs.reasons[job] == "closed"
    assert jobs.sent[job] > 0


def test_after_a_picture_broke_off_the_next_receipt_is_whole(jobs, printer):
    broken, after = jobs.add(), jobs.add()
    worker = spooler(jobs, printer.address)
    printer.set_faults(drop_after_bytes=3000)
    worker.step()
    printer.set_faults(drop_after_bytes=None)

    worker.step()

    assert jobs.states[broken] == "unsure"
    assert jobs.states[after] == "printed"
    assert receipts(printer) == 1
    assert [text for text in words(printer) if "Bazar" in text] == ["  Bazar Jumat"] * 2
    assert all(text.isascii() for text in words(printer))
    assert words(printer)[-2:] == ["          Terima kasih", ""]


def test_a_printer_that_falls_silent_after_the_question_leaves_the_job_unsure(printer):
    class SilentFromTheStart(MemoryJobs):
        def begin(self, name, job_id, payload, paper_rows):
            printer.set_faults(mute=True)
            return super().begin(name, job_id, payload, paper_rows)

    silent = SilentFromTheStart()
    silent.add()
    spooler(silent, printer.address, timeouts=QUICK).step()

    assert silent.states == {1: "unsure"}
    assert silent.reasons == {1: "unconfirmed"}
    assert receipts(printer) == 1


def test_a_late_answer_is_still_an_answer(jobs, printer):
    job = jobs.add()
    printer.set_faults(reply_delay_seconds=0.15)

    spooler(jobs, printer.address).step()

    assert jobs.states[job] == "printed"
    assert jobs.confirmed[job]


def test_an_answer_that_comes_too_late_sends_nothing(jobs, printer):
    job = jobs.add()
    printer.set_faults(reply_delay_seconds=1.0)

    spooler(jobs, printer.address, timeouts=QUICK).step()

    assert jobs.states[job] == "waiting"
    assert jobs.reasons[job] == "no_answer"


@pytest.mark.parametrize(
    "noise",
    [
        b"\x10\x00\x00\x00",
        b"\x18\x00\x0c\x00\x10",
        b"\x11\x13\x11",
        b"\x37\x22!!!!\x00",
        b"\x37\x22\x37",
        bytes(range(0x80, 0x100)),
    ],
)
def test_what_a_printer_says_unasked_is_passed_over(jobs, printer, noise):
    job = jobs.add()
    printer.set_faults(stale_bytes=noise)

    spooler(jobs, printer.address).step()

    assert jobs.states[job] == "printed"
    assert receipts(printer) == 1


def test_a_job_somebody_else_took_is_not_sent(printer):
    class TakenMeanwhile(MemoryJobs):
        def begin(self, _printer, _job_id, _payload, _paper_rows):
            return False

    jobs = TakenMeanwhile()
    jobs.add()

    assert spooler(jobs, printer.address).step()
    assert printer.paper == []


def test_a_job_cut_off_with_the_program_is_unsure_after_the_start(jobs, printer):
    job = jobs.add()
    jobs.begin("front", job, b"the program ended here", 100)
    worker = spooler(jobs, printer.address)

    found = worker.recover()

    assert found == 1
    assert jobs.states[job] == "unsure"
    assert jobs.reasons[job] == "interrupted"
    assert jobs.sent[job] is None
    assert not worker.step()


def test_a_connection_that_ends_before_the_first_byte_leaves_the_job_waiting(jobs):
    class GoneBeforeTheFirstByte:
        answers = False
        bytes_sent = 0

        def open(self):
            pass

        def write(self, _data, _timeout_seconds):
            raise BadAddressError(address="gone")

        def close(self):
            pass

    job = jobs.add()
    worker = Spooler(jobs, "Depan", SILENT, GoneBeforeTheFirstByte, timeouts=QUICK)

    worker.step()

    assert jobs.states[job] == "waiting"


def test_an_address_that_names_no_printer_keeps_the_job_waiting(jobs):
    job = jobs.add()

    spooler(jobs, "http://printer").step()

    assert jobs.states[job] == "waiting"
    assert jobs.reasons[job] == "bad_address"


def test_a_quiet_printer_is_asked_how_it_is(jobs, printer):
    worker = spooler(jobs, printer.address)
    well = worker.check()
    printer.set_faults(cover_open=True)

    open_cover = worker.check()

    assert well == PrinterState()
    assert open_cover.reason == "cover_open"
    assert [state.reason for state in jobs.printer] == [None, "cover_open"]


def test_a_printer_that_works_again_is_told_of_once(jobs, printer):
    jobs.add()
    clock = HandClock()
    worker = spooler(jobs, printer.address, now=clock)
    printer.set_faults(cover_open=True)
    worker.step()
    away = jobs.came_back_times
    printer.mend()

    clock.seconds += QUICK.retry
    worker.step()
    worker.check()

    assert (away, jobs.came_back_times) == (0, 1)


def test_no_move_leads_out_of_a_printed_job():
    assert PRINT_JOB_STATES["printed"] == frozenset()
    assert all(new in PRINT_JOB_STATES for moves in PRINT_JOB_STATES.values() for new in moves)
