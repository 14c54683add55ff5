package dev.berth.registry.account.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.berth.registry.access.NameLimit;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.NameSet;
import dev.berth.registry.access.Role;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.objects.Words;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a robot or a personal token is good for.
 *
 * @param repositories where
 * @param role for what
 * @param expires until when
 */
record Purpose(List<NamePattern> repositories, Role role, Optional<Instant> expires) {
    static final int MOST_PATTERNS = 100;

    Purpose {
        repositories = List.copyOf(repositories);
    }

    boolean isOverAt(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isPresent();
    }

    NameLimit limit() {
        return new NameLimit(NameSet.of(repositories), role);
    }

    /** Checks what somebody asks for. */
    void requireUsable(Instant now) {
        if (repositories.isEmpty() || repositories.size() > MOST_PATTERNS) {
            throw AccountNames.invalid("Name from 1 to " + MOST_PATTERNS
                    + " patterns of repositories that it is for, not " + repositories.size());
        }
        if (isOverAt(now)) {
            throw AccountNames.invalid("It would have expired already, at " + expires.orElseThrow());
        }
    }

    static Purpose read(JsonObject json) {
        return new Purpose(
                json.strings("repositories").stream().map(NamePattern::parse).toList(),
                Words.parse(Role.class, json, "role"),
                json.string("expires").map(Instant::parse));
    }

    void write(ObjectNode json) {
        ArrayNode patterns = json.putArray("repositories");
        repositories.forEach(pattern -> patterns.add(pattern.toString()));
        json.put("role", Words.of(role));
        expires.ifPresent(end -> json.put("expires", end.toString()));
    }
}
