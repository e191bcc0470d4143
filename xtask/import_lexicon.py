#!/usr/bin/env python3
"""data/lexicon/roots.tsv from the root lists of ../shared/lexicon: import_lexicon.py [SHARED]

Ships rows of MALINDO Morph (mm, CC BY 4.0) and Wordnet Bahasa (wn, MIT) only. How much a root is used becomes a class from 0
to 15: how many MALINDO entries share it, and how often it stands alone in the raw text of ../shared/corpora/raw (36
million words; only the class is kept). Derived words that the lists give as roots are marked, by the relation to a more
productive root that roots_also_derivable.tsv records. UniMorph (CC BY-SA) settles which of these are derived: it only
removes or marks rows. data/lexicon/own.tsv overrides everything."""
import collections, gzip, math, re, sys, pathlib

here = pathlib.Path(__file__).resolve().parent.parent
shared = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "shared"
lex = shared / "lexicon"

def rows(path):
    return [l.split("\t") for l in path.read_text(encoding="utf-8").splitlines()[1:]]

unimorph = {form: lemma for lemma, form, _ in rows(lex / "sources/unimorph-ind.tsv") if form != lemma}
lemmas = {r[0] for r in rows(lex / "sources/unimorph-ind.tsv")}
derivable = {r[0]: r for r in rows(lex / "roots_also_derivable.tsv")}
alone = collections.Counter()
for path in sorted((shared / "corpora/raw").glob("*.gz")):
    with gzip.open(path, "rt", encoding="utf-8") as f:
        for line in f: alone.update(re.findall(r"(?<![\w-])[a-zé]+(?:-[a-zé]+)*(?![\w-])", line))
out = {}
for name, rare in (("roots.tsv", False),):
    for root, pos, sources, count in rows(lex / name):
        kept = [s for s in sources.split(",") if s in ("mm", "wn")]
        if not kept or not re.fullmatch(r"[a-zé]+(-[a-zé]+)*|[a-zé']+", root) or len(root) > 30: continue
        if rare and (len(root) < 4 or "-" in root): continue
        count = int(count)
        level = min(15, round(1.2 * math.log2(count + 1) + 0.4 * math.log2(alone[root] + 1)))
        mark = "root"
        if rare: level, mark = 0, "rare"
        elif root in derivable:
            _, base, affixes, n, m, strength = derivable[root]
            if unimorph.get(root) == base or (strength == "strong" and int(m) >= 4 * max(1, int(n)) and re.search(r"meN|peN|ber|ter|di|ke-an|per-an|pe-an|-kan|-nya", affixes)):
                mark = "derived"
        elif root in unimorph and root not in lemmas and count < 8: mark = "derived"
        out[root] = (pos if re.fullmatch(r"[nvar]", pos) else "_", level, mark, "+".join(kept))
with open(here / "data/lexicon/roots.tsv", "w", encoding="utf-8") as f:
    f.write("root\tpos\tclass\tmark\tsource\n")
    for root in sorted(out): f.write("\t".join(map(str, (root,) + out[root])) + "\n")
print(len(out), "roots")
