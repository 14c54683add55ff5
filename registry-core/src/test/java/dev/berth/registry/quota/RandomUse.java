package dev.berth.registry.quota;

import dev.berth.registry.BlobSource;
import dev.berth.registry.BlobUpload;
import dev.berth.registry.Blobs;
import dev.berth.registry.DeleteCondition;
import dev.berth.registry.Digest;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.MountSource;
import dev.berth.registry.Registry;
import dev.berth.registry.RegistryException;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.UploadId;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Random changes of a few repositories, in every way in which a client can make them. */
final class RandomUse {
    static final List<String> REPOSITORIES = List.of("team/a", "team/b", "team/c", "other/d");
    private static final Set<ErrorCode> EXPECTED = Set.of(
            ErrorCode.DENIED,
            ErrorCode.UNAVAILABLE,
            ErrorCode.BLOB_UPLOAD_UNKNOWN,
            ErrorCode.RANGE_INVALID,
            ErrorCode.DIGEST_INVALID);

    private final Random random;
    private final Queue<Started> uploads;

    RandomUse(long seed, Queue<Started> uploads) {
        this.random = new Random(seed);
        this.uploads = uploads;
    }

    /** An upload that anybody may continue. */
    record Started(String repository, UploadId id, int blob) {}

    static Queue<Started> noUploads() {
        return new ConcurrentLinkedQueue<>();
    }

    private static byte[] blob(int number) {
        byte[] bytes = new byte[100 + 150 * number];
        bytes[0] = (byte) number;
        return bytes;
    }

    static Digest digest(int number) {
        return Digest.sha256(blob(number));
    }

    private static Manifest manifest(int number) {
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_INDEX
                + "\",\"manifests\":[],\"annotations\":{\"number\":\"" + number + "\"}}";
        return Manifest.of(MediaTypes.OCI_INDEX, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Makes one change; a failure that a client must expect is one. */
    void step(Registry registry) {
        try {
            change(registry, REPOSITORIES.get(random.nextInt(REPOSITORIES.size())));
        } catch (RegistryException e) {
            if (!EXPECTED.contains(e.code())) {
                throw e;
            }
        }
    }

    private void change(Registry registry, String name) {
        Repository repository = registry.repository(name);
        Blobs blobs = repository.blobs();
        int number = random.nextInt(10);
        byte[] content = blob(number);
        Digest digest = Digest.sha256(content);
        switch (random.nextInt(10)) {
            case 0 -> blobs.push(digest, BlobSource.of(content));
            case 1 -> blobs.push(digest, BlobSource.once(new ByteArrayInputStream(content)));
            case 2 -> blobs.push(Digest.sha256(new byte[] {99}), BlobSource.of(content));
            case 3 -> {
                BlobUpload upload = blobs.startUpload();
                upload.append(0, BlobSource.once(new ByteArrayInputStream(content, 0, 50)));
                uploads.add(new Started(name, upload.id(), number));
            }
            case 4 -> finish(registry);
            case 5 ->
                blobs.mount(
                        digest,
                        MountSource.from(RepositoryName.parse(REPOSITORIES.get(random.nextInt(REPOSITORIES.size())))));
            case 6 -> repository.manifests().put(manifest(number));
            case 7 -> repository.manifests().delete(manifest(number).digest());
            case 8 -> repository.manifests().delete(manifest(number).digest(), DeleteCondition.UNNEEDED);
            default -> blobs.delete(digest);
        }
    }

    private void finish(Registry registry) {
        Started started = uploads.poll();
        if (started == null) {
            return;
        }
        BlobUpload upload = registry.repository(started.repository()).blobs().resumeUpload(started.id());
        byte[] content = blob(started.blob());
        if (random.nextInt(4) == 0) {
            upload.cancel();
            return;
        }
        ByteArrayInputStream rest = new ByteArrayInputStream(content, 50, content.length - 50);
        BlobSource last = random.nextBoolean() ? BlobSource.once(rest) : BlobSource.once(rest, content.length - 50);
        upload.commit(OptionalLong.of(50), last, Digest.sha256(content));
    }
}
