package dev.berth.registry.image.files;

import dev.berth.registry.BlobSource;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.fixtures.SampleImages;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes tars that no builder would write. */
final class TestTar {
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    TestTar file(String name, String content) {
        return entry(name, '0', "", content.getBytes(StandardCharsets.UTF_8));
    }

    TestTar directory(String name) {
        return entry(name, '5', "", new byte[0]);
    }

    TestTar symlink(String name, String target) {
        return entry(name, '2', target, new byte[0]);
    }

    TestTar hardLink(String name, String target) {
        return entry(name, '1', target, new byte[0]);
    }

    TestTar entry(String name, char type, String link, byte[] content) {
        tar.writeBytes(SampleImages.header(name, content.length, type, link));
        tar.writeBytes(content);
        tar.writeBytes(new byte[(512 - content.length % 512) % 512]);
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(tar.toByteArray());
        whole.writeBytes(new byte[1024]);
        return whole.toByteArray();
    }

    Descriptor pushTo(Repository repository) {
        return push(repository, bytes());
    }

    static Descriptor push(Repository repository, byte[] layer) {
        Digest digest = Digest.sha256(layer);
        repository.blobs().push(digest, BlobSource.of(layer));
        return Descriptor.of(MediaTypes.OCI_LAYER_TAR, digest, layer.length);
    }
}
