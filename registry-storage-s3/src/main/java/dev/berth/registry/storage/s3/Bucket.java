package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.Delete;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * The objects below one prefix of one bucket. Names are relative to that prefix. Sends all requests for whole objects;
 * {@link Multipart} sends those for parts.
 */
final class Bucket {
    /** What S3 takes in one request for deleting. */
    static final int DELETE_BATCH = 1000;

    /** Tells writers of the same content apart. */
    static final String WRITER = "berth-writer";

    private static final int CONFLICT_ATTEMPTS = 10;

    final S3Client client;
    final S3Settings settings;

    /** The memory for parts that are about to be sent. */
    final PartMemory memory;

    Bucket(S3Client client, S3Settings settings) {
        this.client = client;
        this.settings = settings;
        this.memory = new PartMemory(settings.bufferBytes());
    }

    String bucket() {
        return settings.bucket();
    }

    /** Returns the key in the bucket of a name. */
    String key(String name) {
        return settings.prefix() + name;
    }

    Optional<ObjectStat> head(String name) throws IOException {
        Optional<HeadObjectResponse> head = S3Failures.call("look up " + name, () -> headOrNothing(name));
        return head.isEmpty() ? Optional.empty() : Optional.of(stat(name, head.get()));
    }

    private Optional<HeadObjectResponse> headOrNothing(String name) {
        try {
            return Optional.of(
                    client.headObject(request -> request.bucket(bucket()).key(key(name))));
        } catch (AwsServiceException e) {
            return absent(e);
        }
    }

    private static ObjectStat stat(String name, HeadObjectResponse head) throws IOException {
        return new ObjectStat(head.contentLength(), new ObjectVersion(version(name, head.eTag())), head.lastModified());
    }

    /** Returns the properties of an object of this size from a response. */
    static ObjectStat stat(String name, GetObjectResponse head, long size) throws IOException {
        return new ObjectStat(size, new ObjectVersion(version(name, head.eTag())), head.lastModified());
    }

    /** A response whose body the caller reads and closes. */
    record Opened(GetObjectResponse head, ResponseInputStream<GetObjectResponse> body) {}

    /** Opens an object, or returns empty if it does not exist. */
    Optional<Opened> get(String name) throws IOException {
        return S3Failures.call("read " + name, () -> {
            try {
                return Optional.of(send(name, null));
            } catch (AwsServiceException e) {
                return absent(e);
            }
        });
    }

    /** The result of opening a part: if the object exists and nothing was opened, it has no bytes there. */
    record Part(boolean exists, Optional<Opened> opened) {}

    /**
     * Opens a part of an object.
     *
     * @param range as in the header
     */
    Part get(String name, String range) throws IOException {
        return S3Failures.call("read " + name, () -> {
            try {
                return new Part(true, Optional.of(send(name, range)));
            } catch (AwsServiceException e) {
                return new Part(e.statusCode() == 416 || absent(e).isPresent(), Optional.empty());
            }
        });
    }

    private Opened send(String name, @Nullable String range) {
        ResponseInputStream<GetObjectResponse> body = client.getObject(GetObjectRequest.builder()
                .bucket(bucket())
                .key(key(name))
                .range(range)
                .build());
        return new Opened(body.response(), body);
    }

    /** Writes an object, whatever is there, and returns its version. */
    String put(String name, byte[] content) throws IOException {
        return put(name, body(content, 0, content.length));
    }

    /** Writes an object, whatever is there, and returns its version. */
    String put(String name, RequestBody content) throws IOException {
        PutObjectRequest request = putRequest(name).build();
        return version(
                name,
                S3Failures.call("write " + name, () -> client.putObject(request, content))
                        .eTag());
    }

    /** Writes an object if it does not exist. */
    Optional<String> putIfAbsent(String name, byte[] content) throws IOException {
        return putConditionally(name, content, putRequest(name).ifNoneMatch("*"));
    }

    /** Writes an object if the one that is there has this version. */
    Optional<String> putIfMatch(String name, byte[] content, String etag) throws IOException {
        // Without the quotes, since Ceph would compare them too.
        return putConditionally(name, content, putRequest(name).ifMatch(etag));
    }

    private PutObjectRequest.Builder putRequest(String name) {
        PutObjectRequest.Builder request =
                PutObjectRequest.builder().bucket(bucket()).key(key(name));
        settings.encryption().ifPresent(request::serverSideEncryption);
        settings.kmsKey().ifPresent(request::ssekmsKeyId);
        settings.storageClass().ifPresent(request::storageClass);
        return request;
    }

    /**
     * Writes an object on a condition. If the SDK has retried, an earlier attempt may have succeeded; then the object
     * names its writer.
     */
    private Optional<String> putConditionally(String name, byte[] content, PutObjectRequest.Builder builder)
            throws IOException {
        String writer = UUID.randomUUID().toString();
        PutObjectRequest request = builder.metadata(Map.of(WRITER, writer)).build();
        boolean mayHaveWon = false;
        for (int attempt = 1; ; attempt++) {
            try {
                return Optional.of(version(
                        name,
                        client.putObject(request, body(content, 0, content.length))
                                .eTag()));
            } catch (AwsServiceException e) {
                mayHaveWon |= triedMoreThanOnce(e);
                boolean lost = e.statusCode() == 412
                        || e.statusCode() == 404
                                && request.ifMatch() != null
                                && S3Failures.code(e).equals("NoSuchKey");
                if (lost) {
                    return mayHaveWon ? versionIfWrittenBy(writer, name) : Optional.empty();
                }
                // 409: another request is writing the same object; S3 requires a retry with the condition.
                if (e.statusCode() != 409 || attempt == CONFLICT_ATTEMPTS) {
                    throw S3Failures.translate("write " + name, e);
                }
            } catch (SdkException | UncheckedIOException e) {
                if (!S3Failures.isCut(e) || attempt == CONFLICT_ATTEMPTS) {
                    throw S3Failures.translate("write " + name, e);
                }
                mayHaveWon = true;
            } catch (IllegalStateException e) {
                throw new IOException("S3 could not write " + name + ": the connection to it was closed", e);
            }
        }
    }

    private static boolean triedMoreThanOnce(AwsServiceException e) {
        Integer attempts = e.numAttempts();
        return attempts == null || attempts > 1;
    }

    /** Returns the version of an object if it is the one of this writer. */
    Optional<String> versionIfWrittenBy(String writer, String name) throws IOException {
        Optional<HeadObjectResponse> found = S3Failures.call("look up " + name, () -> headOrNothing(name))
                .filter(head -> writer.equals(head.metadata().get(WRITER)));
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(version(name, found.get().eTag()));
    }

    static RequestBody body(byte[] content, int offset, int length) {
        return RequestBody.fromContentProvider(
                ContentStreamProvider.fromInputStreamSupplier(() -> new ByteArrayInputStream(content, offset, length)),
                length,
                "application/octet-stream");
    }

    void delete(String name) throws IOException {
        S3Failures.call(
                "delete " + name,
                () -> client.deleteObject(request -> request.bucket(bucket()).key(key(name))));
    }

    /** Deletes objects, as many as one likes. */
    void deleteAll(Collection<String> names) throws IOException {
        for (Iterator<String> left = names.iterator(); left.hasNext(); ) {
            List<ObjectIdentifier> batch = new ArrayList<>();
            while (left.hasNext() && batch.size() < DELETE_BATCH) {
                batch.add(ObjectIdentifier.builder().key(key(left.next())).build());
            }
            deleteBatch(batch);
        }
    }

    private void deleteBatch(List<ObjectIdentifier> batch) throws IOException {
        DeleteObjectsResponse response = S3Failures.call(
                "delete " + batch.size() + " objects",
                () -> client.deleteObjects(request -> request.bucket(bucket())
                        .delete(Delete.builder().objects(batch).quiet(true).build())));
        // Ceph fails for an object that is being written or deleted concurrently; the SDK retries single deletions.
        for (S3Error error : response.errors()) {
            if (!"NoSuchKey".equals(error.code())) {
                delete(error.key().substring(settings.prefix().length()));
            }
        }
    }

    /** Requests a page of names that start with a text, after a name; null to start at the first one. */
    ListObjectsV2Response list(String prefix, @Nullable String after, boolean grouped, int limit) throws IOException {
        return S3Failures.call(
                "list " + prefix,
                () -> client.listObjectsV2(request -> request.bucket(bucket())
                        .prefix(key(prefix))
                        .startAfter(after == null ? null : key(after))
                        .delimiter(grouped ? "/" : null)
                        .maxKeys(limit)));
    }

    /** Copies an object of at most 5 GiB inside the service. */
    void copy(String from, String to) throws IOException {
        CopyObjectRequest.Builder request = CopyObjectRequest.builder()
                .sourceBucket(bucket())
                .sourceKey(key(from))
                .destinationBucket(bucket())
                .destinationKey(key(to))
                // Copying 5 GiB takes a while.
                .overrideConfiguration(timeouts -> timeouts.apiCallTimeout(UploadStates.LEASE.dividedBy(2)));
        settings.encryption().ifPresent(request::serverSideEncryption);
        settings.kmsKey().ifPresent(request::ssekmsKeyId);
        settings.storageClass().ifPresent(request::storageClass);
        S3Failures.call("copy " + from + " to " + to, () -> client.copyObject(request.build()));
    }

    /** Returns the version in an answer, which is one only if the service has said which. */
    static String version(String name, @Nullable String etag) throws IOException {
        if (etag == null) {
            throw new IOException("S3 did not return the version of " + name);
        }
        return etag.length() >= 2 && etag.startsWith("\"") && etag.endsWith("\"")
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }

    /** Returns empty if the object is missing; rethrows if it is the bucket or anything else. */
    private static <T> Optional<T> absent(AwsServiceException e) {
        if (e.statusCode() == 404 && !S3Failures.code(e).equals("NoSuchBucket")) {
            return Optional.empty();
        }
        throw e;
    }
}
