"""What every table shares: naming of constraints, ids of our own that are never reused, and the row version."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, Date, DateTime, Dialect, Enum, MetaData, Table, Text, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedAsDataclass, mapped_column, relationship
from sqlalchemy.types import TypeEngine
from typing_extensions import dataclass_transform, override

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in Python, naive UTC in the file (SQLite keeps no zone)."""

    impl = DateTime
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC)


def stored_words(words: type[StrEnum]) -> list[str]:
    """Return the values that an enumeration stores, in its order."""
    return [str(word.value) for word in words]


WORDS = Enum(StrEnum, native_enum=False, create_constraint=False, values_callable=stored_words, length=40)


@dataclass_transform(kw_only_default=True, eq_default=False, field_specifiers=(mapped_column, relationship))
class Base(MappedAsDataclass, DeclarativeBase, kw_only=True, eq=False, repr=False):
    """Every table. No ``repr``: a row can hold personal data and must not reach a log."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, TypeEngine[Any]]] = {
        str: Text(),
        date: Date(),
        datetime: UtcDateTime(),
        StrEnum: WORDS,
        dict[str, Any]: JSON(),
        list[Any]: JSON(),
    }

    @classmethod
    def __table_cls__(cls, *args: Any, **options: Any) -> Table:
        """Build the table so that an id, once given out, is never given out again."""
        return Table(*args, sqlite_autoincrement=True, **options)


class Row(Base):
    """An editable row: an id that is never reused, and a version that each write checks and raises."""

    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True, init=False, autoincrement=True)
    version: Mapped[int] = mapped_column(init=False, default=1)
