"""Kinds of printers of one's own: described in a form, used, and deleted."""

from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.operators import NotAllowedError
from kiosk.services.approvals import Approval
from kiosk.services.printer_profiles import (
    FLAGS,
    KindChoiceError,
    KindForm,
    KindInUseError,
    KindNameError,
    KindNotCredibleError,
    KindUnknownError,
    KindWidthError,
    delete_kind,
    keep_kind,
    kind,
    kinds,
)
from kiosk.services.printers import PrinterForm, keep_printer, printer
from printers.errors import PrinterError
from printers.profiles import BOUNDS, GENERIC_58, GENERIC_80_48, PROFILES
from tests.support.bazaar import APPROVED


def form_of(profile, **numbers):
    """The form as a page fills it in."""
    fields = asdict(profile)
    return KindForm(
        name=profile.name,
        numbers={field: str(fields[field]) for field in BOUNDS} | numbers,
        flags=frozenset(flag for flag in FLAGS if fields[flag]),
        confirm=profile.confirm,
        code_page=profile.code_page,
    )


OURS = replace(GENERIC_58, name="Printer warung", columns=30, pause_ms=15, code_page_number=5)


def test_a_kind_of_ones_own_is_kept_as_typed_and_stands_first(here, paired):
    key = keep_kind(here, paired, None, form_of(OURS), APPROVED)

    assert kind(here, key) == replace(OURS, key=key)
    assert [one.key for one in kinds(here)] == [key, *PROFILES]


def test_a_kind_of_ones_own_is_used_wherever_a_kind_is(here, paired):
    key = keep_kind(here, paired, None, form_of(OURS), APPROVED)

    number = keep_printer(here, paired, None, PrinterForm("D", "null:", key, ()), APPROVED)

    assert printer(here, number).profile.columns == 30


def test_a_kind_is_changed_for_every_printer_of_it(here, paired):
    key = keep_kind(here, paired, None, form_of(OURS), APPROVED)
    number = keep_printer(here, paired, None, PrinterForm("D", "null:", key, ()), APPROVED)

    keep_kind(here, paired, key, form_of(replace(OURS, columns=32)), APPROVED)

    assert printer(here, number).profile.columns == 32


def test_a_kind_that_a_printer_is_of_is_not_deleted(here, paired):
    key = keep_kind(here, paired, None, form_of(OURS), APPROVED)
    form = PrinterForm("Depan", "null:", key, ())
    number = keep_printer(here, paired, None, form, APPROVED)

    with pytest.raises(KindInUseError, match="Depan"):
        delete_kind(here, paired, key, APPROVED)
    keep_printer(here, paired, number, replace(form, profile="generic-58"), APPROVED)
    delete_kind(here, paired, key, APPROVED)

    assert [one.key for one in kinds(here)] == list(PROFILES)


def test_a_known_kind_is_neither_changed_nor_deleted(here, paired):
    with pytest.raises(KindUnknownError):
        keep_kind(here, paired, "generic-58", form_of(OURS), APPROVED)
    with pytest.raises(KindUnknownError):
        delete_kind(here, paired, "generic-58", APPROVED)


def test_two_kinds_never_have_one_name(here, paired):
    keep_kind(here, paired, None, form_of(OURS), APPROVED)

    for name in (OURS.name, GENERIC_58.name, "", "x" * 81):
        with pytest.raises(KindNameError):
            keep_kind(here, paired, None, replace(form_of(OURS), name=name), APPROVED)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("columns", "0"),
        ("columns", "banyak"),
        ("columns", "49"),
        ("columns", ""),
        ("paper_dots", "832"),
        ("paper_mm", "٥٨"),
        ("mm_per_second", "9999999999"),
        ("feed_lines_before_tear", "-1"),
        ("code_page_number", "256"),
        ("chunk_bytes", "0"),
        ("pause_ms", "1001"),
    ],
)
def test_a_number_no_printer_has_is_refused_by_its_field(here, paired, field, typed):
    with pytest.raises(KindNotCredibleError) as refused:
        keep_kind(here, paired, None, form_of(OURS, **{field: typed}), APPROVED)

    assert refused.value.field == field


def test_a_width_that_no_bytes_make_is_refused_with_those_that_do(here, paired):
    with pytest.raises(KindWidthError, match="multiple of 8"):
        keep_kind(here, paired, None, form_of(OURS, paper_dots="385"), APPROVED)


@pytest.mark.parametrize("changes", [{"code_page": "rot13"}, {"confirm": "telepathy"}])
def test_a_choice_that_is_not_offered_is_refused(here, paired, changes):
    with pytest.raises(KindChoiceError):
        keep_kind(here, paired, None, replace(form_of(OURS), **changes), APPROVED)


def test_describing_a_kind_takes_a_coordinator(here, paired):
    with pytest.raises(NotAllowedError):
        keep_kind(here, paired, None, form_of(OURS), Approval())


@given(st.sampled_from(sorted(BOUNDS)), st.integers(-10, 100_000))
def test_a_profile_is_within_its_bounds_or_cannot_be_built(field, number):
    least, most = BOUNDS[field]

    try:
        built = replace(GENERIC_80_48, **{field: number})
    except PrinterError:
        built = None

    assert built is None or least <= getattr(built, field) <= most
