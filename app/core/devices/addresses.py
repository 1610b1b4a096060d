"""Under which address other machines of the office's own network reach this one."""

from __future__ import annotations

import socket
from contextlib import suppress

from flask import current_app, request

_ONLY_HERE = ("127.", "localhost", "[::1]")


def own_addresses() -> list[str]:
    """This machine's IPv4 addresses in the office's network, the one that leads elsewhere first."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):  # without any network there is no card to choose
        probe.connect(("10.255.255.255", 1))  # nothing is sent: the system only chooses the card it would use
        found.append(probe.getsockname()[0])
    with suppress(OSError):  # a machine may not know its own name
        found += [str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    return [each for each in dict.fromkeys(found) if not each.startswith(("127.", "0."))]


def screens_base() -> str:
    """What the addresses of screens begin with: the address in the office's network where the portal serves that, else the one
    that this page was asked under."""
    served: str = current_app.config["LAN_ADDRESS"]
    return (served or request.host_url).rstrip("/")


def reachable() -> bool:
    """Whether another machine could open such an address."""
    return not screens_base().split("//", 1)[-1].startswith(_ONLY_HERE)
