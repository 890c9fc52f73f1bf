"""The data of a page, as its programs read them."""

import base64
import gzip
import json
from typing import Any

import numpy as np

OUTSIDE = -32768


def unpacked_content(document: str) -> dict[str, Any]:
    """All that is inside a page."""
    data = document.partition('<script type="text/plain" id="data">')[2].partition("</script>")[0]
    return dict(json.loads(gzip.decompress(base64.b64decode(data))))


def unpacked(packed: dict[str, Any]) -> np.ndarray:
    """The numbers of an array."""
    kind = {"f4": "<f4", "f8": "<f8", "i2": "<i2"}[packed["type"]]
    values = np.frombuffer(base64.b64decode(packed["data"]), dtype=kind).reshape(packed["shape"])
    if packed["type"] == "i2":
        return np.where(values == OUTSIDE, np.nan, values / 32767.0)
    return values
