//! SHA-256 of bytes: shows whether a file is still the one that was meant.

use std::fmt;

use sha2::Digest as _;

/// The SHA-256 of some bytes, written in hexadecimal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Digest([u8; 32]);

impl Digest {
    /// The digest of bytes.
    pub fn of(bytes: &[u8]) -> Digest {
        Digest(sha2::Sha256::digest(bytes).into())
    }

    /// The digest that 64 hexadecimal digits write.
    pub fn parse(text: &str) -> Option<Digest> {
        let mut digest = [0; 32];
        let is_hex = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        for (byte, at) in digest.iter_mut().zip((0..64).step_by(2)).filter(|_| is_hex) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
        }
        is_hex.then_some(Digest(digest))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_the_standards_and_comes_back() {
        // FIPS 180-4, the one-block example.
        let digest = Digest::of(b"abc");
        let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest.to_string(), hex);
        assert_eq!(Digest::parse(hex), Some(digest));
        for text in ["", "ba78", &hex[1..], &hex.replace('b', "g")] {
            assert_eq!(Digest::parse(text), None, "{text}");
        }
    }
}
