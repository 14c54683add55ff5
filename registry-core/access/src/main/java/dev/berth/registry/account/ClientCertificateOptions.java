package dev.berth.registry.account;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client certificate says about a caller. Immutable.
 *
 * @since 0.1
 */
public final class ClientCertificateOptions {
    private final Name name;
    private final Set<Group> groups;
    private final @Nullable Accounts accounts;
    private final InstantSource clock;

    private ClientCertificateOptions(Builder builder) {
        this.name = builder.name;
        this.groups = Set.copyOf(builder.groups);
        this.accounts = builder.accounts;
        this.clock = builder.clock;
    }

    /** Returns a builder: the name is the common name, and there are no groups. */
    public static Builder builder() {
        return new Builder();
    }

    Name name() {
        return name;
    }

    Set<Group> groups() {
        return groups;
    }

    Optional<Accounts> accounts() {
        return Optional.ofNullable(accounts);
    }

    InstantSource clock() {
        return clock;
    }

    /**
     * Where the name of the caller is.
     *
     * @since 0.1
     */
    public enum Name {
        /** The common name (CN) of the subject. */
        COMMON_NAME,
        /** The mail address among the alternative names of the subject. */
        MAIL,
        /** The URI among the alternative names of the subject. */
        URI,
        /** The DNS name among the alternative names of the subject. */
        DNS
    }

    /**
     * What becomes a group of the caller: {@code cert:engineers}.
     *
     * @since 0.1
     */
    public enum Group {
        /** Each organisational unit (OU) of the subject. */
        ORGANISATIONAL_UNIT,
        /** Each organisation (O) of the subject. */
        ORGANISATION
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private Name name = Name.COMMON_NAME;
        private final Set<Group> groups = EnumSet.noneOf(Group.class);
        private @Nullable Accounts accounts;
        private InstantSource clock = InstantSource.system();

        private Builder() {}

        /** Sets where the name is. A certificate that does not have exactly one names nobody. */
        public Builder name(Name newName) {
            this.name = Objects.requireNonNull(newName, "newName");
            return this;
        }

        /** Adds what becomes a group. */
        public Builder groups(Group group) {
            groups.add(Objects.requireNonNull(group, "group"));
            return this;
        }

        /** Lets certificates name only callers that have an account here, which adds its groups. */
        public Builder accounts(Accounts newAccounts) {
            this.accounts = Objects.requireNonNull(newAccounts, "newAccounts");
            return this;
        }

        /** Sets the clock. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /** Returns the options. */
        public ClientCertificateOptions build() {
            return new ClientCertificateOptions(this);
        }
    }
}
