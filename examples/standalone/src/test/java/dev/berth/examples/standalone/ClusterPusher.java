package dev.berth.examples.standalone;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Pushes one random image after the other, each request to another one of several registries over one store. Whatever
 * fails is done again from its beginning, as clients do.
 */
final class ClusterPusher implements Callable<Void> {
    private static final int LARGEST_BLOB = 400_000;
    private static final String OCTETS = "application/octet-stream";

    private final List<RegistryHttp> registries;
    private final Acknowledged acknowledged;
    private final String repository;
    private final String name;
    private final Random random;
    private final Semaphore pushed;
    private final AtomicBoolean enough;

    /**
     * Makes one.
     *
     * @param name begins the names of its tags, which are its own
     * @param pushed gets a permit for each image
     * @param enough ends it
     */
    ClusterPusher(
            List<RegistryHttp> registries,
            Acknowledged acknowledged,
            String repository,
            String name,
            Random random,
            Semaphore pushed,
            AtomicBoolean enough) {
        this.registries = List.copyOf(registries);
        this.acknowledged = acknowledged;
        this.repository = repository;
        this.name = name;
        this.random = random;
        this.pushed = pushed;
        this.enough = enough;
    }

    @Override
    public Void call() throws InterruptedException {
        for (int n = 0; !enough.get(); n++) {
            pushImage(n);
        }
        return null;
    }

    private void pushImage(int n) throws InterruptedException {
        Content layer = blob(1 + random.nextInt(LARGEST_BLOB));
        Content config = blob(200);
        TestImage image = TestImage.of(config, List.of(layer), "sha256");
        for (Content blob : image.blobs()) {
            acknowledged.askedForBlob(repository, blob);
            if (!untilItWorks(() -> push(blob))) {
                return;
            }
            acknowledged.hasBlob(repository, blob);
        }
        String tag = name + "-" + n;
        acknowledged.askedForManifest(repository, tag, image.manifest());
        if (untilItWorks(() -> anyone().putManifest(repository, tag, image.manifest()))) {
            acknowledged.hasManifest(repository, tag, image.manifest());
            pushed.release();
        }
    }

    private Content blob(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return new Content("application/vnd.example.layer", bytes);
    }

    private RegistryHttp anyone() {
        return registries.get(random.nextInt(registries.size()));
    }

    /** Something that a registry answers 201 when it is done. */
    private interface Push {
        HttpResponse<byte[]> run() throws IOException, InterruptedException;
    }

    /** Returns whether it has worked in the end, or else it is enough. */
    private boolean untilItWorks(Push push) throws InterruptedException {
        while (!enough.get()) {
            try {
                HttpResponse<byte[]> answer = push.run();
                if (answer.statusCode() == 201) {
                    return true;
                }
                expectTrouble(answer);
            } catch (IOException e) {
                // One of the registries is gone for now.
            }
        }
        return false;
    }

    /** A registry may be unable to do its work at present, or have been so in the middle of the last attempt. */
    private static void expectTrouble(HttpResponse<byte[]> answer) {
        if (answer.statusCode() == 500 || answer.statusCode() < 400) {
            RegistryHttp.expect(503, answer);
        }
    }

    private HttpResponse<byte[]> push(Content blob) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer =
                anyone().send("POST", "/v2/" + repository + "/blobs/uploads/", BodyPublishers.noBody());
        byte[] bytes = blob.bytes();
        int sent = 0;
        int chunks = random.nextInt(3);
        for (int i = 0; i < chunks && answer.statusCode() == 202; i++) {
            int length = random.nextInt(bytes.length - sent + 1);
            answer = send("PATCH", RegistryHttp.location(answer), bytes, sent, length);
            sent += length;
        }
        if (answer.statusCode() != 202) {
            return answer;
        }
        String closing = RegistryHttp.closing(RegistryHttp.location(answer), blob.digest());
        return send("PUT", closing, bytes, sent, bytes.length - sent);
    }

    private HttpResponse<byte[]> send(String method, String path, byte[] bytes, int offset, int length)
            throws IOException, InterruptedException {
        return anyone().send(method, path, BodyPublishers.ofByteArray(bytes, offset, length), "Content-Type", OCTETS);
    }
}
