package dev.berth.examples.standalone.configuration.trust;

import java.util.Optional;

/**
 * What is known of images, and what of that decides whether they are handed out.
 *
 * @param scan how images are scanned; empty if they are not
 * @param signatures whose signatures are trusted
 * @param gate which images are handed out; empty for all
 */
public record TrustSettings(Optional<ScanSettings> scan, SignatureSettings signatures, Optional<GateSettings> gate) {}
