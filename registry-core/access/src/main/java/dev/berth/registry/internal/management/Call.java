package dev.berth.registry.internal.management;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.internal.objects.Words;
import dev.berth.registry.server.Caller;
import dev.berth.registry.server.RegistryRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One request: who makes it, and what it states.
 *
 * @param actor who makes it
 * @param fields what it states
 * @param request the request
 */
public record Call(Actor actor, Fields fields, RegistryRequest request) {

    /** Returns a text that must be there. */
    public String text(String name) {
        return fields.get(name);
    }

    /** Returns a text, or empty if it is absent or empty. */
    public Optional<String> find(String name) {
        return fields.find(name).filter(text -> !text.isEmpty());
    }

    /** Returns the name of a person: by default, that of whoever makes the request. */
    public String ownName(String name) {
        return find(name).orElseGet(() -> actor.isOperator() ? text(name) : actor.name());
    }

    /** Returns whoever has a role. */
    public Grantee grantee(String name) {
        return GranteeText.parse(text(name));
    }

    /** Returns a pattern for repositories. */
    public NamePattern pattern(String name) {
        return NamePattern.parse(text(name));
    }

    /** Returns at least one pattern for repositories. */
    public List<NamePattern> patterns(String name) {
        return fields.list(name).stream().map(NamePattern::parse).toList();
    }

    /** Returns the name of a repository. */
    public RepositoryName repository(String name) {
        return RepositoryName.parse(text(name));
    }

    /** Returns a role. */
    public Role role(String name) {
        String text = text(name);
        return Arrays.stream(Role.values())
                .filter(role -> Words.of(role).equals(text))
                .findFirst()
                .orElseThrow(() -> Fields.invalid("There is no role '" + text + "'; the roles are "
                        + Arrays.stream(Role.values()).map(Words::of).collect(Collectors.joining(", "))));
    }

    /** Returns the role of credentials, which manage nothing. */
    public Role limitedRole(String name) {
        Role role = role(name);
        if (role == Role.ADMIN) {
            throw Fields.invalid("Robots and personal tokens manage nothing: their role is at most maintainer");
        }
        return role;
    }

    /** Returns a time in the future. */
    public Optional<Instant> expiry(String name, InstantSource clock) {
        Optional<Instant> expiry = find(name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw Fields.invalid("The field '" + name + "' is a time such as 2030-01-31T00:00:00Z");
            }
        });
        if (expiry.isPresent() && !expiry.get().isAfter(clock.instant())) {
            throw Fields.invalid("The time in the field '" + name + "' is over");
        }
        return expiry;
    }

    /** Returns a duration of whole seconds. */
    public Duration seconds(String name, Duration preset, Duration longest) {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return preset;
        }
        if (!text.get().matches("\\d{1,9}")) {
            throw Fields.invalid("The field '" + name + "' is a number of seconds");
        }
        Duration duration = Duration.ofSeconds(Long.parseLong(text.get()));
        if (duration.compareTo(longest) > 0) {
            throw Fields.invalid("The field '" + name + "' is at most " + longest.toSeconds() + " seconds");
        }
        return duration;
    }

    /** Returns true or false. */
    public boolean flag(String name, boolean preset) {
        return switch (find(name).orElse(Boolean.toString(preset))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Fields.invalid("The field '" + name + "' is true or false");
        };
    }

    /** Returns a number of elements of a page. */
    public int limit(String name, int preset, int largest) {
        Optional<String> text = find(name);
        if (text.isEmpty()) {
            return preset;
        }
        if (!text.get().matches("[1-9]\\d{0,3}") || Integer.parseInt(text.get()) > largest) {
            throw Fields.invalid("The " + name + " is a number from 1 to " + largest);
        }
        return Integer.parseInt(text.get());
    }

    /** Refuses what the actor has no right to, before anything is looked up. */
    public void require(boolean permitted, String needed) {
        if (!permitted) {
            throw RegistryException.of(ErrorCode.DENIED, "You may not do this; it takes " + needed);
        }
    }

    /** Refuses credentials of an owner who has the name of the actor, and groups that the actor has not. */
    public void requireSame(Optional<Caller> owner) {
        require(
                owner.filter(known -> !actor.hasGroupsOf(known)).isEmpty(),
                "the groups of the account that has this name; log in as that one");
    }

    /** Refuses whoever does not administer all repositories. */
    public void requireAdministrator() {
        require(actor.isAdministrator(), Actor.neededIn("** (an administrator of the registry)"));
    }

    /** Returns the exception for something that is not there, for somebody who may know that. */
    public static RegistryException missing(String what) {
        return RegistryException.of(ErrorCode.NOT_FOUND, "There is no " + what);
    }
}
