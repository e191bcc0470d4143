//! The hash that the data files are built with. Changing it changes every file: bump their format versions.

const K: u64 = 0x9E37_79B9_7F4A_7C15;

#[inline]
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    let wide = u128::from(a) * u128::from(b);
    // Both halves of the product: the low one alone ignores the high bits of its factors.
    #[allow(clippy::cast_possible_truncation)]
    let (low, high) = (wide as u64, (wide >> 64) as u64);
    low ^ high
}

/// A 64-bit hash of `bytes`, equal on every machine. Not for keys chosen by an enemy: tables built from user data
/// stay correct, only slower.
#[inline]
pub(crate) fn hash(bytes: &[u8]) -> u64 {
    let mut state = K ^ (bytes.len() as u64);
    // Words are short: the ends of a key are read as they lie, overlapping where they meet, without a loop over bytes.
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        let (words, _) = bytes.as_chunks::<8>();
        for word in words.iter().skip(1) {
            state = mix(state ^ u64::from_le_bytes(*word), K);
        }
        state = mix(state ^ u64::from_le_bytes(*first), K ^ u64::from_le_bytes(*last));
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        state ^= u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32;
    } else if let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) {
        let middle = bytes.get(bytes.len() / 2).copied().unwrap_or_default();
        state ^= u64::from(first) | u64::from(middle) << 8 | u64::from(last) << 16;
    }
    mix(state, 0xD6E8_FEB8_6659_FD93)
}

#[cfg(test)]
mod tests {
    use super::hash;
    use std::collections::HashSet;

    #[test]
    fn short_keys_do_not_collide() {
        let mut seen = HashSet::new();
        for a in b'a'..=b'z' {
            for b in b'a'..=b'z' {
                for c in b'a'..=b'z' {
                    assert!(seen.insert(hash(&[a, b, c])));
                }
            }
        }
        assert_ne!(hash(b""), hash(b"\0"));
    }
}
