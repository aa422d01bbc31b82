"""Write the TypeScript types of the API from its OpenAPI description.

python tools/gen_openapi.py            write the file
python tools/gen_openapi.py --check    fail if it is out of date
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "frontend/src/api/schema.gen.ts"
SCRIPT = "node_modules/openapi-typescript/bin/cli.js"


def schema_json() -> bytes:
    """Return the OpenAPI document of the server as it is in the sources; needs no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "postil.infra.settings")
    os.environ.setdefault("POSTIL_SECRET_KEY", "not-used-for-anything-but-this-description")
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    from postil.web.api import api
    from postil.web.openapi import describe

    describe(api)
    from postil.infra.http import to_json
    from postil.web.openapi import schema_document

    return to_json(schema_document())


def typescript(schema: bytes) -> str:
    """Return the types that openapi-typescript makes of the document."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "schema.json", Path(folder) / "schema.ts"
        source.write_bytes(schema)
        node = str(ROOT / ".venv/bin/node")
        subprocess.run(
            [node, SCRIPT, str(source), "-o", str(target)], cwd=ROOT / "frontend", check=True, stdout=subprocess.DEVNULL
        )
        return target.read_text()


def main() -> int:
    """Write or compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    made = typescript(schema_json())
    if parser.parse_args().check:
        if not TARGET.exists() or TARGET.read_text() != made:
            print(f"{TARGET.relative_to(ROOT)} is out of date: run make gen", file=sys.stderr)
            return 1
        return 0
    TARGET.write_text(made)
    print(f"Wrote {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
