package dev.berth.registry.maintenance;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.internal.store.Keys;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Walks over the repositories of the layout for what the index does not have: uploads of {@code registry:2}, and links of blobs in
 * repositories that never had a manifest.
 */
final class LayoutWalk {
    /** The longest name of a repository has fewer components. */
    private static final int DEEPEST = 130;

    private final Pass pass;
    private final DockerUploads uploads;

    LayoutWalk(Pass pass) {
        this.pass = pass;
        this.uploads = new DockerUploads(pass);
    }

    /** A place of the walk: the names below a prefix, behind one of them. */
    private record Place(KeyPrefix prefix, String after) {}

    void run() throws IOException {
        pass.begin();
        Deque<Place> open = new ArrayDeque<>();
        open.push(new Place(Keys.REPOSITORIES, ""));
        while (!open.isEmpty()) {
            Place place = open.pop();
            step(place, open);
        }
    }

    /** Reads names up to the next group to go into, so that one name is in memory for each level. */
    private void step(Place place, Deque<Place> open) throws IOException {
        ListRequest request = ListRequest.level(place.prefix).after(place.after);
        Set<String> parts = new HashSet<>();
        for (boolean last = false; !last; ) {
            ListPage page = pass.store.list(request);
            last = page.last();
            for (String name : page.names()) {
                request = request.after(name);
                String segment = name.substring(place.prefix.value().length());
                if (segment.startsWith("_")) {
                    parts.add(segment);
                } else if (segment.endsWith("/") && open.size() < DEEPEST) {
                    pass.next("look at repositories");
                    open.push(new Place(place.prefix, name));
                    open.push(new Place(KeyPrefix.of(name), ""));
                    about(place.prefix, parts);
                    return;
                }
            }
        }
        about(place.prefix, parts);
    }

    private void about(KeyPrefix prefix, Set<String> parts) throws IOException {
        if (parts.contains(Keys.UPLOADS_GROUP)) {
            pass.about(prefix, () -> uploads.run(prefix));
        }
        Optional<RepositoryName> repository = name(prefix);
        if (parts.contains("_layers/") && !parts.contains("_manifests/") && repository.isPresent() && !pass.plan) {
            pass.about(prefix, () -> pass.contents.addHolders(repository.get()));
        }
    }

    private static Optional<RepositoryName> name(KeyPrefix prefix) {
        String path = prefix.value().substring(Keys.REPOSITORIES.value().length());
        try {
            return Optional.of(RepositoryName.parse(path.substring(0, Math.max(0, path.length() - 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
