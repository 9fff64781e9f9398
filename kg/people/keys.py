"""Named keys: who may do what over HTTP. Their file holds no key, only the SHA-256 of each.

A key is 256 random bits, so nobody finds it by trying what is likely: a slow hash, which passwords need, would gain nothing.
"""

from __future__ import annotations

import datetime
import hashlib
import hmac
import json
import re
import secrets
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

from filelock import FileLock
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from kg import atomic
from kg.days import today
from kg.errors import BadParameter, BadSettings, NotFound

Role = Literal["read", "report", "check", "load", "admin"]

ROLES: Final[tuple[Role, ...]] = get_args(Role)
"""Each may do what those before it may."""

_NAME: Final = re.compile(r"[\w·.-](?:[\w·. -]{0,38}[\w·.-])?")  # 例 督查室-1
_LONGEST: Final = 100  # characters of a unit's name or id
_PREFIX: Final = "kg_"  # by which programs that look for leaked secrets know one


@dataclass(frozen=True, slots=True)
class Person:
    """Who acts. `name`: of their key; where that is not `named`, whoever sits at the machine or has the shared key. `unit`: the
    only one that they report for, by id or full name."""

    name: str
    role: Role | None
    named: bool = False
    unit: str | None = None

    def may(self, role: Role) -> bool:
        """Whether they may do what needs `role`."""
        return self.role is not None and ROLES.index(self.role) >= ROLES.index(role)

    def may_report(self, *unit: str) -> bool:
        """Whether they may report for the unit of this id and name."""
        return self.unit is None or self.unit in unit


OWNER: Final = Person("owner", "admin")
"""Who runs commands, agents and programs on this machine, and everybody where there are no keys."""
SHARED: Final = Person("KG_API_KEY", "admin")
NOBODY: Final = Person("nobody", None)


class Key(BaseModel):
    """What is kept of a key."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    role: Role
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    made_on: datetime.date
    unit: Annotated[str, Field(min_length=1, max_length=_LONGEST)] | None = None

    @property
    def person(self) -> Person:
        return Person(self.name, self.role, named=True, unit=self.unit)


_KEYS: Final = TypeAdapter(tuple[Key, ...])


def digest(key: str | bytes) -> str:
    """What a key, or the id of a session, is known by."""
    return hashlib.sha256(key if isinstance(key, bytes) else key.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(slots=True)
class Keys:
    """The keys of a base, in a file that only its owner may read. Where the file is there, HTTP needs a key, also after the
    last one was removed: a server that others reach must not open by that. Raises BadSettings where it cannot be read."""

    file: Path
    _read: tuple[tuple[int, ...], tuple[Key, ...]] | None = field(default=None, init=False)

    @property
    def needed(self) -> bool:
        return self._stamp() is not None

    def all(self) -> tuple[Key, ...]:
        """By name."""
        stamp = self._stamp()
        if stamp is None:
            return ()
        if self._read is None or self._read[0] != stamp:
            try:
                self._read = stamp, _KEYS.validate_json(self.file.read_bytes())
            except (OSError, ValidationError) as error:
                hint = "restore it, or remove it and make the keys anew"
                raise BadSettings(f"{self.file} cannot be read as keys", hint) from error
        return self._read[1]

    def known_by(self, sha256: str) -> Person | None:
        """Whose key has this digest. All are compared, in constant time each."""
        found = [key for key in self.all() if hmac.compare_digest(key.sha256, sha256)]
        return found[0].person if found else None

    def add(self, name: str, role: Role, *, unit: str | None = None, replace: bool = False) -> str:
        """Makes a key and returns it: nobody can show it again. `unit`, with the role report: the only one it reports for, by
        id or full name. `replace`: in place of the one that has the name, with which nobody gets in from now on; bound to the
        same unit, if no other is given. Raises BadParameter."""
        name = _plain(name)
        if not _NAME.fullmatch(name) or name.casefold() in _TAKEN:
            raise BadParameter(
                f"{name!r:.80} is no name for a key", "give up to 40 letters, digits, - . or ·, such as 督查室-1"
            )
        unit = unit if unit is None else unit.strip()
        if unit is not None and (role != "report" or not 0 < len(unit) <= _LONGEST):
            raise BadParameter(f"{unit!r:.80} cannot be the unit of a key", "give the full name, with the role report")
        with self._changing():
            others = tuple(key for key in self.all() if key.name.casefold() != name.casefold())
            gone = next((key for key in self.all() if key not in others), None)
            if gone and not replace:
                raise BadParameter(f"there is a key {name} already", "choose another name, or say --replace")
            if gone and role == "report":
                unit = unit or gone.unit  # a new key may do no more than the old one
            token = _PREFIX + secrets.token_urlsafe(32)
            self._write((*others, Key(name=name, role=role, sha256=digest(token), made_on=today(), unit=unit)))
        return token

    def remove(self, name: str) -> str:
        """With that key nobody gets in from now on, nor with a session begun by it. Returns its own name. Raises NotFound."""
        with self._changing():
            gone = [key for key in self.all() if key.name.casefold() == _plain(name).casefold()]
            if not gone:
                raise NotFound(f"there is no key {name:.80}", "kg key list names them", tuple(key.name for key in self.all()))
            self._write(tuple(key for key in self.all() if key not in gone))
        return gone[0].name

    def _changing(self) -> FileLock:
        atomic.private_folder(self.file.parent)
        return FileLock(self.file.with_suffix(".lock"))

    def _write(self, keys: tuple[Key, ...]) -> None:
        rows = [key.model_dump(mode="json", exclude_none=True) for key in sorted(keys, key=lambda key: key.name)]
        atomic.write(self.file, json.dumps(rows, ensure_ascii=False, indent=1).encode())

    def _stamp(self) -> tuple[int, ...] | None:
        try:
            told = self.file.stat()
        except FileNotFoundError:
            return None
        return told.st_ino, told.st_mtime_ns, told.st_size


def _plain(name: str) -> str:
    """１ as 1, Ａ as A (Unicode Annex 15, NFKC)."""
    return unicodedata.normalize("NFKC", name)


_TAKEN: Final = frozenset(person.name.casefold() for person in (OWNER, SHARED, NOBODY))
