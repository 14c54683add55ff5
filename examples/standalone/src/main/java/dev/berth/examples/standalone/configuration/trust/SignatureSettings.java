package dev.berth.examples.standalone.configuration.trust;

import dev.berth.registry.scan.signature.NotationTrust;
import dev.berth.registry.scan.signature.SignatureVerifier;
import dev.berth.registry.scan.signature.TrustedKey;
import dev.berth.registry.scan.signature.TrustedKeys;
import java.util.List;
import java.util.Optional;

/**
 * Whose signatures are trusted.
 *
 * @param keys public keys
 * @param notation policies and certificates of Notation
 * @param host what those policies call this registry
 */
public record SignatureSettings(List<TrustedKey> keys, Optional<NotationTrust> notation, Optional<String> host) {
    /** Nobody is trusted. */
    public static final SignatureSettings NONE = new SignatureSettings(List.of(), Optional.empty(), Optional.empty());

    /** Returns what judges by all of them; empty if nobody is trusted. */
    public Optional<SignatureVerifier> verifier() {
        if (keys.isEmpty() && notation.isEmpty()) {
            return Optional.empty();
        }
        SignatureVerifier.Builder verifier = SignatureVerifier.builder().keys(TrustedKeys.of(keys));
        notation.ifPresent(verifier::notation);
        host.ifPresent(verifier::host);
        return Optional.of(verifier.build());
    }
}
