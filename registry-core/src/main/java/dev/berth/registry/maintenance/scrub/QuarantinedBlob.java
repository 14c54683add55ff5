package dev.berth.registry.maintenance.scrub;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.ObjectKey;
import java.time.Instant;

/**
 * Damaged data that a scrub has moved aside.
 *
 * @param key where it is
 * @param digest the digest that it should have
 * @param since when it was moved, by the clock of the process that did
 * @param size in bytes
 * @since 0.1
 */
public record QuarantinedBlob(ObjectKey key, Digest digest, Instant since, long size) {}
