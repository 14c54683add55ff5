package dev.berth.registry.engine;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes into a store what registry:2 writes, key by key and without the engine. */
final class DockerLayout {
    private final ObjectStore store;

    DockerLayout(ObjectStore store) {
        this.store = store;
    }

    /** The data of a blob or manifest. */
    static String data(Digest digest) {
        return "docker/registry/v2/blobs/" + digest.algorithm() + "/"
                + digest.hex().substring(0, 2) + "/" + digest.hex() + "/data";
    }

    static String layer(RepositoryName repository, Digest digest) {
        return directory(repository) + "_layers/" + digest.algorithm() + "/" + digest.hex() + "/link";
    }

    static String revision(RepositoryName repository, Digest digest) {
        return directory(repository) + "_manifests/revisions/" + digest.algorithm() + "/" + digest.hex() + "/link";
    }

    static String tag(RepositoryName repository, Tag tag) {
        return directory(repository) + "_manifests/tags/" + tag + "/current/link";
    }

    static String tagHistory(RepositoryName repository, Tag tag, Digest digest) {
        return directory(repository) + "_manifests/tags/" + tag + "/index/" + digest.algorithm() + "/" + digest.hex()
                + "/link";
    }

    static String directory(RepositoryName repository) {
        return "docker/registry/v2/repositories/" + repository + "/";
    }

    void write(String key, byte[] content) throws IOException {
        store.put(ObjectKey.of(key), content, PutCondition.always());
    }

    void write(String key, String content) throws IOException {
        write(key, content.getBytes(StandardCharsets.UTF_8));
    }

    /** A blob that was pushed, with a sha256. */
    Digest blob(RepositoryName repository, byte[] content) throws IOException {
        Digest digest = Digest.sha256(content);
        write(data(digest), content);
        write(layer(repository, digest), digest.toString());
        return digest;
    }

    /** A blob or manifest that was pushed with a sha512: its data is under its sha256, to which both links point. */
    void alias(String link, Digest canonical) throws IOException {
        write(link, canonical.toString());
    }

    /** A manifest that was pushed. */
    void manifest(RepositoryName repository, Manifest manifest, Tag... tags) throws IOException {
        write(data(manifest.digest()), manifest.bytes());
        write(revision(repository, manifest.digest()), manifest.digest().toString());
        for (Tag tag : tags) {
            write(tag(repository, tag), manifest.digest().toString());
            write(
                    tagHistory(repository, tag, manifest.digest()),
                    manifest.digest().toString());
        }
    }

    /** Everything of a world's first repository: three blobs, two images, each with a tag, and a signature. */
    void world(World world) throws IOException {
        blob(world.app, world.config);
        blob(world.app, world.layer);
        blob(world.app, world.layer2);
        manifest(world.app, world.first, world.latest);
        manifest(world.app, world.second, world.stable);
        manifest(world.app, world.signature);
        // What an upload that was given up leaves behind.
        String upload = directory(world.app) + "_uploads/9ec5fb5c-8a7a-4b7a-b0e5-3c1a4dd3ba7b/";
        write(upload + "data", "some bytes");
        write(upload + "startedat", "2026-01-01T00:00:00Z");
    }
}
