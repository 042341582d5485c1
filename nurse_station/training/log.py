"""What happened in a run, in order: frozen lines. The score and the debrief are made from it alone."""

from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    """The kind of a line."""

    EVENT = "event"
    ALARM = "alarm"
    ALARM_ENDED = "alarm ended"
    ACKNOWLEDGED = "acknowledged"
    DONE = "done"
    REPLY = "reply"
    ENTERED = "entered"
    REFUSED = "refused"
    AGAINST = "against"
    HINT = "hint"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line.

    Attributes:
        at: Seconds since the run began.
        what: Its kind.
        key: Of the event, alarm, action, kind of entry or fault.
        words: For the debrief.
        high: Of an alarm: its priority is HIGH.
    """

    at: float
    what: What
    key: str
    words: str = ""
    high: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One check that became due.

    Attributes:
        kind: Which.
        due_at: When, seconds since the run began.
        done_at: When it was done; None: not until the end.
        late: Whether it was done later than the protocol forgives.
        by_cuff: The cuff measured in time by itself: no deed of the nurse.
    """

    kind: str
    due_at: float
    done_at: float | None
    late: bool
    by_cuff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What was true, seen or not, and what was shown, at a moment. None: `---`, or of a debrief of before.

    Attributes:
        at: Seconds since the run began.
        plasma, mind: Ketamine in plasma and at the effect site, ng/mL.
        alveolar_o2: Alveolar oxygen tension, mmHg: the store that runs down in an apnoea.
        sao2: True saturation, %.
        shown_spo2: As shown, %; None: `---`.
        patency: Of the airway, 0 to 1.
        ventilation: Part of that at rest.
        moaas: 0 to 5.
        pump_mg_h: What the pump really gives.
        hr: Heart rate as shown, /min; the pulse rate where there was none.
        rr: Breaths as shown, /min, by CO₂; by impedance where there was none.
        etco2: As shown, mmHg.
        nibp_sys, nibp_dia: The cuff's last pressure as shown, mmHg.
    """

    at: float
    plasma: float
    mind: float
    alveolar_o2: float
    sao2: float
    shown_spo2: float | None
    patency: float
    ventilation: float
    moaas: float
    pump_mg_h: float
    hr: float | None = None
    rr: float | None = None
    etco2: float | None = None
    nibp_sys: float | None = None
    nibp_dia: float | None = None
