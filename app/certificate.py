"""A certificate made on the spot, for https within an office's own network: nobody outside could vouch for such an address."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

GOOD_FOR = timedelta(days=397)
"""Browsers refuse what is good for longer."""


def certificate(folder: Path, addresses: Iterable[str], now: datetime | None = None) -> tuple[Path, Path]:
    """The certificate and its key as files, kept as long as they name all addresses and are good for another month."""
    now = now or datetime.now(UTC)
    cert, key = folder / "certificate.pem", folder / "key.pem"
    wanted = {"127.0.0.1", *(each for each in addresses if _is_ip(each))}
    if cert.is_file() and key.is_file():
        kept = x509.load_pem_x509_certificate(cert.read_bytes())
        names = kept.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        named = {str(each) for each in names.get_values_for_type(x509.IPAddress)}
        if wanted <= named and kept.not_valid_after_utc > now + timedelta(days=30):
            return cert, key
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = ec.generate_private_key(ec.SECP256R1())
    _write(key, private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))
    _write(cert, _made(private, wanted, now).public_bytes(serialization.Encoding.PEM))
    return cert, key


def _made(private: ec.EllipticCurvePrivateKey, addresses: Iterable[str], now: datetime) -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "联络站台账")])
    machine = socket.gethostname()
    hosts = ["localhost", *([machine] if machine.isascii() and machine else [])]
    names: list[x509.GeneralName] = [x509.DNSName(each) for each in hosts]
    names += [x509.IPAddress(ip_address(each)) for each in sorted(addresses)]
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + GOOD_FOR)
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(private, hashes.SHA256())
    )


def _write(path: Path, content: bytes) -> None:
    """Readable by its owner alone from the first byte on; whole or not there."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    os.replace(part, path)


def _is_ip(address: str) -> bool:
    try:
        ip_address(address)
    except ValueError:
        return False
    return True
