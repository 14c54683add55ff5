package dev.berth.examples.standalone.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.Digest;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** All keys of a store, to tell what nobody needs. */
final class StoredKeys {
    private final ObjectStore store;

    StoredKeys(ObjectStore store) {
        this.store = store;
    }

    /** Fails if there is anything but these images and their index. */
    void expectOnly(List<ImageUser> users) throws IOException {
        Set<String> data = new TreeSet<>();
        Set<String> links = new TreeSet<>();
        Set<Digest> manifests = new HashSet<>();
        for (ImageUser user : users) {
            for (ImageUser.Image image : user.images()) {
                String repository = "docker/registry/v2/repositories/" + image.repository();
                manifests.add(image.manifest().digest());
                data.add(dataOf(image.manifest().digest()));
                links.add(repository + "/_manifests/revisions/sha256/"
                        + image.manifest().digest().hex() + "/link");
                image.tags().forEach(tag -> links.add(repository + "/_manifests/tags/" + tag + "/current/link"));
                for (Digest blob : image.blobs()) {
                    data.add(dataOf(blob));
                    links.add(repository + "/_layers/sha256/" + blob.hex() + "/link");
                }
            }
        }
        assertThat(below("docker/registry/v2/blobs/")).containsExactlyInAnyOrderElementsOf(data);
        assertThat(below("docker/registry/v2/repositories/")).containsExactlyInAnyOrderElementsOf(links);
        for (String nothing : List.of("collection/", "uploads/", "staging/", "trash/")) {
            assertThat(below("_berth/" + nothing)).isEmpty();
        }
        assertThat(below("_berth/index/references/"))
                .allMatch(key -> manifests.stream().anyMatch(digest -> key.endsWith(digest.hex())));
        assertThat(below("_berth/index/manifests/"))
                .allMatch(key -> manifests.stream().anyMatch(digest -> key.contains(digest.hex())));
        assertThat(below("_berth/index/holders/"))
                .allMatch(key -> data.stream().anyMatch(blob -> key.contains(hexOf(blob))));
    }

    private static String dataOf(Digest digest) {
        return "docker/registry/v2/blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data";
    }

    private static String hexOf(String data) {
        String[] segments = data.split("/", -1);
        return segments[segments.length - 2];
    }

    /** Returns the keys of objects that have any bytes, or are marks of the index. An empty one of another kind is none. */
    private List<String> below(String prefix) throws IOException {
        List<String> found = new ArrayList<>();
        ListRequest request = ListRequest.tree(KeyPrefix.of(prefix));
        while (true) {
            ListPage page = store.list(request);
            for (String key : page.names()) {
                boolean counts = prefix.startsWith("_berth/index/")
                        || store.stat(ObjectKey.of(key))
                                .filter(stat -> stat.size() > 0)
                                .isPresent();
                if (counts) {
                    found.add(key);
                }
            }
            if (page.last()) {
                return found;
            }
            request = request.after(page.names().get(page.names().size() - 1));
        }
    }
}
