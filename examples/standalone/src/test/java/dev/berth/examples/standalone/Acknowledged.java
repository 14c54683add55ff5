package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * What a registry was asked to store, and which of it it has answered 201 to and so must never lose. Pushers write it down
 * from many threads; it is checked when they have ended.
 */
final class Acknowledged {
    private static final String NOTHING = "nothing";

    private final Map<Item, Boolean> blobs = new ConcurrentHashMap<>();
    private final Map<Item, Boolean> manifests = new ConcurrentHashMap<>();
    private final Map<Tag, TagWrite> tags = new ConcurrentHashMap<>();
    private final Queue<UploadUnderWay> uploads = new ConcurrentLinkedQueue<>();

    private record Item(String repository, String digest) {}

    private record Tag(String repository, String name) {}

    /** Digests: what the tag last is known to point at, and what it was last asked to point at. */
    private record TagWrite(String known, String asked) {}

    void askedForBlob(String repository, Content blob) {
        blobs.putIfAbsent(new Item(repository, blob.digest()), false);
    }

    void hasBlob(String repository, Content blob) {
        blobs.put(new Item(repository, blob.digest()), true);
    }

    /** Each tag has one writer. */
    void askedForManifest(String repository, String tag, Content manifest) {
        manifests.putIfAbsent(new Item(repository, manifest.digest()), false);
        tags.compute(
                new Tag(repository, tag),
                (key, before) -> new TagWrite(before == null ? NOTHING : before.known(), manifest.digest()));
    }

    void hasManifest(String repository, String tag, Content manifest) {
        manifests.put(new Item(repository, manifest.digest()), true);
        tags.put(new Tag(repository, tag), new TagWrite(manifest.digest(), manifest.digest()));
    }

    void started(UploadUnderWay upload) {
        uploads.add(upload);
    }

    void ended(UploadUnderWay upload) {
        uploads.remove(upload);
    }

    long manifestCount() {
        return manifests.values().stream().filter(acknowledged -> acknowledged).count();
    }

    /** Everything acknowledged is there; of the rest each is there as a whole or not at all. */
    void expectIn(RegistryHttp registry) throws IOException, InterruptedException {
        for (Map.Entry<Item, Boolean> blob : blobs.entrySet()) {
            Item item = blob.getKey();
            expect(item, blob.getValue(), registry.getBlob(item.repository(), item.digest()));
        }
        for (Map.Entry<Item, Boolean> manifest : manifests.entrySet()) {
            Item item = manifest.getKey();
            expect(item, manifest.getValue(), registry.getManifest(item.repository(), item.digest()));
        }
        for (Map.Entry<Tag, TagWrite> tag : tags.entrySet()) {
            // From now on it has to stay as it is.
            tag.setValue(expect(tag.getKey(), tag.getValue(), registry));
        }
        expectListed(registry);
    }

    private static void expect(Item item, boolean acknowledged, HttpResponse<byte[]> answer) {
        if (acknowledged || answer.statusCode() != 404) {
            RegistryHttp.expect(200, answer);
            assertThat(Content.digest("sha256", answer.body())).as("%s", item).isEqualTo(item.digest());
        }
    }

    private static TagWrite expect(Tag tag, TagWrite write, RegistryHttp registry)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = registry.getManifest(tag.repository(), tag.name());
        if (answer.statusCode() != 404) {
            RegistryHttp.expect(200, answer);
        }
        String found = answer.statusCode() == 404 ? NOTHING : Content.digest("sha256", answer.body());
        assertThat(found).as("%s", tag).isIn(write.known(), write.asked());
        return new TagWrite(found, found);
    }

    private void expectListed(RegistryHttp registry) throws IOException, InterruptedException {
        Set<String> repositories = new TreeSet<>();
        tags.forEach((tag, write) -> {
            if (!write.known().equals(NOTHING)) {
                repositories.add(tag.repository());
            }
        });
        assertThat(registry.catalog()).containsAll(repositories);
        for (String repository : repositories) {
            assertThat(registry.tags(repository)).doesNotHaveDuplicates().containsAll(tagsOf(repository));
        }
    }

    private List<String> tagsOf(String repository) {
        return tags.entrySet().stream()
                .filter(tag -> tag.getKey().repository().equals(repository))
                .filter(tag -> !tag.getValue().known().equals(NOTHING))
                .map(tag -> tag.getKey().name())
                .collect(Collectors.toList());
    }

    /** Every upload that was cut off goes on, or starts anew, and ends well. */
    void resumeUploads(RegistryHttp registry) throws IOException, InterruptedException {
        for (UploadUnderWay upload : new ArrayList<>(uploads)) {
            upload.resume(registry);
            uploads.remove(upload);
        }
    }
}
