package dev.berth.registry.oidc;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The configuration of an issuer as it was some minutes ago at most. Thread-safe. */
final class Endpoints {
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** So long nobody asks an issuer again that has just not answered, and nobody waits for it. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Discovery discovery;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable IssuerConfiguration known;
    private String failure = "";
    private Instant asked = Instant.EPOCH;

    Endpoints(Discovery discovery, InstantSource clock) {
        this.discovery = discovery;
        this.clock = clock;
    }

    /**
     * Returns the configuration. While the issuer is down, one that is known stays good.
     *
     * @throws RegistryException with {@code UNAVAILABLE} if it is not known
     */
    IssuerConfiguration get() {
        lock.lock();
        try {
            Instant now = clock.instant();
            Duration age = Duration.between(asked, now).abs();
            if (age.compareTo(failure.isEmpty() ? FRESH : PAUSE) >= 0) {
                asked = now;
                fetch();
            }
            IssuerConfiguration found = known;
            if (found == null) {
                throw unavailable(failure);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    private void fetch() {
        try {
            known = discovery.configuration();
            failure = "";
        } catch (IOException e) {
            failure = String.valueOf(e.getMessage());
        }
    }

    static RegistryException unavailable(String why) {
        RegistryError error = RegistryError.of(
                ErrorCode.UNAVAILABLE,
                "Nobody can sign in at the issuer now; try again in a moment, or sign in with a password: " + why);
        return RegistryException.builder(error).retryAfter(PAUSE).build();
    }
}
