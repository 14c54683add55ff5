package dev.berth.examples.standalone.configuration.trust;

import dev.berth.registry.scan.signature.NotationTrust;
import dev.berth.registry.scan.signature.TrustedKey;
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
}
