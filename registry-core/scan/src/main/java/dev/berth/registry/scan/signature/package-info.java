/**
 * Signatures of images: made and checked, with keys (cosign) and certificates (Notation), by the cryptography of the JDK, in any
 * {@link dev.berth.registry.Registry}. The programs cosign and notation accept what is
 * signed here, and the other way round.
 *
 * <p>{@link dev.berth.registry.scan.signature.SignatureVerifier} finds everything that is beside an image, and tells of each
 * signature who made it, or why it is refused. Nothing that is in a signature makes it throw.
 * {@link dev.berth.registry.scan.signature.TrustedKeys} says which keys count,
 * {@link dev.berth.registry.scan.signature.NotationTrust} which certificates, and
 * {@link dev.berth.registry.scan.signature.SignedName} for which name.
 * {@link dev.berth.registry.scan.signature.CosignSigner} and {@link dev.berth.registry.scan.signature.NotationSigner} sign.
 *
 * <p>Four things hold always: what is signed is the digest of the manifest that was asked for, of an index or of an image,
 * never of one in place of the other; how a signature is verified, the key decides and not the message; a key that expired or
 * was withdrawn accepts nothing; and what is read is bounded, by {@link dev.berth.registry.scan.signature.SignatureLimits}.
 *
 * <pre>{@code
 * SignatureVerifier verifier = SignatureVerifier.builder()
 *         .keys(TrustedKeys.of(TrustedKey.parse("release", Files.readString(Path.of("cosign.pub")))))
 *         .build();
 * Signatures found = verifier.verify(registry.repository("team/app"), Tag.parse("v1"));
 * if (!found.isSigned()) {
 *     throw new IllegalStateException(found.explanation());
 * }
 * }</pre>
 *
 * <p>Signatures without keys (Fulcio, Rekor) are not verified: they need services on the internet.
 */
@NullMarked
package dev.berth.registry.scan.signature;

import org.jspecify.annotations.NullMarked;
