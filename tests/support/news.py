"""A newer catalogue than the one the bazaar of the tests began with."""

from tests.support.bazaar import bundle_document, product_id

NEW = "f" * 16


def newer(version=NEW, **changes):
    """The wedang costs more, the batik is gone, and there is something new."""
    products = [row for row in bundle_document()["products"] if row["sku"] != "BTK-ONDEL"]
    products[0] = {**products[0], "price_rp": 27_500}
    fresh = {**products[1], "id": product_id("BTK-ONDEL")[:-1] + "9", "name": "Jahe Merah"}
    return bundle_document(version, products=[*products, fresh], **changes)
