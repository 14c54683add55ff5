package dev.berth.examples.standalone.accounts;

import dev.berth.registry.account.api.AccountApi;
import dev.berth.registry.mirror.api.MirrorApi;

/** What of a registry is managed over HTTP. */
public enum ManagedPart {
    /** Accounts and rights. */
    ACCOUNTS(AccountApi.PATH, "it keeps no accounts that could be managed; it needs a section 'access'"),
    /** Mirrors and replication. */
    MIRRORS(
            MirrorApi.PATH,
            "it has neither mirrors nor replication; it needs a section 'mirrors', 'proxy' or 'replication'"),
    /** What the pages show. */
    CONSOLE("/api/v1/", "it has no console"),
    /** What 'docker search' asks. */
    SEARCH("/v1/", "it has no search; 'berth ls' lists its repositories");

    private final String path;
    private final String missing;

    ManagedPart(String path, String missing) {
        this.path = path;
        this.missing = missing;
    }

    /** Returns the prefix of its addresses. */
    String path() {
        return path;
    }

    /** Returns what a registry lacks that has no such addresses. */
    String missing() {
        return missing;
    }
}
