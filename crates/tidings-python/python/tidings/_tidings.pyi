"""The native half of the package; use what `tidings` itself offers."""

from typing import Any, Mapping, Optional, Sequence

__version__: str

class Error(Exception):
    """Something could not be done. `hint` says what to do about it; the message has both."""

    hint: str

def code(
    articles: Sequence[Mapping[str, Optional[str]]], *, trail: bool = False, jobs: Optional[int] = None
) -> list[str]: ...
def code_batches(
    articles: Any, *, columns: Mapping[str, str], table: str = "events", jobs: Optional[int] = None
) -> Any: ...

class Ledger:
    def __init__(self, path: str) -> None: ...
    @property
    def path(self) -> str: ...
    def list(self, name: str, filters: Mapping[str, Any]) -> Any: ...
    def series(self, filters: Mapping[str, Any], by: str, split: Optional[str], normalise: bool) -> Any: ...
    def network(self, filters: Mapping[str, Any], level: str) -> Any: ...
