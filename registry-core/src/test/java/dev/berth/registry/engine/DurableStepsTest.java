package dev.berth.registry.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ForwardingObjectUpload;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * How often a push waits until something is durable: once for each blob, and three times for a manifest with a tag,
 * however the client sends it. A store that syncs does so at each of these steps, for all that is in it.
 */
class DurableStepsTest {
    private static final RepositoryName APP = RepositoryName.parse("team/app");
    private static final Tag LATEST = Tag.parse("latest");

    private final DurableSteps store = new DurableSteps(MemoryObjectStore.create());
    private final List<byte[]> blobs = blobs();
    private final Manifest manifest = manifest();

    /** Notes each call that must make something durable. */
    private static final class DurableSteps extends ForwardingObjectStore {
        private final List<String> steps = new CopyOnWriteArrayList<>();
        private final ThreadLocal<Boolean> inBatch = ThreadLocal.withInitial(() -> false);

        DurableSteps(ObjectStore store) {
            super(store);
        }

        @Override
        public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
            steps.add("put " + key);
            return super.put(key, content, condition);
        }

        @Override
        public void apply(ObjectBatch batch) throws IOException {
            steps.add("apply " + batch.changes().size());
            inBatch.set(true);
            try {
                super.apply(batch);
            } finally {
                inBatch.set(false);
            }
        }

        @Override
        public void mark(Collection<ObjectKey> keys) throws IOException {
            steps.add("mark " + keys);
            super.mark(keys);
        }

        @Override
        public Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
                throws IOException {
            steps.add("put " + key);
            return super.putForDeletion(key, content, condition);
        }

        @Override
        public void delete(ObjectKey key) throws IOException {
            steps.add("delete " + key);
            super.delete(key);
        }

        @Override
        public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
            steps.add("delete " + key);
            return super.deleteIfUnchanged(key, version);
        }

        @Override
        public void deleteTree(KeyPrefix prefix) throws IOException {
            steps.add("delete " + prefix);
            super.deleteTree(prefix);
        }

        @Override
        public ObjectUpload startUpload(ObjectKey staging) throws IOException {
            return counting(super.startUpload(staging));
        }

        @Override
        public Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
            return super.resumeUpload(staging).map(this::counting);
        }

        private ObjectUpload counting(ObjectUpload upload) {
            return new ForwardingObjectUpload(upload) {
                @Override
                public void commit(ObjectKey key, long expectedSize) throws IOException {
                    if (!inBatch.get()) {
                        steps.add("commit " + key);
                    }
                    super.commit(key, expectedSize);
                }
            };
        }
    }

    private static List<byte[]> blobs() {
        List<byte[]> blobs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            byte[] blob = new byte[i == 5 ? 100_000 : 20_000];
            new Random(i).nextBytes(blob);
            blobs.add(blob);
        }
        return blobs;
    }

    private Manifest manifest() {
        List<String> descriptors = blobs.stream()
                .map(blob -> "{\"mediaType\":\"" + MediaTypes.OCI_LAYER_TAR + "\",\"digest\":\"" + Digest.sha256(blob)
                        + "\",\"size\":" + blob.length + "}")
                .toList();
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + descriptors.get(0) + ",\"layers\":[" + String.join(",", descriptors.subList(1, 6)) + "]}";
        return Manifest.of(MediaTypes.OCI_MANIFEST, json.getBytes(StandardCharsets.UTF_8));
    }

    /** A way to push a blob. */
    private interface Push {
        void blob(Blobs blobs, byte[] bytes);
    }

    private void requireFewSteps(Push push) {
        Repository app = started().repository(APP);
        store.steps.clear();
        blobs.forEach(blob -> push.blob(app.blobs(), blob));
        app.manifests().put(manifest, LATEST);
        requireFewSteps();
    }

    private StorageRegistry started() {
        StorageRegistry registry = StorageRegistry.over(store);
        registry.repositories().limit(1).toList();
        return registry;
    }

    private void requireFewSteps() {
        assertThat(store.steps).hasSize(blobs.size() + 3);
    }

    @Test
    void anImageThatIsPushedInCallsOfTheRegistry() {
        requireFewSteps((to, bytes) -> to.push(Digest.sha256(bytes), BlobSource.of(bytes)));
    }

    @Test
    void anImageThatIsPushedThroughUploads() {
        requireFewSteps((to, bytes) -> {
            BlobUpload upload = to.startUpload();
            upload.append(0, BlobSource.of(bytes));
            upload.commit(Digest.sha256(bytes));
        });
    }

    @Test
    void anImageThatIsPushedThroughUploadsAtOnce() {
        requireFewSteps((to, bytes) ->
                to.startUpload().commit(OptionalLong.empty(), BlobSource.of(bytes), Digest.sha256(bytes)));
    }

    /** A way to push a blob over HTTP. */
    private interface HttpPush {
        void blob(byte[] bytes) throws Exception;
    }

    private void requireFewStepsOverHttp(Http http) throws Exception {
        try (StorageRegistry registry = started();
                RegistryServer server = RegistryServer.builder(registry)
                        .listen("127.0.0.1", 0)
                        .build()
                        .start()) {
            URI address = server.uri();
            store.steps.clear();
            HttpPush push = http.to(address);
            for (byte[] blob : blobs) {
                push.blob(blob);
            }
            HttpRequest put = HttpRequest.newBuilder(address.resolve("/v2/team/app/manifests/latest"))
                    .header("Content-Type", manifest.mediaType())
                    .PUT(BodyPublishers.ofByteArray(manifest.bytes()))
                    .build();
            assertThat(send(put).statusCode()).isEqualTo(201);
        }
        requireFewSteps();
    }

    /** Makes a way to push to a server. */
    private interface Http {
        HttpPush to(URI address);
    }

    private static HttpResponse<Void> send(HttpRequest request) throws Exception {
        return HttpClient.newHttpClient().send(request, BodyHandlers.discarding());
    }

    private static URI start(URI address) throws Exception {
        HttpRequest post = HttpRequest.newBuilder(address.resolve("/v2/team/app/blobs/uploads/"))
                .POST(BodyPublishers.noBody())
                .build();
        return address.resolve(send(post).headers().firstValue("Location").orElseThrow());
    }

    private static void finish(URI upload, byte[] bytes, byte[] body) throws Exception {
        URI closing = URI.create(upload + (upload.getQuery() == null ? "?" : "&") + "digest=" + Digest.sha256(bytes));
        HttpRequest put = HttpRequest.newBuilder(closing)
                .PUT(BodyPublishers.ofByteArray(body))
                .build();
        assertThat(send(put).statusCode()).isEqualTo(201);
    }

    @Test
    void anImageThatIsPushedWithOneRequestForEachBlob() throws Exception {
        requireFewStepsOverHttp(address -> bytes -> {
            URI push = address.resolve("/v2/team/app/blobs/uploads/?digest=" + Digest.sha256(bytes));
            HttpRequest post = HttpRequest.newBuilder(push)
                    .POST(BodyPublishers.ofByteArray(bytes))
                    .build();
            assertThat(send(post).statusCode()).isEqualTo(201);
        });
    }

    @Test
    void anImageThatIsPushedWithTwoRequestsForEachBlob() throws Exception {
        requireFewStepsOverHttp(address -> bytes -> finish(start(address), bytes, bytes));
    }

    @Test
    void anImageThatIsPushedWithThreeRequestsForEachBlob() throws Exception {
        requireFewStepsOverHttp(address -> bytes -> {
            HttpRequest patch = HttpRequest.newBuilder(start(address))
                    .method("PATCH", BodyPublishers.ofByteArray(bytes))
                    .build();
            HttpResponse<Void> patched = send(patch);
            finish(address.resolve(patched.headers().firstValue("Location").orElseThrow()), bytes, new byte[0]);
        });
    }
}
