"""Fetch the programs of the SPARQL page from the npm registry into web/vendor/: Oxigraph's WebAssembly and YASQE.

Each package is pinned by version and SHA-512; what is not the very same file is refused. Their code stays as it is,
except that Oxigraph's module becomes the text of a classic script, which a browser may read from a folder.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "web" / "vendor"
# fmt: off
PACKAGES = {
    "oxigraph@0.5.11":
        "sha512-zKdgmp1tsrutGzC1lCCywwZRPpLJKaJnKSDWoY2hIhMiwiCRRXNN1DU7WUyTInBvgPKT8Y5N+RgwTL8qKXpLng==",
    "@triply/yasqe@4.2.28":
        "sha512-5yLfgvrf9hRU3DFZvpuAOt4tZchw9u0cxBBPSCgDf5+AIKfgeO4WxaTZix+yu7aQhR8iDf1I1ewvQTXIiCUO6w==",
}
# fmt: on
LICENCES = """Programs in this folder, which kg site copies into a site's assets/:

engine.js    Oxigraph {oxigraph}, https://github.com/oxigraph/oxigraph, MIT or Apache-2.0
editor.js    YASQE {yasqe}, https://github.com/TriplyDB/Yasgui, MIT, with CodeMirror, MIT
editor.css   the same

Written by scripts/vendor_web.py.
"""


def main() -> None:
    """Bring web/vendor/ up to date; does nothing where it is."""
    stamp = VENDOR / "packages.json"
    wanted = json.dumps(PACKAGES, indent=1) + "\n"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
        return
    if shutil.which("npm") is None:
        sys.exit("vendor_web: npm is needed to fetch the programs of the SPARQL page; on Debian: apt-get install npm")
    VENDOR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        engine, editor = (_unpacked(name, digest, Path(scratch)) for name, digest in PACKAGES.items())
        (VENDOR / "engine.js").write_text(_engine(engine), encoding="utf-8")
        script = (editor / "build" / "yasqe.min.js").read_text(encoding="utf-8")
        (VENDOR / "editor.js").write_text(re.sub(r"\n?//# sourceMappingURL=.*", "", script), encoding="utf-8")
        style = (editor / "build" / "yasqe.min.css").read_text(encoding="utf-8")
        (VENDOR / "editor.css").write_text(re.sub(r"/\*# sourceMappingURL=.*?\*/", "", style), encoding="utf-8")
    versions = {name.rsplit("@", 1)[0].rsplit("/", 1)[-1]: name.rsplit("@", 1)[1] for name in PACKAGES}
    (VENDOR / "LICENCES.txt").write_text(LICENCES.format(**versions), encoding="utf-8")
    stamp.write_text(wanted, encoding="utf-8")
    print(f"{VENDOR}: {', '.join(PACKAGES)}")


def _unpacked(name: str, digest: str, scratch: Path) -> Path:
    """Return the folder of a package after its archive has been compared with the pinned digest."""
    done = subprocess.run(["npm", "pack", name, "--silent"], cwd=scratch, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"vendor_web: npm pack {name}: {done.stderr.strip() or done.stdout.strip()}")
    archive = scratch / done.stdout.strip().splitlines()[-1]
    found = "sha512-" + base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if found != digest:
        sys.exit(f"vendor_web: {name} is {found}, not the pinned {digest}")
    target = scratch / archive.stem
    with tarfile.open(archive) as packed:
        packed.extractall(target, filter="data")
    return target / "package"


def _engine(package: Path) -> str:
    """Return a script that holds Oxigraph as text and bytes, for a worker: modules cannot be read from a folder."""
    module = (package / "web.js").read_text(encoding="utf-8")
    module, exports = re.subn(r"^export (?=class|function)", "", module, flags=re.MULTILINE)
    module, last = re.subn(r"^export \{ initSync, __wbg_init as default \};?\s*$", "", module, flags=re.MULTILINE)
    module = module.replace("new URL('web_bg.wasm', import.meta.url)", "undefined")
    if exports < 7 or last != 1 or "import.meta" in module or re.search(r"^(import|export) ", module, re.MULTILINE):
        sys.exit("vendor_web: Oxigraph's web.js is built otherwise than expected; look at _engine")
    wasm = base64.b64encode((package / "web_bg.wasm").read_bytes()).decode()
    return f"window.kgEngine = {{ source: {json.dumps(module)}, wasm: {json.dumps(wasm)} }};\n"


if __name__ == "__main__":
    main()
