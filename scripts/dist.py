"""Writes dist/: the wheel, the source archive, what they are made of (CycloneDX 1.6) and the sha256 of each. From the same
files, with the same SOURCE_DATE_EPOCH (seconds since 1970), each is the same byte by byte."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tomllib
import uuid
from datetime import UTC, datetime

from cyclonedx.contrib.license.factories import LicenseFactory
from cyclonedx.model import ExternalReference, ExternalReferenceType, HashAlgorithm, HashType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL

from scripts.parts import ROOT, Part, parts


def bill_of_materials(made_at: int) -> str:
    """What the wheel needs and holds, as CycloneDX 1.6 in JSON. `made_at`: seconds since 1970."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    licences = LicenseFactory()
    root = Component(
        type=ComponentType.APPLICATION,
        name=project["name"],
        version=project["version"],
        bom_ref="duty-kg",
        licenses=[licences.make_from_string(project["license"])],
    )
    components = [_component(part, licences) for part in parts() if part.needed_by != "tests and extras"]
    known = "".join(f"{component.bom_ref} " for component in components)
    bom = Bom(serial_number=uuid.uuid5(uuid.NAMESPACE_OID, known), components=components)
    bom.metadata.timestamp = datetime.fromtimestamp(made_at, UTC)
    bom.metadata.component = root
    bom.register_dependency(root, components)
    return JsonV1Dot6(bom).output_as_string(indent=2) + "\n"


def _component(part: Part, licences: LicenseFactory) -> Component:
    return Component(
        type=ComponentType.LIBRARY,
        name=part.name,
        version=part.version,
        bom_ref=part.purl,
        purl=PackageURL.from_string(part.purl),
        licenses=[licences.make_from_string(part.licence)],
        external_references=[
            ExternalReference(
                type=ExternalReferenceType.DISTRIBUTION,
                url=XsUri(part.purl),
                hashes=[HashType(alg=HashAlgorithm(algorithm), content=digest) for algorithm, digest in part.hashes],
            )
        ],
    )


def main() -> None:
    """Writes them."""
    folder = ROOT / "dist"
    folder.mkdir(exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-d", folder], cwd=ROOT, check=True)
    (wheel,) = folder.glob("*.whl")
    name = wheel.name.removesuffix("-py3-none-any.whl")
    bill = bill_of_materials(int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
    (folder / f"{name}.cdx.json").write_text(bill, encoding="utf-8")
    sums = [f"{hashlib.sha256(file.read_bytes()).hexdigest()}  {file.name}\n" for file in sorted(folder.iterdir())]
    (folder / "SHA256SUMS").write_text("".join(sums), encoding="utf-8")


if __name__ == "__main__":
    main()
