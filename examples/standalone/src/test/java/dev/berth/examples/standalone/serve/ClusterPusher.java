package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Pushes random images, each request to a random one of several registries over one store. Failed pushes are retried from
 * their beginning, like clients do.
 */
final class ClusterPusher implements Callable<Void> {
    private static final int LARGEST_BLOB = 400_000;
    private static final String OCTETS = "application/octet-stream";

    private final List<RegistryHttp> registries;
    private final PushJournal journal;
    private final String repository;
    private final String name;
    private final Random random;
    private final Semaphore pushed;
    private final AtomicBoolean stopped;

    /**
     * Creates a pusher.
     *
     * @param name the unique prefix of its tags
     * @param pushed receives a permit for each image
     * @param stopped ends the pusher when it becomes true
     */
    ClusterPusher(
            List<RegistryHttp> registries,
            PushJournal journal,
            String repository,
            String name,
            Random random,
            Semaphore pushed,
            AtomicBoolean stopped) {
        this.registries = List.copyOf(registries);
        this.journal = journal;
        this.repository = repository;
        this.name = name;
        this.random = random;
        this.pushed = pushed;
        this.stopped = stopped;
    }

    @Override
    public Void call() throws InterruptedException {
        for (int n = 0; !stopped.get(); n++) {
            pushImage(n);
        }
        return null;
    }

    private void pushImage(int n) throws InterruptedException {
        Content layer = blob(1 + random.nextInt(LARGEST_BLOB));
        Content config = blob(200);
        TestImage image = TestImage.of(config, List.of(layer), "sha256");
        for (Content blob : image.blobs()) {
            journal.blobRequested(repository, blob);
            if (!retry(() -> push(blob))) {
                return;
            }
            journal.blobAcknowledged(repository, blob);
        }
        String tag = name + "-" + n;
        journal.manifestRequested(repository, tag, image.manifest());
        if (retry(() -> randomRegistry().putManifest(repository, tag, image.manifest()))) {
            journal.manifestAcknowledged(repository, tag, image.manifest());
            pushed.release();
        }
    }

    private Content blob(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return new Content("application/vnd.example.layer", bytes);
    }

    private RegistryHttp randomRegistry() {
        return registries.get(random.nextInt(registries.size()));
    }

    /** A request that is successful with status 201. */
    private interface Push {
        HttpResponse<byte[]> run() throws IOException, InterruptedException;
    }

    /** Retries until it succeeds; returns false if stopped before. */
    private boolean retry(Push push) throws InterruptedException {
        while (!stopped.get()) {
            try {
                HttpResponse<byte[]> response = push.run();
                if (response.statusCode() == 201) {
                    return true;
                }
                expectTransientFailure(response);
            } catch (IOException e) {
                // A registry is down; retried.
            }
        }
        return false;
    }

    /** Accepts client errors, which an earlier attempt may have caused, and 503; nothing else. */
    private static void expectTransientFailure(HttpResponse<byte[]> response) {
        if (response.statusCode() == 500 || response.statusCode() < 400) {
            RegistryHttp.expect(503, response);
        }
    }

    private HttpResponse<byte[]> push(Content blob) throws IOException, InterruptedException {
        HttpResponse<byte[]> response =
                randomRegistry().send("POST", "/v2/" + repository + "/blobs/uploads/", BodyPublishers.noBody());
        byte[] bytes = blob.bytes();
        int sent = 0;
        int chunks = random.nextInt(3);
        for (int i = 0; i < chunks && response.statusCode() == 202; i++) {
            int length = random.nextInt(bytes.length - sent + 1);
            response = send("PATCH", RegistryHttp.location(response), bytes, sent, length);
            sent += length;
        }
        if (response.statusCode() != 202) {
            return response;
        }
        String closing = RegistryHttp.closing(RegistryHttp.location(response), blob.digest());
        return send("PUT", closing, bytes, sent, bytes.length - sent);
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] bytes, int offset, int length)
            throws IOException, InterruptedException {
        return randomRegistry()
                .send(method, path, BodyPublishers.ofByteArray(bytes, offset, length), "Content-Type", OCTETS);
    }
}
