package dev.berth.registry.server;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.DigestAlgorithm;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Content to push. */
public final class Samples {
    private Samples() {}

    /** Returns bytes that look random and are the same for the same seed. */
    public static byte[] bytes(int length, long seed) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    public static Digest sha256(byte[] bytes) {
        return Digest.sha256(bytes);
    }

    public static Digest sha512(byte[] bytes) {
        return Digest.compute(DigestAlgorithm.SHA512, bytes);
    }

    public static Digest pushBlob(Repository repository, byte[] bytes) {
        Digest digest = Digest.sha256(bytes);
        repository.blobs().push(digest, BlobSource.of(bytes));
        return digest;
    }

    /** Returns a manifest of an image whose blobs are in the repository, another one for each name. */
    public static Manifest image(Repository repository, String name) {
        return Manifest.of(MediaTypes.OCI_MANIFEST, imageBytes(repository, name, ""));
    }

    /** Returns a manifest that refers to a subject. */
    public static Manifest referrer(Repository repository, String name, String artifactType, Descriptor subject) {
        String fields = ",\"artifactType\":\"" + artifactType + "\",\"annotations\":{\"name\":\"" + name
                + "\"},\"subject\":" + descriptor(subject.mediaType(), subject.digest(), subject.size());
        return Manifest.of(MediaTypes.OCI_MANIFEST, imageBytes(repository, name, fields));
    }

    public static byte[] imageBytes(Repository repository, String name, String moreFields) {
        byte[] config = ("{\"name\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
        byte[] layer = name.getBytes(StandardCharsets.UTF_8);
        String json = "{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST + "\",\"config\":"
                + descriptor(MediaTypes.OCI_CONFIG, pushBlob(repository, config), config.length)
                + ",\"layers\":["
                + descriptor(MediaTypes.OCI_LAYER_TAR, pushBlob(repository, layer), layer.length)
                + "]" + moreFields + "}";
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String descriptor(String mediaType, Digest digest, long size) {
        return "{\"mediaType\":\"" + mediaType + "\",\"digest\":\"" + digest + "\",\"size\":" + size + "}";
    }
}
