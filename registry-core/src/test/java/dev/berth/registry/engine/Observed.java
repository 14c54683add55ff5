package dev.berth.registry.engine;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a client can see of a {@link World}, item by item, so that states can be compared in parts. */
final class Observed {
    private Observed() {}

    /** Looks at every item through the registry. */
    static Map<String, String> look(StorageRegistry registry, World world) {
        Map<String, String> items = new TreeMap<>();
        List<RepositoryName> catalogue = registry.repositories().toList();
        for (RepositoryName name : world.repositories()) {
            Repository repository = registry.repository(name);
            items.put(name + " in the catalogue", String.valueOf(catalogue.contains(name)));
            List<Tag> listed = tags(repository);
            for (Tag tag : world.tags()) {
                items.put(name + ":" + tag + " listed", String.valueOf(listed.contains(tag)));
                items.put(
                        name + ":" + tag,
                        repository
                                .tags()
                                .resolve(tag)
                                .map(d -> d.digest().toString())
                                .orElse("none"));
            }
            for (Digest manifest : world.manifests()) {
                items.put(
                        name + "@" + manifest,
                        String.valueOf(repository.manifests().find(manifest).isPresent()));
                List<Digest> referrers = new ArrayList<>();
                for (Descriptor referrer : repository.manifests().referrers(manifest)) {
                    referrers.add(referrer.digest());
                }
                items.put(name + "@" + manifest + " referrers", referrers.toString());
            }
            for (Digest blob : world.blobs()) {
                items.put(
                        name + "/" + blob,
                        String.valueOf(repository.blobs().find(blob).isPresent()));
            }
        }
        return items;
    }

    private static List<Tag> tags(Repository repository) {
        try {
            return repository.tags().list().toList();
        } catch (RegistryException e) {
            if (e.code() == ErrorCode.NAME_UNKNOWN) {
                return List.of();
            }
            throw e;
        }
    }
}
