package dev.berth.registry.access;

import dev.berth.registry.server.Caller;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Who has a {@link Grant}. Immutable.
 *
 * @since 0.1
 */
public sealed interface Grantee {

    /**
     * Everyone, also those who are not authenticated: the repositories are public.
     *
     * @since 0.1
     */
    record Everyone() implements Grantee {
        @Override
        public String toString() {
            return "everyone";
        }
    }

    /**
     * Every authenticated caller.
     *
     * @since 0.1
     */
    record Authenticated() implements Grantee {
        @Override
        public String toString() {
            return "authenticated";
        }
    }

    /**
     * The caller with this name.
     *
     * @since 0.1
     */
    record User(String name) implements Grantee {
        /** Checks that there is a name. */
        public User {
            requireName(name);
        }

        @Override
        public String toString() {
            return "user:" + name;
        }
    }

    /**
     * The members of a group, such as a team. A group from outside has its source before its name, such as
     * {@code ldap:} or {@code oidc:}.
     *
     * @since 0.1
     */
    record Group(String name) implements Grantee {
        /** Checks that there is a name. */
        public Group {
            requireName(name);
        }

        @Override
        public String toString() {
            return "group:" + name;
        }
    }

    /** Returns everyone. */
    static Grantee everyone() {
        return new Everyone();
    }

    /** Returns every authenticated caller. */
    static Grantee authenticated() {
        return new Authenticated();
    }

    /** Returns the caller with this name. */
    static Grantee user(String name) {
        return new User(name);
    }

    /** Returns the members of a group. */
    static Grantee group(String name) {
        return new Group(name);
    }

    /** Returns all grantees that a caller is. */
    static Set<Grantee> of(Caller caller) {
        Set<Grantee> all = new LinkedHashSet<>();
        all.add(everyone());
        if (!caller.isAnonymous()) {
            all.add(authenticated());
            all.add(user(caller.name()));
            caller.groups().forEach(name -> all.add(group(name)));
        }
        return all;
    }

    private static void requireName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A user or a group of a grant needs a name");
        }
    }
}
