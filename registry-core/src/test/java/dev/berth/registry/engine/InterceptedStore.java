package dev.berth.registry.engine;

import dev.berth.registry.storage.ForwardingObjectStore;
import dev.berth.registry.storage.ForwardingObjectUpload;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ListPage;
import dev.berth.registry.storage.ListRequest;
import dev.berth.registry.storage.ObjectBatch;
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
abstract class InterceptedStore extends ForwardingObjectStore {
    InterceptedStore(ObjectStore store) {
        super(store);
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
        return intercept("stat", key.value(), () -> delegate().stat(key));
    }

    @Override
    public final Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        return intercept(
                "open",
                key.value(),
                () -> delegate().open(key, offset, length).map(content -> new InterceptedContent(key, content)));
    }

    @Override
    public final Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        return intercept("put", key.value(), () -> delegate().put(key, content, condition));
    }

    @Override
    public final Optional<ObjectVersion> putForDeletion(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return intercept("put", key.value(), () -> delegate().putForDeletion(key, content, condition));
    }

    @Override
    public final void mark(Collection<ObjectKey> keys) throws IOException {
        for (ObjectKey key : keys) {
            put(key, new byte[0], PutCondition.ifAbsent());
        }
    }

    @Override
    public final void apply(ObjectBatch batch) throws IOException {
        for (ObjectBatch.Change change : batch.changes()) {
            change.make(this);
        }
    }

    @Override
    public final Optional<ObjectVersion> putTransient(ObjectKey key, byte[] content, PutCondition condition)
            throws IOException {
        return intercept("put", key.value(), () -> delegate().putTransient(key, content, condition));
    }

    @Override
    public final void checkHealth() throws IOException {
        run("checkHealth", "", delegate()::checkHealth);
    }

    @Override
    public final void delete(ObjectKey key) throws IOException {
        run("delete", key.value(), () -> delegate().delete(key));
    }

    @Override
    public final boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        return intercept("deleteIfUnchanged", key.value(), () -> delegate().deleteIfUnchanged(key, version));
    }

    @Override
    public final void deleteTree(KeyPrefix prefix) throws IOException {
        run("deleteTree", prefix.value(), () -> delegate().deleteTree(prefix));
    }

    @Override
    public final ListPage list(ListRequest request) throws IOException {
        return intercept("list", request.prefix().value(), () -> delegate().list(request));
    }

    @Override
    public final ObjectUpload startUpload(ObjectKey staging) throws IOException {
        return intercept(
                "startUpload",
                staging.value(),
                () -> new InterceptedUpload(staging, delegate().startUpload(staging)));
    }

    @Override
    public final Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
        return intercept(
                "resumeUpload",
                staging.value(),
                () -> delegate().resumeUpload(staging).map(upload -> new InterceptedUpload(staging, upload)));
    }

    @Override
    public final Optional<URI> directUrl(ObjectKey key, Duration validity) throws IOException {
        return intercept("directUrl", key.value(), () -> delegate().directUrl(key, validity));
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

    private final class InterceptedUpload extends ForwardingObjectUpload {
        private final String name;

        InterceptedUpload(ObjectKey staging, ObjectUpload upload) {
            super(upload);
            this.name = staging.value();
        }

        @Override
        public long size() throws IOException {
            return intercept("upload.size", name, delegate()::size);
        }

        @Override
        public long append(long offset, InputStream content) throws IOException {
            return intercept("upload.append", name, () -> delegate().append(offset, content));
        }

        @Override
        public InputStream open() throws IOException {
            return intercept("upload.open", name, () -> reading(name, delegate().open()));
        }

        @Override
        public void commit(ObjectKey key, long expectedSize) throws IOException {
            run("upload.commit", name, () -> delegate().commit(key, expectedSize));
        }

        @Override
        public void abort() throws IOException {
            run("upload.abort", name, delegate()::abort);
        }
    }
}
