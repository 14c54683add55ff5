package dev.berth.registry.scan.signature;

import dev.berth.registry.Reference;
import dev.berth.registry.internal.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A policy of Notation's {@code trustpolicy.oci.json}.
 *
 * @param name its name
 * @param scopes the repositories that it is for, with their registry; or {@code *}
 * @param actions what happens if a check fails
 * @param skip whether nothing is verified
 * @param timestampAfterExpiry whether a timestamp is needed only once the certificates expired
 * @param stores the stores with the certificates that are trusted, such as {@code ca:acme}
 * @param identities who is trusted of those with such a certificate; everyone if there are none
 */
record TrustPolicy(
        String name,
        List<String> scopes,
        Map<Check, Action> actions,
        boolean skip,
        boolean timestampAfterExpiry,
        List<String> stores,
        List<SubjectName> identities) {
    static final String ANY = "*";
    private static final String SUBJECT = "x509.subject:";

    /** What is checked of a signature beside its integrity, which is always needed. */
    enum Check {
        AUTHENTICITY("authenticity"),
        TIMESTAMP("authenticTimestamp"),
        EXPIRY("expiry"),
        REVOCATION("revocation");

        private final String key;

        Check(String key) {
            this.key = key;
        }
    }

    /** What happens if a check fails. */
    enum Action {
        ENFORCE,
        LOG,
        SKIP
    }

    /** Reads a policy. */
    static TrustPolicy parse(JsonObject policy) {
        String name = policy.requireString("name");
        List<String> scopes = policy.strings("registryScopes");
        requireScopes(name, scopes);
        JsonObject verification = policy.requireObject("signatureVerification");
        String level = verification.requireString("level");
        boolean skip = level.equals("skip");
        Map<Check, Action> actions = level(name, level);
        Optional<JsonObject> override = verification.object("override");
        if (skip && override.isPresent()) {
            throw invalid(name, "skips verification, so it cannot override a check");
        }
        override.ifPresent(changes -> change(name, actions, changes));
        String timestamp = verification.string("verifyTimestamp").orElse("always");
        if (!List.of("always", "afterCertExpiry").contains(timestamp)) {
            throw invalid(name, "has verifyTimestamp '" + timestamp + "', which may be always or afterCertExpiry");
        }
        List<String> stores = policy.strings("trustStores");
        List<String> identities = policy.strings("trustedIdentities");
        if (skip ? !stores.isEmpty() || !identities.isEmpty() : stores.isEmpty() || identities.isEmpty()) {
            throw invalid(
                    name,
                    skip
                            ? "skips verification, so it has no trust stores and no trusted identities"
                            : "needs trust stores and trusted identities");
        }
        return new TrustPolicy(
                name, scopes, actions, skip, timestamp.equals("afterCertExpiry"), stores, identities(name, identities));
    }

    private static void requireScopes(String name, List<String> scopes) {
        if (scopes.isEmpty() || scopes.contains(ANY) && scopes.size() > 1) {
            throw invalid(name, "needs registryScopes: names of repositories, or nothing but *");
        }
        for (String scope : scopes) {
            if (!scope.equals(ANY)) {
                requireRepository(name, scope);
            }
        }
    }

    private static void requireRepository(String name, String scope) {
        try {
            Reference reference = Reference.parse(scope);
            if ((reference.registry() + "/" + reference.repository()).equals(scope)) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(name, "has the scope '" + scope + "': " + e.getMessage());
        }
        throw invalid(
                name, "has the scope '" + scope + "', which must be registry/repository, without tag or wildcard");
    }

    private static Map<Check, Action> level(String name, String level) {
        Map<Check, Action> actions = new EnumMap<>(Check.class);
        for (Check check : Check.values()) {
            actions.put(
                    check,
                    switch (level) {
                        case "strict" -> Action.ENFORCE;
                        case "permissive" -> check == Check.AUTHENTICITY ? Action.ENFORCE : Action.LOG;
                        case "audit" -> Action.LOG;
                        case "skip" -> Action.SKIP;
                        default ->
                            throw invalid(
                                    name,
                                    "has the level '" + level + "', which may be strict, permissive, audit or skip");
                    });
        }
        return actions;
    }

    private static void change(String name, Map<Check, Action> actions, JsonObject changes) {
        changes.node().fieldNames().forEachRemaining(key -> {
            Check check = List.of(Check.values()).stream()
                    .filter(known -> known.key.equals(key))
                    .findFirst()
                    .orElseThrow(() -> invalid(name, "overrides '" + key + "', which cannot be"));
            Action action = switch (changes.requireString(key)) {
                case "enforce" -> Action.ENFORCE;
                case "log" -> Action.LOG;
                case "skip" -> Action.SKIP;
                default -> throw invalid(name, "overrides " + key + " with something else than enforce, log, skip");
            };
            if (check == Check.AUTHENTICITY && action == Action.SKIP) {
                throw invalid(name, "may not skip authenticity: use the level skip");
            }
            actions.put(check, action);
        });
    }

    private static List<SubjectName> identities(String name, List<String> texts) {
        if (texts.contains(ANY)) {
            if (texts.size() > 1) {
                throw invalid(name, "trusts everyone by *, so it cannot name other identities");
            }
            return List.of();
        }
        return texts.stream()
                .map(text -> {
                    if (!text.startsWith(SUBJECT)) {
                        throw invalid(name, "has the identity '" + text + "', which must begin with " + SUBJECT);
                    }
                    return SubjectName.ofPolicy(
                            name, text.substring(SUBJECT.length()).strip());
                })
                .toList();
    }

    static IllegalArgumentException invalid(String name, String problem) {
        return new IllegalArgumentException("The trust policy '" + name + "' " + problem);
    }

    boolean hasTimestampStore() {
        return stores.stream().anyMatch(store -> store.startsWith("tsa:"));
    }
}
