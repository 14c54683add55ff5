package dev.berth.registry.account.store;

import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A secret that a person uses instead of the password, for less than the person may do. It is gone with the person.
 *
 * @param id the identifier, which is no secret
 * @param owner the name of the person, who may come from another source of accounts
 * @param description what it is for, in the words of its owner
 * @param repositories where it is good for something
 * @param role what it is good for there, as far as its owner may
 * @param expires when it stops working; empty for never
 * @param lastUsed when it was used, about a minute old; empty if it never was
 * @since 0.1
 */
public record PersonalToken(
        String id,
        String owner,
        String description,
        List<NamePattern> repositories,
        Role role,
        Optional<Instant> expires,
        Optional<Instant> lastUsed) {}
