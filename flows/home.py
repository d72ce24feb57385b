"""A HOME is one site: its folders, and its doorstep.toml read strictly."""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from data_contracts.sources import SOURCES
from data_contracts.terms import Band, Column, Source
from flows import files
from flows.alerts.settings import AlertSettings
from flows.errors import DoorstepError, UsageError
from flows.retention.settings import RetentionSettings
from flows.review.settings import ReviewSettings
from flows.sealing.key import Secret

CONFIG_FILE = "doorstep.toml"


@dataclass(frozen=True, kw_only=True)
class Site:
    """Who we serve."""

    name: str
    county: str
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class NightSettings:
    """When the night runs and what it may use of the machine."""

    cron: str = "30 1 * * *"
    threads: int = 2
    memory_gb: int = 4
    temp_gb: int = 20


@dataclass(frozen=True, kw_only=True)
class LogSettings:
    """How long the house's own log is kept."""

    keep_days: int = 90


@dataclass(frozen=True, kw_only=True)
class Overlay:
    """What differs at this site from a contract: spellings, codes, units, completeness, band."""

    complete_since: date | None = None
    headers: Mapping[str, list[str]] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)
    band: tuple[float, float] | None = None
    cadence_days: int | None = None
    quarantine_limit: float | None = None


@dataclass(frozen=True)
class Home:
    """One site's folder."""

    root: Path

    @property
    def config_file(self) -> Path:
        """Its settings."""
        return self.root / CONFIG_FILE

    @property
    def policy(self) -> Path:
        """The county's policy values."""
        return self.root / "policy"

    @property
    def inbox(self) -> Path:
        """Where departments' files are put, one folder a source."""
        return self.root / "inbox"

    @property
    def held(self) -> Path:
        """Deliveries outside their band, waiting for a person."""
        return self.root / "held"

    @property
    def refused(self) -> Path:
        """Deliveries that broke their contract, with the reasons beside them."""
        return self.root / "refused"

    @property
    def quarantine(self) -> Path:
        """Rows to be mailed back to their department."""
        return self.root / "quarantine"

    @property
    def outbox(self) -> Path:
        """What townships and the bureau get, one folder a night."""
        return self.root / "outbox"

    @property
    def returns(self) -> Path:
        """Where townships' filled lists are put, in any shape."""
        return self.root / "returns"

    @property
    def archive(self) -> Path:
        """Every accepted delivery as it came: half of the truth."""
        return self.root / "archive"

    @property
    def state(self) -> Path:
        """What the machine keeps; all but the ledger can be rebuilt."""
        return self.root / "state"

    @property
    def ledger(self) -> Path:
        """The other half of the truth."""
        return self.state / "ledger.sqlite"

    @property
    def work(self) -> Path:
        """The working database; only the night opens it."""
        return self.state / "work.duckdb"

    @property
    def snapshot(self) -> Path:
        """The published database that everybody reads."""
        return self.state / "snapshot.duckdb"

    @property
    def logs(self) -> Path:
        """The house's own log, a file a day, without any value of a row."""
        return self.state / "logs"

    @property
    def alerts(self) -> Path:
        """Alerts that wait to be sent, and those that were."""
        return self.state / "alerts"

    @property
    def heartbeat(self) -> Path:
        """When a night last began, and last ended well."""
        return self.state / "heartbeat.json"

    @property
    def standing(self) -> Path:
        """Which night ended last and how new each source was, open to those without a key."""
        return self.state / "standing.json"

    @property
    def lock(self) -> Path:
        """Held while a night runs."""
        return self.state / "night.lock"

    @property
    def erasing(self) -> Path:
        """The plan of an erasure that is not finished."""
        return self.state / "erasing.json"

    @property
    def list_password(self) -> Path:
        """The password of the workbooks that leave the house, if the county wants one."""
        return self.state / "list_password"

    @property
    def returns_lock(self) -> Path:
        """Held while returned lists are taken up."""
        return self.state / "returns.lock"

    @cached_property
    def config(self) -> Config:
        """doorstep.toml, refused when it says something we do not understand."""
        return _config(self.config_file)

    @cached_property
    def secret(self) -> bytes:
        """The key of this site's record keys; made once by init, and never replaced."""
        path = self.state / "secret"
        if not path.exists():
            if self.ledger.exists():
                raise DoorstepError(
                    "state/secret 不在,而台账已有记录:换一个新的,所有编号都会改变。请从备份恢复它。"
                )
            files.write_first(path, secrets.token_hex(32))
        return bytes.fromhex(files.read_text(path).strip())

    @property
    def join_secret_file(self) -> Path:
        """Where the key of join keys lies."""
        return self.state / "join_secret"

    @property
    def join_secret(self) -> bytes:
        """The key of join keys (identity and household numbers); `doorstep keys rotate` replaces it.

        Homes made before there were two of them use the record keys' until then.
        """
        path = self.join_secret_file
        return bytes.fromhex(files.read_text(path).strip()) if path.exists() else self.secret


@dataclass(frozen=True, kw_only=True)
class Config:
    """doorstep.toml as values, with every source's contract as this site needs it."""

    site: Site
    night: NightSettings
    overlays: Mapping[str, Overlay]
    alerts: AlertSettings = field(default_factory=AlertSettings)
    logs: LogSettings = field(default_factory=LogSettings)
    retention: RetentionSettings = field(default_factory=RetentionSettings)
    review: ReviewSettings = field(default_factory=ReviewSettings)
    secret: Secret = field(default_factory=Secret)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """Every contract with the site's overlay laid on it."""
        return {
            name: _overlaid(source, self.overlays.get(name, Overlay()))
            for name, source in SOURCES.items()
        }


def home_as_it_lies(root: Path) -> Home:
    """The HOME at a folder, sealed or not, or a clear refusal when there is none."""
    home = Home(root.resolve())
    if not home.config_file.is_file():
        raise UsageError(
            f"{home.root} 不是 Doorstep 的工作目录(缺少 {CONFIG_FILE})。"
            "请用 --home 指定,或先运行 doorstep init 目录。"
        )
    return home


def existing_home(root: Path) -> Home:
    """The HOME at a folder, opened with its key where it is sealed; else a clear refusal."""
    home = home_as_it_lies(root)
    if files.house_key(home.root) is None and home.config.secret.required:
        raise UsageError(
            f"{CONFIG_FILE} 要求加密([secret] required),但这个工作目录尚未加密。"
            "请配置密钥并运行 doorstep keys seal。"
        )
    return home


def _config(path: Path) -> Config:
    text = files.read_text(path)
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DoorstepError(f"{path.name} 不是有效的 TOML:{error}。请改正后重试。") from None
    _only_known(
        path, tree, {"site", "night", "secret", "sources", "alerts", "logs", "retention", "review"}
    )
    overlays = {}
    for name, overlay in tree.get("sources", {}).items():
        if name not in SOURCES:
            known = "、".join(SOURCES)
            raise DoorstepError(f"{path.name}:没有名为 {name} 的来源。可用的来源:{known}。")
        overlays[name] = _built(path, f"sources.{name}", Overlay, overlay)
    return Config(
        site=_built(path, "site", Site, tree.get("site", {})),
        night=_built(path, "night", NightSettings, tree.get("night", {})),
        secret=_built(path, "secret", Secret, tree.get("secret", {})),
        overlays=overlays,
        alerts=_built(path, "alerts", AlertSettings, tree.get("alerts", {})),
        logs=_built(path, "logs", LogSettings, tree.get("logs", {})),
        retention=_built(path, "retention", RetentionSettings, tree.get("retention", {})),
        review=_built(path, "review", ReviewSettings, tree.get("review", {})),
    )


def _only_known(path: Path, tree: Mapping[str, Any], known: set[str], where: str = "") -> None:
    unknown = sorted(set(tree) - known)
    if unknown:
        place = f"[{where}] 中的 " if where else ""
        raise DoorstepError(
            f"{path.name}:不认识 {place}{'、'.join(unknown)}。可用的是:{'、'.join(sorted(known))}。"
        )


def _built(path: Path, where: str, kind: Any, tree: Mapping[str, Any]) -> Any:
    _only_known(path, tree, set(kind.__dataclass_fields__), where)
    values = {key: tuple(value) if key == "band" else value for key, value in tree.items()}
    try:
        return kind(**values)
    except TypeError:
        needed = "、".join(kind.__dataclass_fields__)
        raise DoorstepError(f"{path.name}:[{where}] 不完整,需要:{needed}。") from None


def _overlaid(source: Source, overlay: Overlay) -> Source:
    touched = {*overlay.headers, *overlay.codes, *overlay.units}
    unknown = sorted(touched - set(source.columns))
    if unknown:
        raise DoorstepError(
            f"{CONFIG_FILE}:来源 {source.name} 没有列 {'、'.join(unknown)}。"
            f"可用的列:{'、'.join(source.columns)}。"
        )
    try:
        columns = {
            name: _overlaid_column(name, column, overlay) if name in touched else column
            for name, column in source.columns.items()
        }
    except ValueError as error:
        raise DoorstepError(f"{CONFIG_FILE}:来源 {source.name}:{error}。请改正后重试。") from None
    band = Band(low=overlay.band[0], high=overlay.band[1]) if overlay.band else source.band
    limit = overlay.quarantine_limit
    return replace(
        source,
        columns=columns,
        band=band,
        cadence_days=overlay.cadence_days or source.cadence_days,
        quarantine_limit=source.quarantine_limit if limit is None else limit,
    )


def _overlaid_column(name: str, column: Column, overlay: Overlay) -> Column:
    return replace(
        column,
        headers=(*column.headers, *overlay.headers.get(name, ())),
        codes={**column.codes, **overlay.codes.get(name, {})},
        unit=overlay.units.get(name, column.unit),
    )
