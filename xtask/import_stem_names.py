#!/usr/bin/env python3
"""data/lexicon/names.tsv from the gazetteers of ../shared/lexicon: import_stem_names.py [SHARED]

Names that an affix rule would take apart (`Bekasi`, `Diana`, `Kemenag`) and that are hardly ever written in lower case: nine
of ten uses in the raw text have a capital inside the sentence. Sources as in data/names/names.tsv; rows known from DBpedia
alone are left out, and no count is kept."""
import collections, gzip, pathlib, re, sys

here = pathlib.Path(__file__).resolve().parent.parent
shared = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "shared"
lex = shared / "lexicon"
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")

def rows(path):
    return [l.split("\t") for l in path.read_text(encoding="utf-8").splitlines()[1:]]

small, capital = collections.Counter(), collections.Counter()
for path in sorted((shared / "corpora/raw").glob("*.gz")):
    for line in gzip.open(path, "rt", encoding="utf-8"):
        for i, w in enumerate(WORD.findall(line)):
            if w.islower(): small[w] += 1
            elif i and w[0].isupper() and w[1:].islower(): capital[w.lower()] += 1

names = collections.defaultdict(set)
def add(name, source, whole_only):
    words = WORD.findall(name)
    if whole_only and len(words) > 1: return
    for w in words:
        if w[0].isupper() and w[1:].islower() and len(w) > 3 and w.isascii(): names[w.lower()].add(source)
for file in ("places", "persons", "organizations"):
    for name, kind, sources in rows(lex / f"gazetteers/{file}.tsv"):
        if kind in ("village", "particle"): continue
        for source in set(sources.split(",")) - {"dbpedia"}: add(name, source.split("-")[0], file == "organizations")
for name, _, label in rows(lex / "gazetteers/wikipedia_titles.tsv"):
    if label != "OTHER": add(re.sub(r"\s*\(.*\)$", "", name), "wikipedia", label != "PER")

roots = {r[0] for r in rows(here / "data/lexicon/roots.tsv")} | {r[1] for r in rows(here / "data/lexicon/own.tsv") if r[0] == "root"}
PREFIXES = [("", [""])] + [(p, r) for p, r in [
    ("di", [""]), ("ke", [""]), ("se", [""]), ("ku", [""]), ("kau", [""]), ("be", [""]), ("ber", [""]), ("te", [""]), ("ter", [""]),
    ("pe", [""]), ("per", [""]), ("me", [""]), ("mem", ["", "p"]), ("pem", ["", "p"]), ("men", ["", "t"]), ("pen", ["", "t"]),
    ("meng", ["", "k"]), ("peng", ["", "k"]), ("menge", [""]), ("penge", [""]), ("meny", ["s"]), ("peny", ["s"]), ("nge", [""]),
    ("ng", ["", "k"]), ("ny", ["s", "c"]), ("n", ["t"]), ("m", ["p"])]]
SUFFIXES = ["", "kan", "an", "i", "in"]
CLITICS = ["", "nya", "ku", "mu", "lah", "kah", "pun"]
def looks_affixed(w):
    for prefix, restored in PREFIXES:
        if not w.startswith(prefix): continue
        for clitic in CLITICS:
            for suffix in SUFFIXES:
                tail = suffix + clitic
                if not w.endswith(tail) or not prefix + tail or len(w) < len(prefix) + len(tail) + 1: continue
                body = w[len(prefix):len(w) - len(tail)]
                if any(r + body in roots for r in restored): return True
    return w[1:3] in ("em", "el", "er", "in") and w[0] + w[3:] in roots or w[:1] == w[2:3] and w[1] == "e" and w[2:] in roots
with open(here / "data/lexicon/names.tsv", "w", encoding="utf-8") as f:
    f.write("name\tsource\n")
    kept = [w for w in sorted(names) if capital[w] >= 3 and small[w] * 9 <= capital[w] and w not in roots and looks_affixed(w)]
    for w in kept: f.write(f"{w}\t{'+'.join(sorted(names[w]))}\n")
print(len(kept), "names")
