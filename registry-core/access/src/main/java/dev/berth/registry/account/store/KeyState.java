package dev.berth.registry.account.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What may be known of a key that signs tokens.
 *
 * @param id the identifier of the key
 * @param signs whether it is the one that signs now
 * @param signsFrom when it began to sign, or will
 * @param until when its signatures stop counting; empty while no newer key replaces it
 * @since 0.1
 */
public record KeyState(String id, boolean signs, Instant signsFrom, Optional<Instant> until) {}
