"""The words of the documentation's page of paper: what each photograph shows."""

INTRODUCTION = """\
# Paper

What comes out of a printer, photographed on the virtual one: every picture here was printed as
bytes, read back by the simulator and drawn dot for dot. `make papers` takes them all anew.

The same documents stand as text and as exact bytes, at 32, 42 and 48 columns, in
`tests/documents/__snapshots__`; `pytest tests/documents --snapshot-update` rewrites both. Which
printers there are, and how each is described, is in [printers.md](printers.md).

One document gives bytes, readable text and a picture, and all three come from the same laid-out
lines. The organiser's words, contact, language and logo are written at the hub (*Acara*, *Struk*);
a coordinator may write others for one machine (*Teks struk*). Both pages show the paper while one
types, and refuse words that refuse returns (Law 8/1999, article 18).
"""

ABOUT = {
    "receipt": (
        "What a buyer holds: the organiser's logo and words, each stall with its kelurahan "
        "and goods, a line discount with its reason, one QR code to the stall's online "
        "shop, goods by weight, subtotal, *Diskon*, *Pembulatan*, *TOTAL*, cash and change, "
        "the contact for returns. No tax line: a vendor who is no PKP must not print one."
    ),
    "receipt, English": (
        "The same in English. The event chooses the language, and a till may choose otherwise."
    ),
    "receipt, nothing but goods": ("The least there is."),
    "receipt, QRIS claimed": (
        "Paid by QRIS: the cashier has seen the notification, no statement has confirmed it yet."
    ),
    "receipt, two payments": ("One sale paid in two ways."),
    "receipt, change left": ("The buyer left the change."),
    "receipt, every tenth": (
        "Every tenth receipt names the head of the journal before its sale: at the hub "
        "anybody can look it up."
    ),
    "receipt, every tenth, English": ("The same in English."),
    "receipt, long names": (
        "Names are wrapped between words, words longer than the paper anywhere; amounts "
        "stay at the right edge."
    ),
    "copy of a receipt": ("Whatever is printed a second time says so."),
    "copy of a receipt, English": ("Both words: coordinators look for *SALINAN*."),
    "copy of a voided receipt": ("A copy of a sale that was taken back says that too."),
    "void": ("A whole sale taken back."),
    "void, English": ("The same in English."),
    "refund": ("Some of the goods come back."),
    "X report": (
        "What a shift sold and took so far, printed from its page. It says nothing of the cash"
        " that should be there, because that is counted blind."
    ),
    "X report, English": ("The same in the language of its till's receipts."),
    "Z report": (
        "A shift is closed: what it sold, the notes and coins that were counted, and the difference."
    ),
    "Z report, English": ("The same in the language of its till's receipts."),
    "order slip": (
        "What one stall is to hand over, without prices. The QR code leads back to the "
        "order, where a slip that was used says by whom and when."
    ),
    "order slip, cancelled": ("The sale was voided: hand nothing over."),
    "order slip, English": ("The same in the language of its till's receipts."),
    "settlement slip": (
        "What a stall sold on this machine, what it has of that already, what it is handed now "
        "and what is left. Both sign it."
    ),
    "settlement slip, English": ("The same in the language of its till's receipts."),
    "settlement slip, the stall pays in": (
        "A stall whose buyers paid it directly owes its commission."
    ),
    "settlement slip, taken back": ("A settlement that did not happen so is taken back."),
    "labels": (
        "Price labels. Goods without a barcode get an EAN-13 of a shop's own, which every "
        "machine of the installation reads back."
    ),
    "test page": ("Shows whether a printer and its profile fit each other."),
}
