//! exch OUT TEXT CLASSES ITER [CLASSES ITER ...]: predictive exchange clustering, both directions.
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let min: u32 = std::env::var("MIN").ok().and_then(|x| x.parse().ok()).unwrap_or(8);
    let nctx: usize = std::env::var("CTX").ok().and_then(|x| x.parse().ok()).unwrap_or(30000);
    let mut count: HashMap<String, u32> = HashMap::new();
    for l in BufReader::new(std::fs::File::open(&a[2]).unwrap()).lines() {
        for w in l.unwrap().split(' ') {
            if let Some(c) = count.get_mut(w) { *c += 1 } else { count.insert(w.to_owned(), 1); }
        }
    }
    let mut vocab: Vec<(String, u32)> = count.into_iter().filter(|x| x.1 >= min && !x.0.is_empty()).collect();
    vocab.sort_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(&y.0)));
    let v = vocab.len();
    eprintln!("{v} words");
    let id: HashMap<&str, u32> = vocab.iter().enumerate().map(|(i, w)| (w.0.as_str(), i as u32)).collect();
    // contexts: ids < nctx, nctx = other word, nctx+1 = sentence edge
    let ctx = |w: u32| if w == u32::MAX { nctx as u32 } else if w == u32::MAX - 1 { nctx as u32 + 1 } else { w.min(nctx as u32) };
    let mut pairs: Vec<u64> = Vec::new(); // dir bit | word | context
    for l in BufReader::new(std::fs::File::open(&a[2]).unwrap()).lines() {
        let l = l.unwrap();
        let ids: Vec<u32> = l.split(' ').map(|w| *id.get(w).unwrap_or(&u32::MAX)).collect();
        for i in 0..ids.len() {
            if ids[i] == u32::MAX { continue; }
            let p = if i > 0 { ids[i - 1] } else { u32::MAX - 1 };
            let n = if i + 1 < ids.len() { ids[i + 1] } else { u32::MAX - 1 };
            pairs.push((ids[i] as u64) << 32 | ctx(p) as u64);
            pairs.push((ids[i] as u64) << 32 | 1 << 31 | ctx(n) as u64);
        }
    }
    pairs.sort_unstable();
    // compress: per word list of (ctx index with direction offset, count)
    let rows = nctx + 2;
    let mut start = vec![0usize; v + 1];
    let mut items: Vec<(u32, u32)> = Vec::new();
    let mut i = 0;
    let mut w = 0usize;
    while i < pairs.len() {
        let x = pairs[i];
        let mut j = i;
        while j < pairs.len() && pairs[j] == x { j += 1; }
        let ww = (x >> 32) as usize;
        while w < ww { w += 1; start[w] = items.len(); }
        let dir = (x >> 31) & 1;
        let c = (x & 0x7fff_ffff) as u32 + if dir == 1 { rows as u32 } else { 0 };
        items.push((c, (j - i) as u32));
        i = j;
    }
    while w < v { w += 1; start[w] = items.len(); }
    drop(pairs);
    eprintln!("{} distinct pairs", items.len());
    let total: Vec<u32> = vocab.iter().map(|x| x.1).collect();
    let table: Vec<f32> = (0..1 << 22).map(|x| if x == 0 { 0.0 } else { (x as f64 * (x as f64).ln()) as f32 }).collect();
    let f = |x: u32| -> f64 { if (x as usize) < table.len() { table[x as usize] as f64 } else { x as f64 * (x as f64).ln() } };
    let mut columns: Vec<Vec<u16>> = Vec::new();
    let mut k = 3;
    while k + 1 < a.len() {
        let classes: usize = a[k].parse().unwrap();
        let iters: usize = a[k + 1].parse().unwrap();
        k += 2;
        let mut class: Vec<u16> = (0..v).map(|w| (w % classes) as u16).collect();
        let mut n = vec![0u32; 2 * rows * classes];
        let mut nc = vec![0u64; classes];
        for w in 0..v {
            let c = class[w] as usize;
            nc[c] += total[w] as u64;
            for &(x, m) in &items[start[w]..start[w + 1]] { n[x as usize * classes + c] += m; }
        }
        let g = |x: u64| if x == 0 { 0.0 } else { x as f64 * (x as f64).ln() };
        let mut score = vec![0f64; classes];
        for it in 0..iters {
            let t = std::time::Instant::now();
            let mut moved = 0usize;
            for w in 0..v {
                let from = class[w] as usize;
                let list = &items[start[w]..start[w + 1]];
                for &(x, m) in list { n[x as usize * classes + from] -= m; }
                nc[from] -= total[w] as u64;
                for (b, s) in score.iter_mut().enumerate() { *s = -2.0 * (g(nc[b] + total[w] as u64) - g(nc[b])); }
                for &(x, m) in list {
                    let row = &n[x as usize * classes..(x as usize + 1) * classes];
                    let fm = f(m);
                    for (s, &y) in score.iter_mut().zip(row) {
                        *s += if y == 0 { fm } else { f(y + m) - f(y) };
                    }
                }
                let mut best = from;
                for b in 0..classes { if score[b] > score[best] + 1e-6 { best = b; } }
                if best != from { moved += 1; }
                class[w] = best as u16;
                nc[best] += total[w] as u64;
                for &(x, m) in list { n[x as usize * classes + best] += m; }
            }
            eprintln!("{classes} classes, round {it}: {moved} moved, {:.0?}", t.elapsed());
            if moved * 200 < v { break; }
        }
        columns.push(class);
    }
    let mut out = std::io::BufWriter::new(std::fs::File::create(&a[1]).unwrap());
    for w in 0..v {
        write!(out, "{}\t{}", vocab[w].0, vocab[w].1).unwrap();
        for c in &columns { write!(out, "\t{}", c[w]).unwrap(); }
        writeln!(out).unwrap();
    }
}
