import glob,gzip,os,re,sys
S=sys.argv[2] if len(sys.argv)>2 else "../shared"
TOKEN=re.compile(r"\w+(?:-\w+)*|[^\w\s]")
with open(sys.argv[1],"w") as out:
    def emit(words):
        if len(words)>3: out.write(" ".join(re.sub(r"\d","0",w) for w in words)+"\n")
    for path in sorted(glob.glob(f"{S}/corpora/raw/*.gz")):
        for line in gzip.open(path,"rt",encoding="utf-8"):
            if line.startswith("= ") or not line.strip(): continue
            for s in re.split(r"(?<=[.!?])\s+",line): emit(TOKEN.findall(s.lower()))
    for path in sorted(glob.glob(f"{S}/corpora/ner/*/train.conll")):
        if 'nerui' in path or 'nerugm' in path: continue
        cur=[]
        for line in open(path,encoding="utf-8"):
            if line.strip(): cur.append(line.split("\t")[0].lower())
            elif cur: emit(cur); cur=[]
