package dev.berth.examples.standalone.serve;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;

/** Pushes random images, each blob by a random method, until the server is killed. */
final class Pusher implements Callable<Void> {
    private static final int LARGEST_BLOB = 600_000;
    private static final int LARGEST_CHUNK = 150_000;

    private final RegistryHttp registry;
    private final KillSwitch killer;
    private final PushJournal journal;
    private final String repository;
    private final String name;
    private final Random random;
    private Optional<Content> pushedBefore = Optional.empty();

    /**
     * Creates a pusher.
     *
     * @param repository a repository that other pushers may use too
     * @param name the unique prefix of its tags
     */
    Pusher(
            RegistryHttp registry,
            KillSwitch killer,
            PushJournal journal,
            String repository,
            String name,
            Random random) {
        this.registry = registry;
        this.killer = killer;
        this.journal = journal;
        this.repository = repository;
        this.name = name;
        this.random = random;
    }

    @Override
    public Void call() throws IOException, InterruptedException {
        try {
            for (int n = 0; ; n++) {
                pushImage(n);
            }
        } catch (IOException e) {
            if (!killer.hasKilled()) {
                throw e;
            }
            return null;
        }
    }

    private void pushImage(int n) throws IOException, InterruptedException {
        List<Content> layers = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            layers.add(blob(random.nextInt(LARGEST_BLOB)));
        }
        Content config = blob(200);
        for (Content layer : layers) {
            push(layer);
        }
        push(config);
        if (pushedBefore.isPresent()) {
            mount(pushedBefore.get());
        }
        pushedBefore = Optional.of(layers.get(0));
        TestImage image = TestImage.of(config, layers, "sha256");
        tag(name + "-" + n, image.manifest());
        tag(name + "-latest", image.manifest());
    }

    private Content blob(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return new Content("application/vnd.example.layer", bytes);
    }

    private void push(Content blob) throws IOException, InterruptedException {
        journal.blobRequested(repository, blob);
        killer.step();
        if (random.nextInt(4) == 0) {
            pushAtOnce(blob);
        } else {
            upload(blob);
        }
        journal.blobAcknowledged(repository, blob);
        killer.step();
    }

    private void pushAtOnce(Content blob) throws IOException, InterruptedException {
        String address = "/v2/" + repository + "/blobs/uploads/?digest=" + blob.digest();
        RegistryHttp.expect(
                201,
                registry.send(
                        "POST",
                        address,
                        killer.body(blob.bytes(), 0, blob.size()),
                        "Content-Type",
                        "application/octet-stream"));
    }

    private void upload(Content blob) throws IOException, InterruptedException {
        UploadSession upload = UploadSession.start(registry, repository, blob);
        journal.uploadStarted(upload);
        killer.step();
        switch (random.nextInt(3)) {
            case 0 -> upload.stream(registry, killer);
            case 1 -> {
                while (!upload.isComplete()) {
                    upload.chunk(registry, killer, Math.min(upload.left(), 1 + random.nextInt(LARGEST_CHUNK)));
                    killer.step();
                }
            }
            default -> {
                // The closing request carries the whole content.
            }
        }
        upload.close(registry, killer);
        journal.uploadEnded(upload);
    }

    private void mount(Content blob) throws IOException, InterruptedException {
        String target = "mounted/" + name;
        journal.blobRequested(target, blob);
        HttpResponse<byte[]> response = registry.send(
                "POST",
                "/v2/" + target + "/blobs/uploads/?mount=" + blob.digest() + "&from=" + repository,
                BodyPublishers.noBody());
        RegistryHttp.expect(201, response);
        journal.blobAcknowledged(target, blob);
        killer.step();
    }

    private void tag(String tag, Content manifest) throws IOException, InterruptedException {
        journal.manifestRequested(repository, tag, manifest);
        killer.step();
        registry.pushManifest(repository, tag, manifest);
        journal.manifestAcknowledged(repository, tag, manifest);
        killer.step();
    }
}
