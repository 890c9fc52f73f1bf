"""The faults of scripts/prove_tests.py fit the code and name tests that exist."""

from pathlib import Path

import pytest

from scripts.prove_tests import FAULTS, ROOT, Fault
from tests.house.sources import SOURCE


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: f"{fault.file}: {fault.remark}")
def test_a_fault_fits_the_code(fault: Fault) -> None:
    source = (SOURCE / fault.file).read_text(encoding="utf-8")
    assert fault.applied(source) != source
    assert all(Path(ROOT, test).exists() for test in fault.tests)


def test_every_layer_of_the_numerical_code_has_its_faults() -> None:
    files = [fault.file.split("/")[0] for fault in FAULTS]
    assert min(files.count(layer) for layer in ("physics", "numerics", "transport")) >= 6
    assert len(FAULTS) >= 20


def test_a_text_that_is_gone_or_stands_twice_is_an_error() -> None:
    fault = Fault("physics/fermi.py", "a + b", "a - b", "sign", ())
    for source in ("a - b", "a + b; a + b"):
        with pytest.raises(ValueError, match="stand once"):
            fault.applied(source)
