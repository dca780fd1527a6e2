import pytest

from kiosk.wire.bundles import BundleError, read_bundle
from tests.support.bazaar import WEDANG, bundle_document


def test_a_whole_bundle_is_read():
    bundle = read_bundle(bundle_document())

    assert bundle.event.name == "Bazar Jumat"
    assert len(bundle.products) == 6


def test_every_fault_of_a_bundle_is_named_with_its_place():
    document = bundle_document()
    document["products"][0]["price_rp"] = "25000"
    document["tills"][1]["id"] = "laci"

    with pytest.raises(BundleError) as refused:
        read_bundle(document)

    assert [fault.split(":")[0] for fault in refused.value.faults] == [
        "tills.1.id",
        "products.0.price_rp",
    ]


@pytest.mark.parametrize(
    "change",
    [
        lambda bundle: bundle["products"].append(bundle["products"][0]),
        lambda bundle: bundle["products"][0].update(stall="00000000-0000-7000-8000-00000000dead"),
        lambda bundle: bundle["stalls"][0].update(qris="00020101"),
        lambda bundle: bundle.update(unknown=1),
        lambda bundle: bundle["staff"].clear(),
    ],
)
def test_a_bundle_that_does_not_fit_together_is_refused(change):
    document = bundle_document()
    change(document)

    with pytest.raises(BundleError):
        read_bundle(document)


@pytest.mark.parametrize("document", [None, [], "bundle", {"stalls": WEDANG}])
def test_what_is_no_bundle_is_refused(document):
    with pytest.raises(BundleError):
        read_bundle(document)
