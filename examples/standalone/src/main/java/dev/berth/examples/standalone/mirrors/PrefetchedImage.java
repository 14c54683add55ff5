package dev.berth.examples.standalone.mirrors;

import dev.berth.examples.standalone.accounts.LoginFlags;
import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.images.ByteCount;
import dev.berth.examples.standalone.images.Progress;
import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.ImageLocation;
import dev.berth.registry.Manifest;
import dev.berth.registry.Platform;
import dev.berth.registry.Repository;
import dev.berth.registry.client.RemoteRegistry;
import dev.berth.registry.copy.CopyOutcome;
import dev.berth.registry.copy.CopyProgress;
import dev.berth.registry.manifest.ImageIndex;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.manifest.ManifestReference;
import dev.berth.registry.manifest.PlatformImages;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * An image that is brought into a mirror: its manifests are pulled, and of each blob the last byte, which a mirror gives away when
 * it has the whole blob and has verified it.
 *
 * @param name as the user has written it
 */
record PrefetchedImage(String name) {
    /** As many blobs as clients pull at the same time. */
    private static final int THREADS = 4;

    /** A blob of any size may be on its way for long, with nothing to send meanwhile. */
    private static final Duration LONGEST = Duration.ofHours(24);

    /** Checks a name. */
    static PrefetchedImage parse(String registry, String name) {
        String image = name.startsWith(registry + "/") ? name.substring(registry.length() + 1) : name;
        return new PrefetchedImage(image);
    }

    /** Returns a client that waits for what arrives. */
    static RemoteRegistry client(String registry, LoginFlags login) throws IOException {
        return RemoteRegistry.at(
                registry,
                login.client(registry)
                        .firstByteTimeout(LONGEST)
                        .stallTimeout(LONGEST)
                        .build());
    }

    /** Brings the image, and returns a sentence for the user. */
    String bring(RemoteRegistry registry, List<Platform> platforms, Progress progress) throws IOException {
        progress.begin(name);
        ImageLocation location = location(registry);
        Manifest root = location.get();
        Deque<Manifest> manifests = new ArrayDeque<>(List.of(root));
        if (!platforms.isEmpty() && ManifestDocument.parse(root) instanceof ImageIndex) {
            manifests.clear();
            PlatformImages images = PlatformImages.of(location, root);
            platforms.forEach(platform -> manifests.add(
                    location.repository().manifests().get(images.get(platform).digest())));
        }
        Map<Digest, Descriptor> blobs = blobsOf(location.repository(), manifests, progress);
        long bytes = bringAll(location.repository(), blobs, progress);
        return name + " is complete: " + root.digest() + ", " + blobs.size()
                + (blobs.size() == 1 ? " blob, " : " blobs, ") + ByteCount.format(bytes);
    }

    private ImageLocation location(RemoteRegistry registry) {
        try {
            return ImageLocation.of(registry, name);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static Map<Digest, Descriptor> blobsOf(
            Repository repository, Deque<Manifest> manifests, Progress progress) {
        Map<Digest, Descriptor> blobs = new LinkedHashMap<>();
        Map<Digest, Descriptor> seen = new LinkedHashMap<>();
        while (!manifests.isEmpty()) {
            Manifest manifest = manifests.remove();
            if (seen.put(manifest.digest(), manifest.descriptor()) != null) {
                continue;
            }
            for (ManifestReference reference : ManifestDocument.parse(manifest).references()) {
                if (reference.role() == ManifestReference.Role.MANIFEST) {
                    manifests.add(repository.manifests().get(reference.digest()));
                } else if (reference.isContent() && reference.required()) {
                    blobs.put(reference.digest(), reference.descriptor());
                }
            }
            progress.manifest(manifest.descriptor(), CopyOutcome.COPIED);
        }
        return blobs;
    }

    private long bringAll(Repository repository, Map<Digest, Descriptor> blobs, Progress progress) throws IOException {
        long total = blobs.values().stream().mapToLong(Descriptor::size).sum();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CompletionService<Descriptor> arriving = new ExecutorCompletionService<>(threads);
            blobs.values().forEach(blob -> arriving.submit(() -> bring(repository, blob)));
            long done = 0;
            progress.progress(new CopyProgress(0, total, 0, blobs.size(), 0, 0));
            for (int count = 1; count <= blobs.size(); count++) {
                Descriptor blob = arriving.take().get();
                done += blob.size();
                progress.blob(blob, CopyOutcome.COPIED);
                progress.progress(new CopyProgress(done, total, count, blobs.size(), 0, 0));
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(
                    "Bringing " + name + " was interrupted; what is on its way arrives all the same.");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IOException("A blob of " + name + " could not be brought: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static Descriptor bring(Repository repository, Descriptor blob) throws IOException {
        ByteRange last = blob.size() == 0 ? ByteRange.all() : ByteRange.between(blob.size() - 1, blob.size() - 1);
        try (BlobContent content = repository.blobs().open(blob.digest(), last)) {
            content.stream().readAllBytes();
        }
        return blob;
    }
}
