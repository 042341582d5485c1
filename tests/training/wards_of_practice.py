"""What the tests of practice share: the shipped scenarios and policies, and runs of them, each made once."""

import os
from dataclasses import replace
from functools import cache

from nurse_station.alarms.limit_files import factory_file
from nurse_station.alarms.limit_files import load as load_limits
from nurse_station.alarms.limits import Limits
from nurse_station.infusion.protocol_files import factory_folder as protocol_folder
from nurse_station.infusion.protocol_files import load_all as load_protocols
from nurse_station.training import policy as policies
from nurse_station.training import scenario_files as scenarios
from nurse_station.training.debrief import Debrief, trained
from nurse_station.training.headless import headless
from nurse_station.training.nurse import ScriptedNurse
from nurse_station.training.policy import Kind, Policy
from nurse_station.training.run import Run
from nurse_station.training.scenario import Scenario

SCENARIOS = scenarios.load_all(scenarios.factory_folder())
POLICIES = policies.load_all(policies.factory_folder())
PROTOCOLS = load_protocols(protocol_folder())
LIMITS = Limits(factory=load_limits(factory_file()))
QUIET = "quiet_day"
MANY = int(os.environ.get("NURSE_STATION_SEEDS", "0"))
"""How many seeds, if set; then the quiet day goes to its end as well."""
SEEDS = range(1, (MANY or 3) + 1)
SHORT_DAY_MIN, SHORT_DAY_FROM = 19.0, 24.0
"""Of the quiet day a test sees the minutes around the first raise; the whole takes half a minute."""


def policy_of(scenario: str, kind: Kind) -> Policy:
    """The shipped one."""
    return next(each for each in POLICIES.values()
                if each.kind is kind and each.scenario in ("any", scenario))  # fmt: skip


def short(scenario: Scenario) -> Scenario:
    """The same, but of the quiet day a time around its first raise, unless many seeds are asked for."""
    if MANY or scenario.key != QUIET:
        return scenario
    begins = replace(scenario.begins, minutes_in=SHORT_DAY_FROM)
    return replace(scenario, lasts_min=SHORT_DAY_MIN, begins=begins)


@cache
def practised(scenario: str, kind: Kind, seed: int) -> Debrief:
    """What came of a shipped nurse in a shipped scenario."""
    row = short(SCENARIOS[scenario])
    return trained(row, policy_of(scenario, kind), seed, PROTOCOLS[row.protocol], LIMITS)


def run_of(scenario: Scenario, policy: Policy, seed: int = 1) -> Run:
    """A run to its end."""
    return headless(scenario, seed, PROTOCOLS[scenario.protocol], LIMITS).play(ScriptedNurse(policy, seed))
