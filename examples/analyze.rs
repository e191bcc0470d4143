//! temp
use std::io::Read;
fn main() {
    let args: Vec<String> = std::env::args().collect();
    if args.iter().any(|a| a == "--help") {
        println!("--conventions");
        return;
    }
    let gsd = args.iter().any(|a| a == "ud-gsd");
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text).unwrap();
    let c = if gsd { tutur::Conventions::UdGsd } else { tutur::Conventions::Default };
    let tk = tutur::Tokenizer::builder().conventions(c).build().unwrap();
    let tokens: Vec<_> = tk.tokenize(&text).collect();
    let mut ends = vec![];
    tutur::SentenceSplitter::with_conventions(c).split(&text, &tokens, &mut ends);
    let mut from = 0;
    for e in ends {
        for (i, t) in tokens[from..e as usize].iter().enumerate() {
            println!("{}\t{}\t_\t_\t_\t_\t_\t_\t_\t_", i + 1, t.text());
        }
        println!();
        from = e as usize;
    }
}
