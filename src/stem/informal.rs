//! Informal spelling: letters repeated for emphasis.

/// `word` with runs of a letter cut to `keep`, where a run of three or more shows emphasis (`bangeeet`) or `keep` is
/// one; none where that changes nothing.
pub(super) fn squeeze<'b>(word: &str, keep: usize, buffer: &'b mut [u8]) -> Option<&'b str> {
    let bytes = word.as_bytes();
    let emphatic =
        bytes.windows(3).any(|w| w[0] == w[1] && w[1] == w[2]) || bytes.ends_with(last_twice(bytes));
    if !emphatic || !word.is_ascii() {
        return None;
    }
    let (mut length, mut run) = (0, 0);
    for (i, &b) in bytes.iter().enumerate() {
        run = if i > 0 && bytes[i - 1] == b { run + 1 } else { 1 };
        if run <= keep {
            *buffer.get_mut(length)? = b;
            length += 1;
        }
    }
    let squeezed = std::str::from_utf8(&buffer[..length]).ok()?;
    (squeezed != word).then_some(squeezed)
}

/// The last two letters if they are equal (`dongg`); a single byte that no word ends in otherwise.
fn last_twice(bytes: &[u8]) -> &[u8] {
    match bytes {
        [.., a, b] if a == b => &bytes[bytes.len() - 2..],
        _ => b"\0",
    }
}

#[cfg(test)]
mod tests {
    use super::squeeze;

    #[test]
    fn cuts_emphasis_only() {
        let mut buffer = [0; 32];
        assert_eq!(squeeze("bangeeet", 1, &mut buffer), Some("banget"));
        assert_eq!(squeeze("saat", 1, &mut buffer), None);
        assert_eq!(squeeze("maaaf", 2, &mut buffer), Some("maaf"));
    }
}
