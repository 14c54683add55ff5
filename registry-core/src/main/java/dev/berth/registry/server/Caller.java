package dev.berth.registry.server;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The maker of a request, as determined by an {@link Authenticator}. Contains no secrets. Immutable.
 *
 * @since 0.1
 */
public final class Caller {
    private static final Caller ANONYMOUS = new Caller(new Builder(""));

    private final String name;
    private final Set<String> groups;
    private final Map<String, String> attributes;
    private final @Nullable AccessLimit limit;

    private Caller(Builder builder) {
        this.name = builder.name;
        this.groups = Set.copyOf(builder.groups);
        this.attributes = Map.copyOf(builder.attributes);
        this.limit = builder.limit;
    }

    /** Returns the anonymous caller. */
    public static Caller anonymous() {
        return ANONYMOUS;
    }

    /** Returns a caller with a name only. An empty name denotes an anonymous caller. */
    public static Caller named(String name) {
        return builder(name).build();
    }

    /** Returns a builder for a caller with this name, or for an anonymous caller if the name is empty. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Returns a builder with this caller. */
    public Builder toBuilder() {
        Builder builder = new Builder(name);
        builder.groups.addAll(groups);
        builder.attributes.putAll(attributes);
        builder.limit = limit;
        return builder;
    }

    /** Returns the name for policies, logs and events; empty for an anonymous caller. */
    public String name() {
        return name;
    }

    /** Returns the names of the groups that the caller is a member of. */
    public Set<String> groups() {
        return groups;
    }

    /** Returns what else is known, for a {@link RegistryResolver} to decide by. */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** Returns the restriction of the credentials of this request, or empty if they are not restricted. */
    public Optional<AccessLimit> limit() {
        return Optional.ofNullable(limit);
    }

    /** Returns whether the limit, if there is one, allows this access. The caller's own rights are not considered. */
    public boolean isWithinLimit(RequestedAccess access) {
        return limit == null || limit.allows(access);
    }

    /** Returns whether the caller has no name. */
    public boolean isAnonymous() {
        return name.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Caller that
                && name.equals(that.name)
                && groups.equals(that.groups)
                && attributes.equals(that.attributes)
                && Objects.equals(limit, that.limit);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, groups, attributes, limit);
    }

    /** Returns the name and the groups. */
    @Override
    public String toString() {
        return (name.isEmpty() ? "anonymous" : name) + (groups.isEmpty() ? "" : " " + groups);
    }

    /**
     * Builds callers. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final String name;
        private final Set<String> groups = new HashSet<>();
        private final Map<String, String> attributes = new LinkedHashMap<>();
        private @Nullable AccessLimit limit;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Adds a group. */
        public Builder group(String group) {
            groups.add(Objects.requireNonNull(group, "group"));
            return this;
        }

        /** Adds groups. */
        public Builder groups(Iterable<String> newGroups) {
            newGroups.forEach(this::group);
            return this;
        }

        /** Sets an attribute. */
        public Builder attribute(String key, String value) {
            attributes.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
            return this;
        }

        /** Restricts the caller, whatever its rights are, instead of an earlier limit. */
        public Builder limit(AccessLimit newLimit) {
            this.limit = Objects.requireNonNull(newLimit, "newLimit");
            return this;
        }

        /** Returns the caller. */
        public Caller build() {
            return new Caller(this);
        }
    }
}
