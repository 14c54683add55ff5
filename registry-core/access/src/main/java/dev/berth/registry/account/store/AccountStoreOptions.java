package dev.berth.registry.account.store;

import dev.berth.registry.account.Accounts;
import dev.berth.registry.account.Passwords;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link AccountStore} works. Immutable.
 *
 * @since 0.1
 */
public final class AccountStoreOptions {
    private static final Duration OLDEST = Duration.ofSeconds(5);
    private static final int DEFAULT_COST = 10;

    private final int passwordCost;
    private final Duration cacheAge;
    private final InstantSource clock;
    private final @Nullable Accounts outside;
    private final List<String> sources;

    private AccountStoreOptions(Builder builder) {
        this.passwordCost = builder.passwordCost;
        this.cacheAge = builder.cacheAge;
        this.clock = builder.clock;
        this.outside = builder.outside;
        this.sources = builder.sources;
    }

    /** Returns a builder. */
    public static Builder builder() {
        return new Builder();
    }

    int passwordCost() {
        return passwordCost;
    }

    Duration cacheAge() {
        return cacheAge;
    }

    InstantSource clock() {
        return clock;
    }

    Optional<Accounts> outside() {
        return Optional.ofNullable(outside);
    }

    List<String> sources() {
        return sources;
    }

    /**
     * Builds options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private int passwordCost = DEFAULT_COST;
        private Duration cacheAge = OLDEST;
        private InstantSource clock = InstantSource.system();
        private @Nullable Accounts outside;
        private List<String> sources = List.of();

        private Builder() {}

        /**
         * Sets the cost of passwords that are hashed from now on: the binary logarithm of the number of rounds of bcrypt,
         * 10 by default.
         *
         * @throws IllegalArgumentException if it is not from {@value Passwords#MIN_COST} to {@value Passwords#MAX_COST}
         */
        public Builder passwordCost(int newCost) {
            if (newCost < Passwords.MIN_COST || newCost > Passwords.MAX_COST) {
                throw new IllegalArgumentException("The cost of passwords is from " + Passwords.MIN_COST + " to "
                        + Passwords.MAX_COST + ", not " + newCost);
            }
            this.passwordCost = newCost;
            return this;
        }

        /**
         * Sets for how long what was read from the store counts, 5 seconds by default: after that time at the latest, a
         * change by another process counts here. Zero reads each time.
         *
         * @throws IllegalArgumentException if it is negative or longer than 5 seconds
         */
        public Builder cacheAge(Duration newAge) {
            if (newAge.isNegative() || newAge.compareTo(OLDEST) > 0) {
                throw new IllegalArgumentException("Accounts are cached for 0 to 5 seconds, not for " + newAge);
            }
            this.cacheAge = newAge;
            return this;
        }

        /** Sets the clock, for the age of what is cached and for expiry. */
        public Builder clock(InstantSource newClock) {
            this.clock = Objects.requireNonNull(newClock, "newClock");
            return this;
        }

        /**
         * Sets where people come from who have no account in the store, so that they can own robots and personal tokens.
         * These are gone as soon as {@link Accounts#find} does not find their owner any more. None by default.
         *
         * @param accounts the other accounts
         * @param newSources what subjects of these accounts have before the name and a colon, beside those that are plain
         *     names: such as {@code ldap} and {@code oidc}
         */
        public Builder outside(Accounts accounts, String... newSources) {
            this.outside = Objects.requireNonNull(accounts, "accounts");
            this.sources = List.of(newSources);
            return this;
        }

        /** Returns the options. */
        public AccountStoreOptions build() {
            return new AccountStoreOptions(this);
        }
    }
}
