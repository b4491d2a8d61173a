"""Stock parts by the hundred: fasteners and electronic components, with a price that follows their size."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from maillon.demo.parts import Part


@cache
def fasteners() -> tuple[Part, ...]:
    """Return screws, washers, nuts and pins, priced and weighed by diameter and length."""
    return (*_screws(), *_washers_and_nuts(), *_pins())


def _screws() -> Iterator[Part]:
    lengths = (6, 8, 10, 12, 16, 20, 25, 30, 35, 40, 50)
    heads = (("VIS CHC", "CL 12.9", 1.0), ("VIS CHC", "CL 8.8 ZN", 0.8), ("VIS FHC", "INOX A2", 1.6))
    for diameter in (3, 4, 5, 6, 8, 10):
        for length in lengths:
            if 2 * diameter <= length <= 10 * diameter:
                mass = 6.2e-6 * diameter**2 * (length + 1.5 * diameter)
                for head, grade, dearness in heads:
                    price = round((0.012 + 0.0021 * diameter + 0.0009 * length) * dearness, 4)
                    designation = f"{head} M{diameter}X{length} {grade}"
                    material = "INOX A2" if "INOX" in grade else "ACIER"
                    yield Part(designation, material, price, round(mass, 5), "fastener", 16)


def _washers_and_nuts() -> Iterator[Part]:
    for diameter in (3, 4, 5, 6, 8, 10):
        mass = round(9e-6 * diameter**2.2, 5)
        price = round(0.004 + 0.0012 * diameter, 4)
        yield Part(f"RONDELLE M{diameter}U ZN", "ACIER", price, mass, "fastener", 24)
        yield Part(f"RONDELLE GROWER W{diameter} ZN", "ACIER", price, mass, "fastener", 24)
        yield Part(f"RONDELLE CONIQUE SERREE CS{diameter}", "ACIER", price, mass, "fastener", 24)
        yield Part(f"ECROU H M{diameter} CL 8 ZN", "ACIER", round(price * 2, 4), mass * 2, "fastener", 12)
        yield Part(f"ECROU FREIN NYLSTOP M{diameter}", "ACIER", round(price * 3, 4), mass * 2, "fastener", 12)


def _pins() -> Iterator[Part]:
    for diameter in (3, 4, 5, 6):
        for length in (12, 16, 20, 24, 30):
            mass = round(6.2e-6 * diameter**2 * length, 5)
            price = round(0.06 + 0.01 * diameter + 0.002 * length, 4)
            designation = f"GOUPILLE CYL. {diameter}M6X{length} ISO 8734"
            yield Part(designation, "ACIER TREMPE", price, mass, "fastener", 4)


@cache
def components() -> tuple[Part, ...]:
    """Return resistors, capacitors, inductors, diodes and small circuits, priced by kind."""
    return (*_resistors(), *_capacitors(), *_semiconductors(), *_connectors())


def _resistors() -> Iterator[Part]:
    for value in ("0R", "10R", "22R", "47R", "100R", "220R", "470R", "1K", "2K2", "3K3", "4K7", "6K8", "10K",
                  "15K", "22K", "33K", "47K", "68K", "100K", "150K", "220K", "470K", "1M"):  # fmt: skip
        for size, price in (("0402", 0.0021), ("0603", 0.0028), ("0805", 0.0041), ("1206", 0.0094)):
            yield Part(f"RES {value} 1% {size}", "", price, 1e-5, "passive", 18)


def _capacitors() -> Iterator[Part]:
    for value, price in (("10PF 50V C0G", 0.004), ("100PF 50V C0G", 0.004), ("1NF 50V X7R", 0.005),
                         ("10NF 50V X7R", 0.005), ("100NF 50V X7R", 0.006), ("1UF 25V X7R", 0.019),
                         ("4.7UF 16V X5R", 0.042), ("10UF 25V X7R", 0.11),
                         ("22UF 16V X5R", 0.16)):  # fmt: skip
        for size in ("0402", "0603", "0805"):
            yield Part(f"COND CER {value} {size}", "", price, 2e-5, "passive", 24)
    for value, price in (("47UF 35V", 0.18), ("100UF 63V", 0.34), ("220UF 35V", 0.31)):
        yield Part(f"COND CHIM {value} CMS", "", price, 1.2e-3, "passive", 6)
    for value, price in (("1UH 3A", 0.29), ("4.7UH 6A", 0.52), ("10UH 4A", 0.48), ("600R FERRITE", 0.031)):
        yield Part(f"SELF {value} CMS", "", price, 8e-4, "passive", 5)


def _semiconductors() -> Iterator[Part]:
    for name, price in (("DIODE SCHOTTKY 40V 1A SMA", 0.061), ("DIODE TVS 33V SMBJ", 0.13),
                        ("DIODE 1N4148W SOD123", 0.014), ("DIODE ZENER 5V1 SOD323", 0.022),
                        ("LED VERTE 0603", 0.028), ("LED ROUGE 0603", 0.026), ("LED BICOLORE 1206", 0.11),
                        ("TRANSISTOR NPN BC817 SOT23", 0.021), ("MOSFET N 60V 300MA SOT23", 0.034),
                        ("MOSFET P 30V 4A SO8", 0.29), ("REGUL LDO 3V3 500MA SOT223", 0.24),
                        ("CI AOP DOUBLE RAIL A RAIL SO8", 0.62), ("CI COMPARATEUR QUAD SO14", 0.31),
                        ("CI BUFFER OCTUPLE TSSOP20", 0.27), ("CI EEPROM I2C 64K SO8", 0.22),
                        ("CI CONV BUCK 36V 3A QFN16", 1.94), ("CI CAPTEUR COURANT SO8", 2.35),
                        ("CI REFERENCE 2.5V SOT23", 0.88), ("CI TRANSCEIVER CAN SO8", 0.97),
                        ("OPTOCOUPLEUR PC817 SO4", 0.12)):  # fmt: skip
        yield Part(name, "", price, 1e-4, "semiconductor", 6)


def _connectors() -> Iterator[Part]:
    for ways in (2, 3, 4, 5, 6, 8, 10, 14, 20):
        price = round(0.09 + 0.055 * ways, 3)
        yield Part(f"CONNECTEUR CI {ways} PTS PAS 2.0 MALE", "", price, 2e-4 * ways, "connector", 4)
        yield Part(f"BARRETTE {ways} PTS PAS 2.54", "", round(price / 2, 3), 1e-4 * ways, "connector", 4)
    for name, price in (("POINT DE TEST CMS", 0.041), ("CAVALIER 2.54", 0.03), ("QUARTZ 8MHZ 20PPM", 0.29)):
        yield Part(name, "", price, 1e-4, "connector", 6)
