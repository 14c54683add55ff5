package dev.berth.registry.account.store;

import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * An account for a machine, such as a build server. It can do less than its owner, and is gone with it.
 *
 * @param name the name to log in with: {@code owner+name}
 * @param owner an organisation, or the name of a person
 * @param repositories where it may do something
 * @param role what it may do there, as far as its owner may
 * @param expires when it stops working; empty for never
 * @param secrets how many secrets are good for it now: two during a rotation
 * @param lastUsed when it was used, about a minute old; empty if it never was
 * @since 0.1
 */
public record Robot(
        String name,
        String owner,
        List<NamePattern> repositories,
        Role role,
        Optional<Instant> expires,
        int secrets,
        Optional<Instant> lastUsed) {}
