#!/usr/bin/env python3
"""data/tokenizer/openers.tsv from the news of ../shared/corpora/raw: import_openers.py [SHARED]

Two closed lists learned by counting, for places where a full stop is missing or doubtful:
`start`: words that, capitalised and followed by a lower-case word, begin a sentence at least 60 times as often as they
stand so inside one (`Namun`, `Pada`, `Dikatakannya`; not `Presiden`, not `Bank`);
`quote`: words that introduce a quotation without a comma (`mengatakan "`, `berjudul "`), in more
than one of 1,200 uses, one set aside as chance.
Only words and two counts are kept."""
import collections, gzip, pathlib, re, sys

here = pathlib.Path(__file__).resolve().parent.parent
shared = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else here.parent / "shared"
FILES = ["indosum-news-2017", "statistics-only.click-id-news-2019", "statistics-only.news-small-repos",
         "statistics-only.leipzig-news-2008", "statistics-only.panl-bppt-news", "wikipedia-id-leads.part1",
         "wikipedia-id-leads.part2"]
TOKEN = re.compile(r"[^\W\d_][\w'-]*|\d[\d.,]*|\S")
begins, inside, lower, quoted = (collections.Counter() for _ in range(4))
for name in FILES:
    for line in gzip.open(shared / f"corpora/raw/{name}.txt.gz", "rt", encoding="utf-8"):
        if not line.strip() or line.startswith("= "): continue
        t = TOKEN.findall(line)
        for i, w in enumerate(t):
            after = t[i + 1] if i + 1 < len(t) else ""
            if w.islower():
                lower[w] += 1
                if after in ('"', "“") and i + 2 < len(t) and t[i + 2][0].isupper(): quoted[w] += 1
            elif w[0].isupper() and len(w) > 1 and w[1:].islower() and (after[:1].islower() or after == ","):
                if i == 0 or t[i - 1] in ".!?" or t[i - 1] in '"“' and (i == 1 or t[i - 2] in ".!?"): begins[w.lower()] += 1
                elif t[i - 1][0].islower(): inside[w.lower()] += 1
rows = []
for w in begins:
    if w.isascii() and begins[w] >= 50 and lower[w] >= 20 and begins[w] > 60 * (inside[w] + 0.25):
        rows.append((w, "start", begins[w], inside[w]))
for w in quoted:
    if w.isascii() and w.isalpha() and (quoted[w] - 1) * 1200 > lower[w]:
        rows.append((w, "quote", quoted[w], lower[w]))
with open(here / "data/tokenizer/openers.tsv", "w", encoding="utf-8") as f:
    f.write("word\topens\tcount\tagainst\n")
    for row in sorted(rows): f.write("\t".join(map(str, row)) + "\n")
print(len(rows), "rows", collections.Counter(r[1] for r in rows))
