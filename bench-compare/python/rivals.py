"""The rivals that are in Python, over the same text: reads what is to be measured as JSON from the file that the first
argument names, and writes rates as JSON. Loading and training are not counted; what cannot be imported is listed with
the reason. Needs nothing but the rivals themselves: PySastrawi, nlp-id, spacy, python-crfsuite."""

import importlib
import importlib.metadata
import json
import platform
import sys
import tempfile
import time

material = json.load(open(sys.argv[1], encoding="utf-8"))
documents = material["documents"]
megabytes = sum(len(d.encode()) for d in documents) / 1e6
cases, missing = [], []


def case(group, name, package, amount, work, note=""):
    """`work` does `amount` units of the group's unit and returns what it found."""
    cases.append({"group": group, "name": name, "package": package, "amount": amount, "work": work, "note": note})


def sastrawi():
    factory = importlib.import_module("Sastrawi.Stemmer.StemmerFactory").StemmerFactory()
    stemmer = importlib.import_module("Sastrawi.Stemmer.CachedStemmer")
    cache = importlib.import_module("Sastrawi.Stemmer.Cache.ArrayCache")
    inner = factory.create_stemmer().delegatedStemmer

    def stem(texts):
        # The factory's own stemmer, with a cache that is empty at the start of each pass.
        cached = stemmer.CachedStemmer(cache.ArrayCache(), inner)
        return sum(len(cached.stem(text).replace(" ", "")) for text in texts)

    distinct = material["distinct"][:: max(1, len(material["distinct"]) // 5000)]
    running = material["running"][:50000]
    lines = [" ".join(running[i : i + 500]) for i in range(0, len(running), 500)]
    note = f"{len(distinct):,} of the words"
    case("stems-distinct", "PySastrawi", "PySastrawi", len(distinct), lambda: stem(distinct), note)
    note = f"the first {len(running):,} words; its cache is empty at the start of each pass"
    case("stems-running", "PySastrawi", "PySastrawi", len(running), lambda: stem(lines), note)


def nlp_id():
    tokenizer = importlib.import_module("nlp_id.tokenizer").Tokenizer()
    lemmatizer = importlib.import_module("nlp_id.lemmatizer").Lemmatizer()
    words = lambda: sum(len(tokenizer.tokenize(d)) for d in documents)
    case("tokens", "nlp-id", "nlp-id", megabytes, words, "without offsets")
    distinct = material["distinct"]
    stems = lambda: sum(len(lemmatizer.lemmatize(w).strip()) for w in distinct)
    case("stems-distinct", "nlp-id, lemmatizer", "nlp-id", len(distinct), stems)
    running = material["running"]
    lines = [" ".join(running[i : i + 500]) for i in range(0, len(running), 500)]
    stems = lambda: sum(len(lemmatizer.lemmatize(line).replace(" ", "")) for line in lines)
    case("stems-running", "nlp-id, lemmatizer", "nlp-id", len(running), stems)


def spacy():
    spacy = importlib.import_module("spacy")
    nlp = spacy.blank("id")
    words = lambda: sum(len(nlp.tokenizer(d)) for d in documents)
    case("tokens", 'spaCy, blank("id")', "spacy", megabytes, words)
    split = spacy.blank("id")
    split.add_pipe("sentencizer")
    sentences = lambda: sum(sum(1 for _ in doc.sents) for doc in split.pipe(documents))
    case("sentences", "spaCy, sentencizer, from text", "spacy", megabytes, sentences)


def shape(word):
    return "".join("X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c for c in word[:8])


def attributes(words):
    """The attributes of the tutorials: word, ends, shape, and the neighbours' words."""
    lowered = [w.lower() for w in words]
    return [
        [
            "w=" + lowered[i], "s3=" + lowered[i][-3:], "s2=" + lowered[i][-2:], "p3=" + lowered[i][:3],
            "h=" + shape(w), "b=" + (lowered[i - 1] if i else "^"),
            "a=" + (lowered[i + 1] if i + 1 < len(words) else "$"),
        ]
        for i, w in enumerate(words)
    ]


def crfsuite():
    pycrfsuite = importlib.import_module("pycrfsuite")
    sentences = [s for s in material["sentences"] if s["words"]]
    trainer = pycrfsuite.Trainer(verbose=False)
    learned = sentences[:2000]
    for sentence in learned:
        trainer.append(attributes(sentence["words"]), sentence["labels"])
    trainer.set_params({"max_iterations": 30, "c1": 0.1, "c2": 0.01})
    with tempfile.NamedTemporaryFile(suffix=".crfsuite") as model:
        trainer.train(model.name)
        tagger = pycrfsuite.Tagger()
        tagger.open(model.name)
    amount = sum(len(s["words"]) for s in sentences)
    names = lambda found: sum(label.startswith("B-") for label in found)
    work = lambda: sum(names(tagger.tag(attributes(s["words"]))) for s in sentences)
    note = f"of given tokens; seven attributes a word, a model of {len(learned):,} of the sentences with tutur's names"
    case("stages", "CRFsuite (python-crfsuite), names", "python-crfsuite", amount, work, note)
    ready = [pycrfsuite.ItemSequence(attributes(s["words"])) for s in sentences]
    work = lambda: sum(names(tagger.tag(items)) for items in ready)
    note = "decoding alone, attributes ready-made"
    case("stages", "CRFsuite (python-crfsuite), decoding", "python-crfsuite", amount, work, note)


for name, prepare in [("PySastrawi", sastrawi), ("nlp-id", nlp_id), ("spaCy", spacy), ("python-crfsuite", crfsuite)]:
    try:
        prepare()
    except Exception as error:  # whatever a rival or its parts throw: the others are measured all the same
        missing.append({"name": name, "reason": f"{type(error).__name__}: {error}"})

for one in cases:
    one["count"], one["rates"] = one["work"](), []
for _ in range(material["rounds"]):
    for one in cases:
        start = time.process_time()  # of the processor, as for the rivals in Rust
        found = one["work"]()
        one["rates"].append(one["amount"] / (time.process_time() - start))
        assert found == one["count"], f"{one['name']} found something else"

rows = []
for one in cases:
    row = {key: one[key] for key in ("group", "name", "note", "rates", "count")}
    row["version"] = importlib.metadata.version(one["package"])
    rows.append(row)
json.dump({"python": platform.python_version(), "rows": rows, "missing": missing}, sys.stdout)
