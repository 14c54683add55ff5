package dev.berth.registry.scan.signature;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose signatures of Notation are accepted for which repositories: its trust policies ({@code trustpolicy.oci.json} 1.0) and
 * trust stores. Immutable.
 *
 * <p>The policy of a repository is the one that names it, else the one for {@code *}; without one nothing is accepted. What is
 * done in another way than by the {@code notation} program:
 *
 * <ul>
 *   <li>nobody is asked whether a certificate was revoked. A certificate that says where to ask is accepted where revocation is
 *       enforced only if a list of its issuer is given here;
 *   <li>timestamps are not read: where a policy has a store of the type {@code tsa} and needs one, the check of the timestamp
 *       fails;
 *   <li>plugins are not called: a signature that demands one is refused.
 * </ul>
 *
 * @since 0.1
 */
public final class NotationTrust {
    private static final Set<String> STORE_TYPES = Set.of("ca", "signingAuthority", "tsa");

    private final List<TrustPolicy> policies;
    private final Map<String, List<X509Certificate>> stores;
    private final RevocationLists revocations;

    private NotationTrust(Builder builder, List<TrustPolicy> policies) {
        this.policies = List.copyOf(policies);
        this.stores = Map.copyOf(builder.stores);
        this.revocations = new RevocationLists(List.copyOf(builder.lists), Set.copyOf(builder.withdrawn));
    }

    /**
     * Reads a directory as {@code notation} has it: {@code trustpolicy.oci.json}, {@code truststore/x509/TYPE/NAME/*} or
     * {@code x509/TYPE/NAME/*} with certificates in PEM form or DER, and beside it, if there are, lists of revoked certificates in
     * {@code crl/*}.
     *
     * @throws IOException if a file cannot be read
     * @throws IllegalArgumentException if the policies or a certificate are not valid; the message says which and why
     */
    public static NotationTrust load(Path directory) throws IOException {
        return TrustDirectory.read(directory);
    }

    /**
     * Returns a builder.
     *
     * @param policies the content of a {@code trustpolicy.oci.json}
     */
    public static Builder builder(String policies) {
        return new Builder(policies);
    }

    /** Returns the policy for a repository. */
    Optional<TrustPolicy> policy(Optional<String> host, RepositoryName repository) {
        Optional<TrustPolicy> exact = host.flatMap(name -> policies.stream()
                .filter(policy -> policy.scopes().contains(name + "/" + repository))
                .findFirst());
        return exact.or(() -> policies.stream()
                .filter(policy -> policy.scopes().contains(TrustPolicy.ANY))
                .findFirst());
    }

    /** Returns the certificates that a policy trusts, of its stores of a type. */
    List<X509Certificate> trusted(TrustPolicy policy, String type) {
        List<X509Certificate> trusted = new ArrayList<>();
        for (String store : policy.stores()) {
            if (store.startsWith(type + ":")) {
                trusted.addAll(stores.getOrDefault(store, List.of()));
            }
        }
        return trusted;
    }

    RevocationLists revocations() {
        return revocations;
    }

    /** Returns the names of the policies. */
    @Override
    public String toString() {
        return policies.stream().map(TrustPolicy::name).toList().toString();
    }

    /**
     * Collects what is trusted. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final String text;
        private final Map<String, List<X509Certificate>> stores = new HashMap<>();
        private final List<X509CRL> lists = new ArrayList<>();
        private final Set<X509Certificate> withdrawn = new HashSet<>();

        private Builder(String text) {
            this.text = text;
        }

        /**
         * Adds certificates to a store.
         *
         * @param store its type and name, such as {@code ca:acme}
         * @throws IllegalArgumentException if the type is not {@code ca}, {@code signingAuthority} or {@code tsa}, or a
         *     certificate is neither one of an authority nor self-signed
         */
        public Builder certificates(String store, List<X509Certificate> certificates) {
            requireStore(store);
            for (X509Certificate certificate : certificates) {
                if (certificate.getBasicConstraints() < 0 && !CertificateChain.isIssuedBy(certificate, certificate)) {
                    throw new IllegalArgumentException(
                            "The trust store " + store + " has the certificate of " + CertificateChain.name(certificate)
                                    + ", which is neither one of an authority nor self-signed");
                }
            }
            stores.computeIfAbsent(store, name -> new ArrayList<>()).addAll(certificates);
            return this;
        }

        /** Adds a list of certificates that their issuer revoked. It counts until it says that there is a newer one. */
        public Builder revocationList(X509CRL list) {
            lists.add(list);
            return this;
        }

        /** Refuses every signature with this certificate in its chain, whatever the policies say. */
        public Builder withdrawn(X509Certificate certificate) {
            withdrawn.add(certificate);
            return this;
        }

        /**
         * Builds it.
         *
         * @throws IllegalArgumentException if the policies are not valid, or name a store without certificates
         */
        public NotationTrust build() {
            List<TrustPolicy> policies = new ArrayList<>();
            try {
                JsonObject root = JsonObject.root(StrictJson.parse(text.getBytes(StandardCharsets.UTF_8)));
                if (!root.requireString("version").equals("1.0")) {
                    throw new IllegalArgumentException("The trust policies are of version "
                            + root.requireString("version") + "; version 1.0 is read");
                }
                root.objects("trustPolicies").forEach(policy -> policies.add(TrustPolicy.parse(policy)));
            } catch (MalformedJsonException e) {
                throw new IllegalArgumentException("The trust policies cannot be read: " + e.getMessage(), e);
            }
            if (policies.isEmpty()) {
                throw new IllegalArgumentException("There are no trust policies");
            }
            check(policies);
            return new NotationTrust(this, policies);
        }

        private void check(List<TrustPolicy> policies) {
            Set<String> names = new HashSet<>();
            Set<String> scopes = new HashSet<>();
            for (TrustPolicy policy : policies) {
                if (!names.add(policy.name())) {
                    throw TrustPolicy.invalid(policy.name(), "has the name of another one");
                }
                for (String scope : policy.scopes()) {
                    if (!scopes.add(scope)) {
                        throw TrustPolicy.invalid(policy.name(), "has the scope " + scope + ", which another one has");
                    }
                }
                for (String store : policy.stores()) {
                    requireStore(store);
                    if (stores.getOrDefault(store, List.of()).isEmpty()) {
                        throw TrustPolicy.invalid(
                                policy.name(), "names the trust store " + store + ", which has no certificates");
                    }
                }
            }
        }

        private static void requireStore(String store) {
            int colon = store.indexOf(':');
            if (colon < 0 || colon == store.length() - 1 || !STORE_TYPES.contains(store.substring(0, colon))) {
                throw new IllegalArgumentException("The trust store '" + store
                        + "' must be named by its type (ca, signingAuthority, tsa) and name, such as ca:acme");
            }
        }
    }
}
