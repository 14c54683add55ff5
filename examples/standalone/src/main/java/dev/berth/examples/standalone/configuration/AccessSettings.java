package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.configuration.values.Secret;
import dev.berth.registry.access.Grants;
import dev.berth.registry.account.store.StoredKeys;
import dev.berth.registry.account.store.StoredKeysOptions;
import dev.berth.registry.storage.ObjectStore;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code access}: who may do what in which repositories.
 *
 * @param accounts whether people, teams and robots are kept in the storage
 * @param admin the first administrator in the storage
 * @param grants teams and grants of the configuration, those of organisations and of public repositories included
 * @param tokens the token service
 * @param trustedProxies the networks of proxies whose {@code X-Forwarded} header fields count
 * @param audit whether logins, refusals and changes are logged
 */
public record AccessSettings(
        boolean accounts, Admin admin, Grants grants, Tokens tokens, List<String> trustedProxies, boolean audit) {

    /**
     * The first administrator.
     *
     * @param name the name
     * @param password the password; one is made if it is empty
     */
    public record Admin(String name, Optional<Secret> password) {}

    /**
     * The token service.
     *
     * @param service the name of the registry in challenges and tokens
     * @param issuer the issuer of tokens; the service if it is empty
     * @param realm the URL of the token service; the host that the client asked if it is empty
     * @param lifetime how long a token is good
     * @param refresh how long a refresh token is good
     */
    public record Tokens(
            String service, Optional<String> issuer, Optional<URI> realm, Duration lifetime, Duration refresh) {
        /** How long a refresh token is good if nothing is set. */
        public static final Duration DEFAULT_REFRESH = Duration.ofDays(90);

        /**
         * Returns the keys in a storage, which are kept as long as tokens are good.
         *
         * @param refresh how long a refresh token is good
         */
        public static StoredKeys keys(ObjectStore store, Duration refresh) {
            return StoredKeys.over(
                    store,
                    StoredKeysOptions.builder().keptFor(refresh.plusDays(1)).build());
        }
    }

    /** Returns whether everything but teams and grants is the same. They can change without a restart. */
    public boolean equalsButForGrants(AccessSettings other) {
        return accounts == other.accounts
                && admin.equals(other.admin)
                && tokens.equals(other.tokens)
                && trustedProxies.equals(other.trustedProxies)
                && audit == other.audit;
    }
}
