"""Every monitor family that the station knows: one row each. Everything listed is tested by being listed."""

from types import MappingProxyType

from nurse_station.devices.capnostream import DRIVER as CAPNOSTREAM
from nurse_station.devices.contract import Driver
from nurse_station.devices.ge_s5_dri import DRIVER as GE_S5_DRI
from nurse_station.devices.ivy_450c import DRIVER as IVY_450C
from nurse_station.devices.masimo_ascii1 import DRIVER as MASIMO_ASCII1
from nurse_station.devices.nellcor_ascii import DRIVER as NELLCOR_ASCII
from nurse_station.devices.nonin import DF1_DRIVER, DF2_DRIVER, DF7_DRIVER, DF8_DRIVER
from nurse_station.devices.philips_intellivue import DRIVER as PHILIPS_INTELLIVUE

DRIVERS: MappingProxyType[str, Driver] = MappingProxyType(
    {
        driver.key: driver
        for driver in (
            GE_S5_DRI,
            IVY_450C,
            CAPNOSTREAM,
            MASIMO_ASCII1,
            NELLCOR_ASCII,
            DF1_DRIVER,
            DF2_DRIVER,
            DF7_DRIVER,
            DF8_DRIVER,
            PHILIPS_INTELLIVUE,
        )
    }
)
