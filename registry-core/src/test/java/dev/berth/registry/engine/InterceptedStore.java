package dev.berth.registry.engine;

import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectUpload;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * A store that hands each call for another one to a single method, where a test counts it, or lets it fail. A mark of
 * several objects comes as so many calls, since most stores make them one by one.
 */
abstract class InterceptedStore implements ObjectStore {
    private final ObjectStore store;

    InterceptedStore(ObjectStore store) {
        this.store = store;
    }

    /** A call of the store behind. */
    interface Call<T> {
        T run() throws IOException;
    }

    /**
     * Makes the call, or does not.
     *
     * @param operation the name of the method; of methods of uploads with {@code upload} before it
     * @param name the key or prefix
     */
    abstract <T> T intercept(String operation, String name, Call<T> call) throws IOException;

    /** May replace the stream of something that is read. */
    InputStream reading(String name, InputStream stream) {
        return stream;
    }

    @Override
    public final Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        return intercept("stat", key.value(), () -> store.stat(key));
    }

    @Override
    public final Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        return intercept(
                "open",
                key.value(),
                () -> store.open(key, offset, length).map(content -> new InterceptedContent(key, content)));
    }

    @Override
    public final Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        return intercept("put", key.value(), () -> store.put(key, content, condition));
    }

    @Override
    public final void mark(Collection<ObjectKey> keys) throws IOException {
        ObjectStore.super.mark(keys);
    }

    @Override
    public final void delete(ObjectKey key) throws IOException {
        run("delete", key.value(), () -> store.delete(key));
    }

    @Override
    public final boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        return intercept("deleteIfUnchanged", key.value(), () -> store.deleteIfUnchanged(key, version));
    }

    @Override
    public final void deleteTree(KeyPrefix prefix) throws IOException {
        run("deleteTree", prefix.value(), () -> store.deleteTree(prefix));
    }

    @Override
    public final ListPage list(ListRequest request) throws IOException {
        return intercept("list", request.prefix().value(), () -> store.list(request));
    }

    @Override
    public final ObjectUpload startUpload(ObjectKey staging) throws IOException {
        return intercept(
                "startUpload", staging.value(), () -> new InterceptedUpload(staging, store.startUpload(staging)));
    }

    @Override
    public final Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
        return intercept(
                "resumeUpload",
                staging.value(),
                () -> store.resumeUpload(staging).map(upload -> new InterceptedUpload(staging, upload)));
    }

    @Override
    public final Optional<URI> directUrl(ObjectKey key, Duration validity) throws IOException {
        return intercept("directUrl", key.value(), () -> store.directUrl(key, validity));
    }

    @Override
    public final String identity() {
        return store.identity();
    }

    /** Leaves the store open, which is the test's. */
    @Override
    public final void close() {}

    private interface Action {
        void run() throws IOException;
    }

    private void run(String operation, String name, Action action) throws IOException {
        intercept(operation, name, () -> {
            action.run();
            return true;
        });
    }

    private final class InterceptedContent implements ObjectContent {
        private final ObjectContent content;
        private final InputStream stream;

        InterceptedContent(ObjectKey key, ObjectContent content) {
            this.content = content;
            try {
                this.stream = reading(key.value(), content.stream());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public ObjectStat stat() {
            return content.stat();
        }

        @Override
        public InputStream stream() {
            return stream;
        }

        @Override
        public void close() {
            content.close();
        }
    }

    private final class InterceptedUpload implements ObjectUpload {
        private final String name;
        private final ObjectUpload upload;

        InterceptedUpload(ObjectKey staging, ObjectUpload upload) {
            this.name = staging.value();
            this.upload = upload;
        }

        @Override
        public long size() throws IOException {
            return intercept("upload.size", name, upload::size);
        }

        @Override
        public long append(long offset, InputStream content) throws IOException {
            return intercept("upload.append", name, () -> upload.append(offset, content));
        }

        @Override
        public InputStream open() throws IOException {
            return intercept("upload.open", name, () -> reading(name, upload.open()));
        }

        @Override
        public void commit(ObjectKey key, long expectedSize) throws IOException {
            run("upload.commit", name, () -> upload.commit(key, expectedSize));
        }

        @Override
        public void abort() throws IOException {
            run("upload.abort", name, upload::abort);
        }

        @Override
        public void close() {
            upload.close();
        }
    }
}
