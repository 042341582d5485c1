"""Capnostream, what is asked of the monitor. Asks for its data only: no request here changes a setting.

The interface also knows messages that name the host, set the patient's identity, alarm limits, the
patient type and what the monitor does when the line is lost. They are left out, so that none can be sent.
"""

from nurse_station.devices.capnostream.framing import frame

ENABLE_CODE, DISABLE_CODE = 1, 2
START_CODE, STOP_CODE = 4, 5
LINK_IS_ACTIVE_CODE = 6

ENABLE = frame(ENABLE_CODE)
"""Speak with this host; the monitor answers with its identity and software."""
DISABLE = frame(DISABLE_CODE)
START = frame(START_CODE)
"""Send values and the CO2 wave as they are measured."""
STOP = frame(STOP_CODE)
LINK_IS_ACTIVE = frame(LINK_IS_ACTIVE_CODE)
"""The host is still there."""
