"""Great Expectations judges the summary of a delivery: one expectation for each delivery rule.

It sees one row of counts and no row of a person. Loading it takes seconds, so it is loaded when
the first delivery is judged.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from flows.receive.judgement import FailedExpectation
from flows.receive.rules import DeliveryRule, worded


def failures(
    rules: Iterable[DeliveryRule],
    summary: Mapping[str, float],
    said: Mapping[str, tuple[str, str]] | None = None,
) -> tuple[FailedExpectation, ...]:
    """The rules that a summary breaks; `said` holds more telling reasons, Chinese and English."""
    named = {rule.name: rule for rule in rules}
    return tuple(
        _failed(named[name], summary, said or {}, raised=raised)
        for name, raised in _broken(named, summary)
    )


def _failed(
    rule: DeliveryRule,
    summary: Mapping[str, float],
    said: Mapping[str, tuple[str, str]],
    *,
    raised: bool,
) -> FailedExpectation:
    if raised:
        return FailedExpectation(
            name=rule.name,
            reason=f"检查规则 {rule.name} 无法执行,本次不予接收,请联系管理员",
            reason_en=f"the rule {rule.name} could not be judged; call the administrator",
            raised=True,
        )
    reason, english = said.get(rule.name) or worded(rule, summary[rule.name])
    return FailedExpectation(name=rule.name, reason=reason, reason_en=english)


def _broken(
    rules: Mapping[str, DeliveryRule], summary: Mapping[str, float]
) -> Iterator[tuple[str, bool]]:
    import pandas as pd

    batch = _batches().get_batch(batch_parameters={"dataframe": pd.DataFrame([dict(summary)])})
    found = batch.validate(_suite(rules), result_format="BOOLEAN_ONLY")
    for result in found.results:
        if not result.success:
            yield result.expectation_config.meta["rule"], _has_raised(result.exception_info)


def _suite(rules: Mapping[str, DeliveryRule]) -> Any:
    library = _library()
    return library.ExpectationSuite(
        name="delivery",
        expectations=[
            library.expectations.ExpectColumnMaxToBeBetween(
                column=rule.name, min_value=rule.low, max_value=rule.high, meta={"rule": rule.name}
            )
            for rule in rules.values()
        ],
    )


def _has_raised(information: Mapping[str, Any]) -> bool:
    """Whether an expectation raised; the flag stands at the top or one level down."""
    nested = [value for value in information.values() if isinstance(value, dict)]
    return any(one.get("raised_exception") for one in [information, *nested])


@cache
def _library() -> Any:
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    with warnings.catch_warnings():
        # Its own imports use a module that Python has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        import great_expectations
        import great_expectations.expectations
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    return great_expectations


@cache
def _batches() -> Any:
    context = _library().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    asset = context.data_sources.add_pandas("receive").add_dataframe_asset("summary")
    return asset.add_batch_definition_whole_dataframe("delivery")
