"""Ivy 450C serial output, the layout as tables: message, waves, lines of text. Data only.

One message a second: FF, "ANSAR-B ", 400 wave bytes, lines of ASCII that each end with CR, FE.
Source: field notes on the 450C and the reader of the MD PnP project (BSD-2), "AnsarB".
"""

from dataclasses import dataclass

HEADER = b"\xffANSAR-B "
END = b"\xfe"
TEXT_AT = len(HEADER) + 400
MAX_MESSAGE = 2048
"""No longer message can be one: the line carries 960 bytes a second."""
KEPT_OF_REFUSED = 64


@dataclass(frozen=True, slots=True)
class WaveRow:
    """One wave of the message.

    Attributes:
        wave: Key of the wave.
        at: Offset of its bytes from the message's start.
        count: Bytes, one a sample; also samples a second.
        zero: The byte that stands for nothing.
        step: One count in the wave's unit.
    """

    wave: str
    at: int
    count: int
    zero: int
    step: float


# 50 bytes each of P1 and P2 follow: how many mmHg a count is could not be found out, so that they are
# not read. Pleth and respiration have no known unit either; they are drawn fitted to the signal.
WAVES: tuple[WaveRow, ...] = (
    WaveRow("ecg1", 9, 200, 100, 0.02),  # mV
    WaveRow("resp", 209, 50, 0, 1.0),
    WaveRow("pleth", 259, 50, 86, 1.0),
)


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of text: `NAME=state;value;...;label;alarm`.

    Attributes:
        parameters: Parameter keys of the values, in their order; "": a value that is not read.
        label: Position of the label field; the alarm field follows it.
        origin: What the monitor measures it from.
        seen: Such a line of a real monitor has been seen: one of another shape is damaged. The others
            are known from a reader alone, and one of another shape is left unread.
    """

    parameters: tuple[str, ...]
    label: int
    origin: str
    seen: bool = True


LINES: dict[str, LineRow] = {
    "HR": LineRow(("hr",), 2, "ECG"),
    "RR": LineRow(("rr_imp",), 2, "impedance"),  # rr_co2 when the monitor measures CO2
    "ETCO2": LineRow(("etco2",), 2, "CO2"),
    "SPO2": LineRow(("spo2",), 2, "pleth"),  # the pulse rate stands in the label: "PR=80 "
    "NIBP": LineRow(("nibp_sys", "nibp_dia", "nibp_mean", ""), 5, "cuff"),
    "P1": LineRow(("p1_sys", "p1_dia", "p1_mean"), 4, "", seen=False),
    "P2": LineRow(("p2_sys", "p2_dia", "p2_mean"), 4, "", seen=False),
    "T1": LineRow(("temp1",), 2, "", seen=False),
    "T2": LineRow(("temp2",), 2, "", seen=False),
}

NOT_MMHG = ("KPA", "%")
"""In the label of EtCO2 these would mean another unit: then there is no value."""

# The monitor's words in an alarm field -> condition. Which words it has is not documented; whatever
# is there is shown as it stands, by "monitor_alarm".
ALARM_WORDS: tuple[tuple[str, str, str], ...] = (
    ("HR", "ASYST", "asystole"),
    ("HR", "LEAD", "ecg_leads_off"),
    ("RR", "APN", "apnoea"),
)
