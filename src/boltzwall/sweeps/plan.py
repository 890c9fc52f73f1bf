"""What a study lacks: the batches that are still to be computed."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from boltzwall.sweeps.compute_batch import Task
from boltzwall.sweeps.store import Entry, batch_name
from boltzwall.sweeps.study import Study


class Plan(Sequence[Task]):
    """The tasks of a study whose points a store lacks.

    Only numbers of points are held; a task is made when it is asked for, so that the plan of a
    million points costs little memory.

    Attributes:
        points: how many points are to be computed.
    """

    def __init__(
        self, study: Study, address: str, index: Mapping[str, Entry], retry_failed: bool = False
    ) -> None:
        """Look for every point of the study in the store.

        Arguments:
            address: of the store, as workers elsewhere understand it.
            index: what the store holds.
            retry_failed: whether points that failed are computed again.
        """
        self._study, self._address = study, address
        self._index, self._retry = index, retry_failed
        self._missing: list[Sequence[int]] = []
        seen: set[str] | None = set() if study.has_equal_points else None
        for batch in study.batches():
            missing = [point for point in batch if self._is_missing(study.digest(point), seen)]
            if missing:
                self._missing.append(batch if len(missing) == len(batch) else tuple(missing))
        self.points = sum(len(batch) for batch in self._missing)

    def __len__(self) -> int:
        return len(self._missing)

    def __getitem__(self, number: Any) -> Any:
        """The task of a number; no slices."""
        study, batch = self._study, self._missing[number]
        digests = tuple(study.digest(point) for point in batch)
        return Task(
            store=self._address,
            name=self._name(digests),
            given=study.given,
            overrides=tuple(study.overrides(point) for point in batch),
            digests=digests,
            kind=study.settings.kind,
            keep=study.settings.keep,
            size=study.batch_size,
        )

    def starting_at(self, first: int) -> Iterator[Task]:
        """All tasks, from one in the middle."""
        for k in range(len(self)):
            yield self[(first + k) % len(self)]

    def _is_missing(self, digest: str, seen: set[str] | None) -> bool:
        if seen is not None:
            if digest in seen:
                return False
            seen.add(digest)
        entry = self._index.get(digest)
        return entry is None or (self._retry and bool(entry.reason))

    def _name(self, digests: Sequence[str]) -> str:
        """The name of a batch, a new one if some of it was tried before."""
        if not any(digest in self._index for digest in digests):
            return batch_name(digests)
        attempt = 1
        while batch_name(digests, attempt) in self._batches:
            attempt += 1
        return batch_name(digests, attempt)

    @cached_property
    def _batches(self) -> frozenset[str]:
        return frozenset(entry.batch for entry in self._index.values())
