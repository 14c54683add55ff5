package dev.berth.registry.quota;

import dev.berth.registry.Digest;
import dev.berth.registry.Registry;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What repositories use, counted from the names of the store and what a registry without quotas shows. */
final class Recounted {
    private static final String REPOSITORIES = "docker/registry/v2/repositories/";

    private Recounted() {}

    static Map<RepositoryName, Long> of(ObjectStore store) throws IOException {
        Map<RepositoryName, Set<Digest>> links = new HashMap<>();
        ListRequest request = ListRequest.tree(KeyPrefix.of(REPOSITORIES));
        while (true) {
            ListPage page = store.list(request);
            for (String name : page.names()) {
                if (name.endsWith("/link") && !name.contains("/tags/")) {
                    String[] segments = name.split("/");
                    String repository = name.substring(REPOSITORIES.length(), name.indexOf("/_"));
                    links.computeIfAbsent(RepositoryName.parse(repository), any -> new HashSet<>())
                            .add(Digest.parse(segments[segments.length - 3] + ":" + segments[segments.length - 2]));
                }
            }
            if (page.last()) {
                break;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
        Registry registry = StorageRegistry.over(store);
        Map<RepositoryName, Long> uses = new HashMap<>();
        links.forEach((repository, digests) -> uses.put(
                repository,
                digests.stream()
                        .mapToLong(digest -> size(registry, repository, digest))
                        .sum()));
        uses.values().removeIf(use -> use == 0);
        return uses;
    }

    private static long size(Registry registry, RepositoryName repository, Digest digest) {
        return registry.repository(repository)
                .blobs()
                .find(digest)
                .or(() -> registry.repository(repository).manifests().find(digest))
                .map(found -> found.size())
                .orElse(0L);
    }
}
