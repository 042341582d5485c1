"""A session's alarms folded into episodes and figures."""

import pytest

from nurse_station.alarms.commands import Acknowledge, CancelPause, NewPatient, PauseAudio, SetPhase
from nurse_station.alarms.history import episodes, figures, paused_s
from nurse_station.alarms.words import Phase, Priority
from tests.alarms.bed import TICK, WELL, Bed


def test_an_episode_goes_from_activation_to_the_end_of_its_condition() -> None:
    bed = Bed()
    bed.hold(20, spo2=91)
    bed.hold(10, spo2=97)
    (episode,) = episodes(bed.entries)
    assert (episode.onset, episode.began, episode.ended) == (1000, 1015, 1023)
    assert (episode.priority, episode.hidden, episode.unresolved_s) == (Priority.MEDIUM, False, 0)
    assert episode.resolved_alone


def test_an_escalation_is_the_same_episode_with_a_higher_priority() -> None:
    bed = Bed()
    bed.hold(16, spo2=91)
    bed.hold(11, spo2=86)
    (episode,) = episodes(bed.entries)
    assert episode.priority is Priority.HIGH
    assert episode.ended is None
    assert episode.duration(1030) == 15
    assert not episode.resolved_alone


def test_time_without_data_is_told_apart() -> None:
    bed = Bed()
    bed.hold(16, spo2=91)
    bed.hold(30, spo2=None)
    bed.hold(10, spo2=97)
    (episode, *_) = episodes(bed.entries)
    assert episode.unresolved_s == 30


def test_another_patient_ends_every_episode() -> None:
    bed = Bed()
    bed.hold(16, spo2=91)
    bed.hold(4, spo2=None)
    bed.do(NewPatient(who="x"))
    (episode,) = episodes(bed.entries)
    assert (episode.ended, episode.unresolved_s) == (1020, 4)


def test_an_acknowledgement_after_the_end_counts_for_that_episode_and_only_the_first() -> None:
    bed = Bed()
    bed.hold(11, spo2=87)
    bed.hold(9, spo2=97)
    bed.do(Acknowledge(who="x"))
    (episode,) = episodes(bed.entries)
    assert (episode.ended, episode.acknowledged_at) == (1014, 1020)
    assert episode.resolved_alone


def test_the_first_acknowledgement_is_kept() -> None:
    bed = Bed()
    bed.hold(11, spo2=87)
    bed.do(Acknowledge(who="x"))
    bed.hold(185, spo2=87)
    bed.do(Acknowledge(who="x"))
    (episode,) = episodes(bed.entries)
    assert episode.acknowledged_at == 1011


@pytest.mark.hazard("H-09")
def test_the_figures_of_a_session() -> None:
    bed = Bed()
    bed.do(PauseAudio(who="x"))
    bed.hold(30, **WELL)
    bed.do(CancelPause(who="x"))
    bed.hold(35, **{**WELL, "spo2": 91})
    bed.do(Acknowledge(who="x"))
    bed.hold(10, **WELL)
    bed.hold(16, **{**WELL, "hr": 45})
    bed.hold(10, **WELL)
    bed.wait(TICK)
    found = figures(bed.entries, 1000, 1000 + 1800, bed.engine.without_s)
    assert (found.hours, found.alarms, found.alarms_per_hour) == (0.5, 2, 4)
    assert found.median_duration_s == pytest.approx((23 + 9) / 2)
    assert found.resolved_alone_share == 0.5
    assert (found.median_acknowledged_s, found.unacknowledged) == (20, 1)
    assert found.paused_min == 0.5
    assert found.without_spo2_min == found.without_rr_min == pytest.approx(0.25 / 60, abs=0.01)


def test_a_session_without_alarms_has_no_medians() -> None:
    found = figures([], 0, 0)
    assert (found.alarms, found.alarms_per_hour, found.median_duration_s) == (0, None, None)
    assert (found.resolved_alone_share, found.median_acknowledged_s) == (None, None)


def test_what_was_merged_into_a_stronger_alarm_is_not_counted_again() -> None:
    bed = Bed()
    bed.hold(16, spo2=84)
    assert len(episodes(bed.entries)) == 2
    assert figures(bed.entries, 1000, 1016).alarms == 1


def test_a_pause_that_still_runs_counts_up_to_now() -> None:
    bed = Bed()
    bed.do(PauseAudio(who="x"))
    bed.do(SetPhase(phase=Phase.INFUSING, who="x"))
    assert paused_s(bed.entries, 1050) == 50


def test_minutes_without_valid_values_are_counted() -> None:
    bed = Bed()
    bed.hold(60, spo2=97)
    bed.hold(60, spo2=None, rr_co2=14)
    assert bed.engine.without_s == {"spo2": 60, "rr": 60}
