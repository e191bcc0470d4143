#!/usr/bin/env python3
"""data/names/{words,names}.tsv from ../shared/lexicon and the exchange clusters: import_names.py EXCHANGE.tsv [SHARED]

words.tsv: what is known of a word (see data/README.md). names.tsv: names with their classes. Rows whose only source is
DBpedia are left out. Wikipedia's titles are facts; the page on licences names the source."""
import collections, gzip, pathlib, re, sys

here = pathlib.Path(__file__).resolve().parent.parent
shared = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else here.parent / "shared"
lex = shared / "lexicon"
TOKEN = re.compile(r"\w+(?:[-.'’]\w+)*\.?(?=\s|$)|\w+|[^\w\s]")
MOST_WORDS = 114000

def rows(path):
    return [l.split("\t") for l in path.read_text(encoding="utf-8").splitlines()[1:]]

names = collections.defaultdict(set)
def add(name, label):
    words = tuple(name.lower().split())
    if 1 <= len(words) <= 6 and len(name) > 1 and all(len(w) < 40 for w in words): names[words].add(label)
for file, label in (("places", "L"), ("persons", "P"), ("organizations", "O")):
    for name, kind, source in rows(lex / f"gazetteers/{file}.tsv"):
        if set(source.split(",")) <= {"dbpedia"}: continue
        if kind in ("particle", "island", "village") and len(name.split()) == 1 and kind != "island": continue
        add(name, label)
for name, kind, _ in rows(lex / "gazetteers/wikipedia_titles.tsv"):
    add(re.sub(r"\s*\(.*\)$", "", name), {"PER": "P", "LOC": "L", "ORG": "O", "OTHER": "X"}[kind])
parts = collections.Counter(w for words, labels in names.items() if "P" in labels for w in words)
opens = {re.sub(r"\d", "0", words[0]) for words in names if len(words) > 1}
keywords = collections.Counter()
for file, bit in (("titles", 1), ("org_keywords", 2), ("loc_keywords", 4)):
    for r in rows(lex / f"closed/{file}.tsv"):
        for w in r[0].lower().split(): keywords[w] |= bit
clusters = {}
with gzip.open(lex / "clusters/w2v-clusters.tsv.gz", "rt", encoding="utf-8") as f:
    next(f)
    for line in f:
        word, *ids = line.rstrip("\n").split("\t")
        clusters[word] = [int(i) + 1 for i in ids]
exchange, counts = {}, {}
for line in open(sys.argv[1], encoding="utf-8"):
    word, count, *ids = line.rstrip("\n").split("\t")
    exchange[word], counts[word] = [int(i) + 1 for i in ids], int(count)
masked_parts = collections.Counter()
for w, c in parts.items(): masked_parts[re.sub(r"\d", "0", w)] += c
every = set(clusters) | set(exchange) | set(keywords) | {w for w, c in masked_parts.items() if c >= 3}
worth = lambda w: (w in keywords) * 10**9 + counts.get(w, 0) + masked_parts.get(w, 0) * 3
chosen = sorted(every, key=lambda w: (-worth(w), w))[:MOST_WORDS]
with open(here / "data/names/words.tsv", "w", encoding="utf-8") as f:
    f.write("word\tmeaning64\tmeaning256\tmeaning1024\tbeside100\tbeside800\tin_persons\tkeyword\n")
    for w in sorted(chosen):
        if "\t" in w or not w.strip(): continue
        ids = clusters.get(w, [0, 0, 0]) + exchange.get(w, [0, 0])
        bits = keywords.get(w, 0) | (8 if w in opens else 0)
        f.write("\t".join(map(str, [w, *ids, min(7, masked_parts.get(w, 0).bit_length()), bits])) + "\n")
kept = {}
vocabulary = set(chosen)
for words, labels in names.items():
    # A person known by a full name alone is found by its parts; what the text never says costs room.
    if labels == {"P"} and len(words) > 3: continue
    if labels == {"P"} and len(words) > 1 and not any(re.sub(r"\d", "0", w) in vocabulary for w in words): continue
    if labels == {"X"} and len(words) > 4: continue
    kept[words] = labels
with open(here / "data/names/names.tsv", "w", encoding="utf-8") as f:
    f.write("name\tclasses\n")
    for words in sorted(kept): f.write(" ".join(words) + "\t" + "".join(sorted(kept[words])) + "\n")
print(len(chosen), "words", len(kept), "names")
