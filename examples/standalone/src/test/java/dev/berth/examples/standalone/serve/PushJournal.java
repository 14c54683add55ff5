package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.programs.RegistryHttp;
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
 * Records what a registry was asked to store and what it acknowledged with 201, and so must never lose. Thread-safe for
 * pushers; it is verified after they have ended.
 */
final class PushJournal {
    private static final String NOTHING = "nothing";

    private final Map<Item, Boolean> blobs = new ConcurrentHashMap<>();
    private final Map<Item, Boolean> manifests = new ConcurrentHashMap<>();
    private final Map<Tag, TagWrite> tags = new ConcurrentHashMap<>();
    private final Queue<UploadSession> uploads = new ConcurrentLinkedQueue<>();

    private record Item(String repository, String digest) {}

    private record Tag(String repository, String name) {}

    /** The digests of the last acknowledged and of the last requested manifest of a tag. */
    private record TagWrite(String known, String asked) {}

    void blobRequested(String repository, Content blob) {
        blobs.putIfAbsent(new Item(repository, blob.digest()), false);
    }

    void blobAcknowledged(String repository, Content blob) {
        blobs.put(new Item(repository, blob.digest()), true);
    }

    /** Records a request. Each tag has a single writer. */
    void manifestRequested(String repository, String tag, Content manifest) {
        manifests.putIfAbsent(new Item(repository, manifest.digest()), false);
        tags.compute(
                new Tag(repository, tag),
                (key, before) -> new TagWrite(before == null ? NOTHING : before.known(), manifest.digest()));
    }

    void manifestAcknowledged(String repository, String tag, Content manifest) {
        manifests.put(new Item(repository, manifest.digest()), true);
        tags.put(new Tag(repository, tag), new TagWrite(manifest.digest(), manifest.digest()));
    }

    void uploadStarted(UploadSession upload) {
        uploads.add(upload);
    }

    void uploadEnded(UploadSession upload) {
        uploads.remove(upload);
    }

    long manifestCount() {
        return manifests.values().stream().filter(acknowledged -> acknowledged).count();
    }

    /** Verifies that acknowledged content is present and that other content is complete or absent. */
    void verify(RegistryHttp registry) throws IOException, InterruptedException {
        for (Map.Entry<Item, Boolean> blob : blobs.entrySet()) {
            Item item = blob.getKey();
            expect(item, blob.getValue(), registry.getBlob(item.repository(), item.digest()));
        }
        for (Map.Entry<Item, Boolean> manifest : manifests.entrySet()) {
            Item item = manifest.getKey();
            expect(item, manifest.getValue(), registry.getManifest(item.repository(), item.digest()));
        }
        for (Map.Entry<Tag, TagWrite> tag : tags.entrySet()) {
            // Without further requests it must not change any more.
            tag.setValue(expect(tag.getKey(), tag.getValue(), registry));
        }
        expectListed(registry);
    }

    private static void expect(Item item, boolean acknowledged, HttpResponse<byte[]> response) {
        if (acknowledged || response.statusCode() != 404) {
            RegistryHttp.expect(200, response);
            assertThat(Content.digest("sha256", response.body())).as("%s", item).isEqualTo(item.digest());
        }
    }

    private static TagWrite expect(Tag tag, TagWrite write, RegistryHttp registry)
            throws IOException, InterruptedException {
        HttpResponse<byte[]> response = registry.getManifest(tag.repository(), tag.name());
        if (response.statusCode() != 404) {
            RegistryHttp.expect(200, response);
        }
        String found = response.statusCode() == 404 ? NOTHING : Content.digest("sha256", response.body());
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

    /** Resumes and completes every unfinished upload, or restarts it. */
    void resumeUploads(RegistryHttp registry) throws IOException, InterruptedException {
        for (UploadSession upload : new ArrayList<>(uploads)) {
            upload.resume(registry);
            uploads.remove(upload);
        }
    }
}
