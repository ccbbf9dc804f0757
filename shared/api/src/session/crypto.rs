//! Ed25519 of ring for jsonwebtoken.
//!
//! Its own two backends would bring a second crypto library into every binary, one of them with
//! an open advisory. It takes a provider for the process instead; this one knows EdDSA and
//! nothing else, so that no other algorithm could be verified even if it were asked for.

use std::sync::OnceLock;

use jsonwebtoken::crypto::{CryptoProvider, JwtSigner, JwtVerifier, KeyUtils};
use jsonwebtoken::errors::{ErrorKind, Result};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey};
use ring::signature::{ED25519, Ed25519KeyPair, UnparsedPublicKey};
use signature::{Error, Signer, Verifier};

/// Makes this the process's provider, once. Should another one stand there already, tokens are
/// still verified, and signing fails closed: it would not take our keys.
pub(super) fn install() {
    static INSTALLED: OnceLock<()> = OnceLock::new();
    static PROVIDER: CryptoProvider = CryptoProvider {
        signer_factory: signer,
        verifier_factory: verifier,
        key_utils: KeyUtils::new_unimplemented(),
    };
    INSTALLED.get_or_init(|| {
        let _ = PROVIDER.install_default();
    });
}

/// The public key that belongs to a seed.
pub(super) fn public_key(seed: &[u8]) -> Option<Vec<u8>> {
    use ring::signature::KeyPair;
    Ed25519KeyPair::from_seed_unchecked(seed).ok().map(|pair| pair.public_key().as_ref().to_vec())
}

struct Pair(Ed25519KeyPair);

struct Public(UnparsedPublicKey<Vec<u8>>);

fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>> {
    match algorithm {
        // The key is the bare seed, not a PKCS#8 document.
        Algorithm::EdDSA => match Ed25519KeyPair::from_seed_unchecked(key.as_bytes()) {
            Ok(pair) => Ok(Box::new(Pair(pair))),
            Err(_) => Err(ErrorKind::InvalidEddsaKey.into()),
        },
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

fn verifier(algorithm: &Algorithm, key: &DecodingKey) -> Result<Box<dyn JwtVerifier>> {
    match algorithm {
        Algorithm::EdDSA => {
            Ok(Box::new(Public(UnparsedPublicKey::new(&ED25519, key.try_get_as_bytes()?.to_vec()))))
        }
        _ => Err(ErrorKind::InvalidAlgorithm.into()),
    }
}

impl Signer<Vec<u8>> for Pair {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Error> {
        Ok(self.0.sign(message).as_ref().to_vec())
    }
}

impl JwtSigner for Pair {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}

impl Verifier<Vec<u8>> for Public {
    fn verify(&self, message: &[u8], signature: &Vec<u8>) -> std::result::Result<(), Error> {
        self.0.verify(message, signature).map_err(|_| Error::new())
    }
}

impl JwtVerifier for Public {
    fn algorithm(&self) -> Algorithm {
        Algorithm::EdDSA
    }
}
