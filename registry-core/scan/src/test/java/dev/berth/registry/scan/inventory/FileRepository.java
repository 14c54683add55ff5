package dev.berth.registry.scan.inventory;

import dev.berth.registry.BlobContent;
import dev.berth.registry.Blobs;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;

/** A repository that consists of one blob. */
final class FileRepository {
    static final Digest DIGEST = Digest.sha256(new byte[0]);

    private FileRepository() {}

    /** Opens a blob. */
    interface Opener {
        InputStream open() throws Exception;
    }

    /** Returns a repository whose blob is a file. */
    static Repository of(Path file) throws IOException {
        return of(Files.size(file), () -> Files.newInputStream(file));
    }

    static Repository of(long size, Opener opener) {
        Descriptor blob = Descriptor.of(MediaTypes.OCTET_STREAM, DIGEST, size);
        Blobs blobs = proxy(
                Blobs.class, "open", () -> BlobContent.of(blob, ByteRange.all().slice(size), opener.open()));
        return proxy(Repository.class, "blobs", () -> blobs);
    }

    private interface Answer {
        Object get() throws Exception;
    }

    private static <T> T proxy(Class<T> type, String only, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                FileRepository.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (!method.getName().equals(only)) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return answer.get();
                }));
    }
}
