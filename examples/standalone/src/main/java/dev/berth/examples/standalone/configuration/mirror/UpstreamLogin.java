package dev.berth.examples.standalone.configuration.mirror;

import dev.berth.examples.standalone.configuration.values.Secret;
import java.time.Duration;
import java.util.Optional;

/** What another registry is shown. */
public sealed interface UpstreamLogin {

    /** Nothing. */
    record Anonymous() implements UpstreamLogin {}

    /** A name and a password. */
    record Password(String username, Secret password) implements UpstreamLogin {}

    /** What {@code docker login} and {@code podman login} have left on this machine. */
    record OfDocker() implements UpstreamLogin {}

    /**
     * What a program gives out.
     *
     * @param command its path, or its name
     * @param lifetime for how long that is good; zero to ask it each time, empty to ask it once
     */
    record Program(String command, Optional<Duration> lifetime) implements UpstreamLogin {}
}
