package dev.berth.registry.storage.s3;

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
import dev.berth.registry.storage.Prefetch;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.UploadConflictException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/**
 * A store in a bucket of S3 or of an S3-compatible service. Any number of processes may use one bucket at the same
 * time; they need no coordination.
 *
 * <pre>{@code
 * S3StorageOptions options = S3StorageOptions.builder("images")
 *         .endpoint(URI.create("https://storage.example.com"))
 *         .build();
 * try (ObjectStore store = S3ObjectStore.open(options);
 *         Registry registry = StorageRegistry.over(store)) {
 *     …
 * }
 * }</pre>
 *
 * <p>The service must be strongly consistent, as S3 is, and support the conditions {@code If-None-Match: *} and
 * {@code If-Match} of PUT. No other request is conditional. An object of the store is an object of the bucket, whose
 * name is the prefix followed by the key.
 *
 * <p>Requests that the service throttles or fails are retried by the SDK, with exponential backoff; if they keep
 * failing, calls throw a {@link dev.berth.registry.storage.StorageBusyException}.
 *
 * <p>If an object is replaced or deleted while it is read, S3 continues to send the version that was opened. With a
 * service that aborts the response instead, reading fails with an {@link IOException}. The bytes of two versions are
 * never mixed.
 *
 * <p>Thread-safe. A few background threads run while calls send several requests at the same time.
 *
 * @since 0.1
 */
public final class S3ObjectStore implements ObjectStore {
    /** The number of threads if the number of connections is unknown. */
    private static final int THREADS_OF_OTHERS = 16;

    /** The number of concurrent prefetches if the number of connections is unknown. */
    private static final int PREFETCHES_OF_OTHERS = 8;

    private final Bucket bucket;
    private final BucketLister lister;
    private final RequestThreads threads;
    private final S3Uploads uploads;
    private final ParallelChanges changes;
    private final S3Presigner presigner;
    private final boolean ownsClient;
    private final String identity;
    private volatile boolean closed;

    private S3ObjectStore(S3Client client, S3Settings settings, boolean ownsClient, RequestThreads threads) {
        this.bucket = new Bucket(client, settings);
        this.lister = new BucketLister(bucket);
        this.threads = threads;
        this.uploads = new S3Uploads(bucket, lister, threads);
        this.changes = new ParallelChanges(this, bucket, threads);
        this.presigner = S3Clients.presigner(client, settings);
        this.ownsClient = ownsClient;
        this.identity = "s3://" + settings.bucket() + "/" + settings.prefix()
                + client.serviceClientConfiguration()
                        .endpointOverride()
                        .map(endpoint -> " at " + endpoint)
                        .orElse("");
    }

    /**
     * Opens a bucket, and checks with one request that it can be listed.
     *
     * @throws IOException if it cannot; the message says why, and what to do
     */
    public static S3ObjectStore open(S3StorageOptions options) throws IOException {
        return open(options, new ExecutionInterceptor[0]);
    }

    /** Opens a bucket with observers of every request. */
    static S3ObjectStore open(S3StorageOptions options, ExecutionInterceptor... observers) throws IOException {
        int connections = options.settings().maxConnections();
        return open(options, new RequestThreads(Math.max(1, connections / 2), connections / 2), observers);
    }

    /** Opens a bucket with observers of every request, and threads of the caller. */
    static S3ObjectStore open(S3StorageOptions options, RequestThreads threads, ExecutionInterceptor... observers)
            throws IOException {
        S3Settings settings = options.settings();
        S3Client client = OpenCheck.create(settings, () -> S3Clients.client(settings, observers));
        S3ObjectStore store = new S3ObjectStore(client, settings, true, threads);
        try {
            new OpenCheck(client, settings).run();
            return store;
        } catch (IOException | RuntimeException e) {
            store.close();
            throw e;
        }
    }

    /**
     * Returns a store that sends its requests through the application's own client, which stays open when the store is
     * closed. Of the options, only those about objects apply: bucket, prefix, encryption, storage class, size of parts.
     * The client should have more than {@value #PREFETCHES_OF_OTHERS} connections, preferably some dozens. Does no I/O.
     */
    @SuppressWarnings("exports") // a caller with such an object reads its module
    public static S3ObjectStore over(S3Client client, S3StorageOptions options) {
        RequestThreads threads = new RequestThreads(THREADS_OF_OTHERS, PREFETCHES_OF_OTHERS);
        return new S3ObjectStore(Objects.requireNonNull(client, "client"), options.settings(), false, threads);
    }

    @Override
    public Optional<ObjectStat> stat(ObjectKey key) throws IOException {
        checkOpen();
        return bucket.head(key.value());
    }

    @Override
    public Optional<ObjectContent> open(ObjectKey key, long offset, long length) throws IOException {
        checkOpen();
        return new ObjectReading(bucket).open(key, offset, length);
    }

    @Override
    public <T> Prefetch<T> prefetch(Prefetch.Reading<T> reading, Consumer<? super T> discard) {
        return threads.prefetch(reading, discard);
    }

    @Override
    public Optional<ObjectVersion> put(ObjectKey key, byte[] content, PutCondition condition) throws IOException {
        checkOpen();
        if (content.length > MAX_PUT_BYTES) {
            throw new IllegalArgumentException("The content of " + key + " has " + content.length + " bytes; more than "
                    + MAX_PUT_BYTES + " must be uploaded");
        }
        Optional<String> version;
        if (condition instanceof PutCondition.IfAbsent) {
            version = bucket.putIfAbsent(key.value(), content);
        } else if (condition instanceof PutCondition.IfUnchanged unchanged) {
            version =
                    bucket.putIfMatch(key.value(), content, unchanged.version().token());
        } else {
            version = Optional.of(bucket.put(key.value(), content));
        }
        return version.map(ObjectVersion::new);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Accepts what fits into 10,000 parts: 78 GiB unless {@link S3StorageOptions.Builder#partBytes} says otherwise.
     */
    @Override
    public boolean write(ObjectKey key, InputStream content, long size) throws IOException {
        checkOpen();
        ObjectWriting writing = new ObjectWriting(bucket);
        if (!writing.takes(size)) {
            return false;
        }
        writing.write(key.value(), content, size);
        return true;
    }

    @Override
    public void mark(Collection<ObjectKey> keys) throws IOException {
        checkOpen();
        changes.mark(keys);
    }

    /**
     * {@inheritDoc}
     *
     * <p>Sends the requests for all changes at the same time, and one for all deletions. All have ended when it returns
     * or fails.
     */
    @Override
    public void apply(ObjectBatch batch) throws IOException {
        checkOpen();
        changes.apply(batch);
    }

    @Override
    public void delete(ObjectKey key) throws IOException {
        checkOpen();
        bucket.delete(key.value());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Replaces it with an empty object, since hardly any service supports conditional deletes.
     */
    @Override
    public boolean deleteIfUnchanged(ObjectKey key, ObjectVersion version) throws IOException {
        checkOpen();
        return bucket.putIfMatch(key.value(), new byte[0], version.token()).isPresent();
    }

    @Override
    public void deleteTree(KeyPrefix prefix) throws IOException {
        checkOpen();
        new TreeDeletion(bucket, lister).delete(prefix);
    }

    @Override
    public ListPage list(ListRequest request) throws IOException {
        checkOpen();
        return lister.list(request);
    }

    @Override
    public ObjectUpload startUpload(ObjectKey staging) throws IOException {
        checkOpen();
        UploadState state = UploadState.start(bucket.settings.partBytes());
        UploadStates.VersionedState known = uploads.states
                .create(staging.value(), state)
                .orElseThrow(() -> new UploadConflictException("There is an upload " + staging + " already", 0));
        uploads.cache.offer(staging.value(), known);
        return new S3Upload(this, uploads, staging.value());
    }

    @Override
    public Optional<ObjectUpload> resumeUpload(ObjectKey staging) throws IOException {
        checkOpen();
        return uploads.states.find(staging.value()).map(known -> {
            uploads.cache.offer(staging.value(), known);
            return new S3Upload(this, uploads, staging.value());
        });
    }

    @Override
    public void dropLeftovers(KeyPrefix prefix, Duration age) throws IOException {
        checkOpen();
        Multipart.abortAll(
                bucket,
                prefix.value(),
                (upload, now) ->
                        upload.initiated() != null && upload.initiated().isBefore(now.minus(age)));
    }

    /**
     * Returns a presigned address. Signing sends no request, so the object need not exist.
     *
     * @param validity at most seven days, which is what the signature allows
     */
    @Override
    public Optional<URI> directUrl(ObjectKey key, Duration validity) throws IOException {
        checkOpen();
        return Optional.of(S3Failures.call(
                "sign an address for " + key,
                () -> URI.create(presigner
                        .presignGetObject(signing -> signing.signatureDuration(validity)
                                .getObjectRequest(request ->
                                        request.bucket(bucket.bucket()).key(bucket.key(key.value()))))
                        .url()
                        .toString())));
    }

    @Override
    public String identity() {
        return identity;
    }

    @Override
    public void close() {
        closed = true;
        threads.close();
        presigner.close();
        if (ownsClient) {
            bucket.client.close();
        }
    }

    PartMemory memory() {
        return bucket.memory;
    }

    void checkOpen() throws IOException {
        if (closed) {
            throw new IOException("This store in the bucket " + bucket.bucket() + " was closed");
        }
    }
}
