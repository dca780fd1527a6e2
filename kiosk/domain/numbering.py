"""Receipt numbers: labels for people, gapless per journal, till and opening day."""

from string import ascii_uppercase


def receipt_number(till: str, depth: int, counter: int) -> str:
    """Write a receipt number: `K03-0142`, or `K03B-0001` in a journal that continues another.

    `depth` is how many journals stand before this one: 0 for the first, 1 for B, 26 and
    above carry on as `BA`, like columns of a sheet.
    """
    letters = ""
    rest = depth
    while rest:
        rest, digit = divmod(rest, 26)
        letters = ascii_uppercase[digit] + letters
    return f"{till}{letters}-{counter:04d}"
