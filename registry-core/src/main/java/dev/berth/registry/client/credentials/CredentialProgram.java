package dev.berth.registry.client.credentials;

import dev.berth.registry.RepositoryName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;

/**
 * Credentials that a program gives out, such as those of a cloud that are good for hours. The program is one of Docker's
 * credential helpers, or works like one: it is called with the argument {@code get}, reads the name of the registry from its
 * standard input, and prints a JSON object with {@code Username} and {@code Secret}. What it prints is neither logged nor part
 * of a message.
 *
 * <p>It may take 30 seconds, and print 64 KiB; then it is stopped. Thread-safe.
 *
 * @since 0.1
 */
public final class CredentialProgram implements CredentialStore {
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final CredentialHelper helper;
    private final Optional<Duration> lifetime;
    private final InstantSource clock;

    private CredentialProgram(CredentialHelper helper, Optional<Duration> lifetime, InstantSource clock) {
        this.helper = helper;
        this.lifetime = lifetime;
        this.clock = clock;
    }

    /**
     * Returns a store that asks a program: once, and again if the registry refuses the credentials.
     *
     * @param command the path of the program, or its name if it is on the {@code PATH}
     * @throws IllegalArgumentException if that is blank
     */
    public static CredentialProgram at(String command) {
        return at(command, ProcessEnvironment.ofThisProcess(), LONGEST, InstantSource.system());
    }

    static CredentialProgram at(String command, ProcessEnvironment environment, Duration longest, InstantSource clock) {
        if (command.isBlank()) {
            throw new IllegalArgumentException("The program for credentials has no name");
        }
        return new CredentialProgram(CredentialHelper.at(command, environment, longest), Optional.empty(), clock);
    }

    /**
     * Returns the same, except that the credentials are good for a time only: the program is asked again before it is over,
     * see {@link CredentialStore}.
     *
     * @param time zero to ask it for each request
     * @throws IllegalArgumentException if it is negative
     */
    public CredentialProgram goodFor(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("Credentials cannot be good for a negative time: " + time);
        }
        return new CredentialProgram(helper, Optional.of(time), clock);
    }

    @Override
    public Optional<Credentials> find(String registry, Optional<RepositoryName> repository) {
        Objects.requireNonNull(registry, "registry");
        try {
            return helper.get(registry)
                    .map(found -> lifetime.map(
                                    time -> found.withExpiry(clock.instant().plus(time)))
                            .orElse(found));
        } catch (InvalidEntryException e) {
            throw AuthFile.unusable(
                    "The credentials of " + registry + " could not be read from " + helper.name() + ": " + e.problem());
        }
    }

    /** Names the program. */
    @Override
    public String toString() {
        return helper.name();
    }
}
