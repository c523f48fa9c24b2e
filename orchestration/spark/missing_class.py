"""The one class that pyspark's Hive asks for and does not bring.

Without it, closing a session fails now and then, and dbt takes a model that was built for failed.
The class is an empty interface: its bytes are written here, as nobody has a Java compiler.
"""

import struct
import zipfile
from pathlib import Path

NAME = "org/apache/hadoop/hive/llap/security/LlapSigner$Signable"
JAVA_8 = 52
PUBLIC_ABSTRACT_INTERFACE = 0x0601
UTF8, CLASS = 1, 7


def write_missing_class(jar: Path) -> None:
    """Write a jar that holds the interface."""
    with zipfile.ZipFile(jar, "w") as archive:
        archive.writestr(f"{NAME}.class", _interface(NAME))


def _interface(name: str) -> bytes:
    """A compiled interface without members; the numbers of its constants are their places."""
    constants = [_text(name), struct.pack(">BH", CLASS, 1)]
    constants += [_text("java/lang/Object"), struct.pack(">BH", CLASS, 3)]
    this_class, super_class, members = 2, 4, (0, 0, 0, 0)
    return (
        struct.pack(">IHHH", 0xCAFEBABE, 0, JAVA_8, len(constants) + 1)
        + b"".join(constants)
        + struct.pack(">HHH", PUBLIC_ABSTRACT_INTERFACE, this_class, super_class)
        # Interfaces, fields, methods and attributes: none.
        + struct.pack(">HHHH", *members)
    )


def _text(text: str) -> bytes:
    return struct.pack(">BH", UTF8, len(text)) + text.encode()
