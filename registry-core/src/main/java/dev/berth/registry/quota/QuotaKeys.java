package dev.berth.registry.quota;

import dev.berth.registry.Digest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import java.nio.charset.StandardCharsets;

/** The keys of the quotas, below {@code _berth/quota/}. */
final class QuotaKeys {
    /** Among how many tables the repositories are distributed. Part of the format. */
    static final int TABLES = 64;

    /** The nodes that push, each with the repositories that it changes. */
    static final KeyPrefix NODES = KeyPrefix.of("nodes/");

    /** Exists once everything was counted. */
    static final ObjectKey COUNTED = ObjectKey.of("counted");

    private QuotaKeys() {}

    static ObjectKey node(String id) {
        return NODES.key(id);
    }

    /** What a repository shows. */
    static ObjectKey ledger(RepositoryName repository) {
        return ObjectKey.of("ledgers/" + hash(repository.value()));
    }

    /** The use of some of the repositories. */
    static ObjectKey table(int number) {
        return ObjectKey.of("tables/" + number);
    }

    static int tableOf(RepositoryName repository) {
        return Integer.parseInt(hash(repository.value()).substring(0, 2), 16) % TABLES;
    }

    /** The use of a pattern, and what nodes have set aside of the rest. */
    static ObjectKey counter(NamePattern pattern) {
        return ObjectKey.of("counters/" + hash(pattern.toString()));
    }

    private static String hash(String name) {
        return Digest.sha256(name.getBytes(StandardCharsets.UTF_8)).hex();
    }
}
