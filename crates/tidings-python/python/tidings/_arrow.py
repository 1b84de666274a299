"""Arrow tables and streams, for whatever library is at hand; none is needed to make them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Iterator, Optional

if TYPE_CHECKING:
    from . import _tidings
    import pandas
    import polars
    import pyarrow


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise ImportError("pyarrow is needed for this; hint: pip install 'tidings[arrow]'") from None
    return pyarrow


class _Arrow:
    """Speaks the Arrow C stream interface."""

    _native: Any

    def __arrow_c_stream__(self, requested_schema: Optional[Any] = None) -> Any:
        return self._native.__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> pyarrow.Table:
        """As a table of pyarrow."""
        return _pyarrow().table(self)

    def to_pandas(self) -> pandas.DataFrame:
        """As a frame of pandas."""
        return self.to_arrow().to_pandas()

    def to_polars(self) -> polars.DataFrame:
        """As a frame of Polars."""
        try:
            import polars
        except ImportError:
            raise ImportError("Polars is needed for this; hint: pip install polars") from None
        return polars.DataFrame(self)


class Table(_Arrow):
    """Rows of a ledger. Any library that reads Arrow takes it as it is."""

    def __init__(self, native: Any) -> None:
        self._native = native

    def __len__(self) -> int:
        return int(self._native.num_rows)

    @property
    def columns(self) -> list[str]:
        """Names of the columns."""
        return list(self._native.column_names)

    def __repr__(self) -> str:
        shown = ", ".join(self.columns[:6]) + (" …" if len(self.columns) > 6 else "")
        return f"<Table of {len(self)} rows: {shown}>"


class Batches(_Arrow):
    """Coded articles, batch by batch, as they are asked for. It can be read once."""

    def __init__(self, coded: _tidings.Coded) -> None:
        self._coded = coded

    def __arrow_c_stream__(self, requested_schema: Optional[Any] = None) -> Any:
        return self._coded.stream().__arrow_c_stream__(requested_schema)

    @property
    def schema(self) -> pyarrow.Schema:
        """The columns, as pyarrow has them."""
        return _pyarrow().schema(self._coded.schema())

    def __iter__(self) -> Iterator[pyarrow.RecordBatch]:
        batch = _pyarrow().record_batch
        while (native := self._coded.next()) is not None:
            yield batch(native)

    def to_arrow(self) -> pyarrow.Table:
        """As a table of pyarrow."""
        # Not by the stream: Ctrl-C and the hint of an error would not outlive the C in between.
        return _pyarrow().Table.from_batches(list(self), self.schema)

    def __repr__(self) -> str:
        return "<Batches: read them once, by to_arrow(), to_pandas(), to_polars() or in a loop>"


__all__ = ["Batches", "Table"]
