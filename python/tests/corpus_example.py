"""The Rust example ``corpus``, where it is built."""

import json
import os
import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]


def corpus_lines(rows: list[tuple[str | int, str]], folder: Path) -> bytes:
    """What the example writes for these ids and texts. Skips where it is not built and ``TUTUR_CORPUS`` names none."""
    given = os.environ.get("TUTUR_CORPUS")
    binary = Path(given) if given else _ROOT / "target" / "release" / "examples" / "corpus"
    if not given and not binary.exists():
        pytest.skip(f"{binary.relative_to(_ROOT)} is not built: cargo build --release --example corpus")
    source = folder / "artikel.jsonl"
    with source.open("w", encoding="utf-8") as out:
        for id, text in rows:
            out.write(json.dumps({"id": id, "text": text}) + "\n")
    done = subprocess.run([binary, source], capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
