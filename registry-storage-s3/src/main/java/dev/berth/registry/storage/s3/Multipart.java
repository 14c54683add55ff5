package dev.berth.registry.storage.s3;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CopyPartResult;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/**
 * An object that is being put together of parts, and does not exist until it is complete. Parts may come in parallel.
 */
final class Multipart {
    /** What S3 takes in all. */
    static final int MOST_PARTS = 10_000;

    private final Bucket bucket;
    private final String name;
    private final String id;
    private final String writer;
    private final NavigableMap<Integer, CompletedPart> parts = new ConcurrentSkipListMap<>();

    private Multipart(Bucket bucket, String name, String id, String writer) {
        this.bucket = bucket;
        this.name = name;
        this.id = id;
        this.writer = writer;
    }

    static Multipart start(Bucket bucket, String name) throws IOException {
        S3Settings settings = bucket.settings;
        String writer = UUID.randomUUID().toString();
        CreateMultipartUploadRequest.Builder request = CreateMultipartUploadRequest.builder()
                .bucket(bucket.bucket())
                .key(bucket.key(name))
                .contentType("application/octet-stream")
                .metadata(Map.of(Bucket.WRITER, writer));
        settings.encryption().ifPresent(request::serverSideEncryption);
        settings.kmsKey().ifPresent(request::ssekmsKeyId);
        settings.storageClass().ifPresent(request::storageClass);
        String id = S3Failures.call(
                "start an upload to " + name,
                () -> bucket.client.createMultipartUpload(request.build()).uploadId());
        return new Multipart(bucket, name, id, writer);
    }

    /** Sends a part. Parts are numbered from 1; all but the last one must have the same size. */
    void part(int number, RequestBody content, long length) throws IOException {
        UploadPartResponse sent = S3Failures.call(
                "write part " + number + " of " + name,
                () -> bucket.client.uploadPart(
                        request -> request.bucket(bucket.bucket())
                                .key(bucket.key(name))
                                .uploadId(id)
                                .partNumber(number)
                                .contentLength(length),
                        content));
        parts.put(
                number,
                CompletedPart.builder()
                        .partNumber(number)
                        .eTag(sent.eTag())
                        .checksumCRC32(sent.checksumCRC32())
                        .build());
    }

    /** Copies a part from an object of the service. */
    void copyPart(int number, String from, long offset, long length) throws IOException {
        CopyPartResult copied = S3Failures.call(
                "copy part " + number + " of " + name,
                () -> bucket.client
                        .uploadPartCopy(request -> request.sourceBucket(bucket.bucket())
                                .sourceKey(bucket.key(from))
                                .copySourceRange("bytes=" + offset + "-" + (offset + length - 1))
                                .destinationBucket(bucket.bucket())
                                .destinationKey(bucket.key(name))
                                .uploadId(id)
                                .partNumber(number))
                        .copyPartResult());
        parts.put(
                number,
                CompletedPart.builder()
                        .partNumber(number)
                        .eTag(copied.eTag())
                        .checksumCRC32(copied.checksumCRC32())
                        .build());
    }

    /** Completes the upload: it becomes an object. */
    void complete() throws IOException {
        List<CompletedPart> all = new ArrayList<>(parts.values());
        Optional<AwsServiceException> noSuchUpload = S3Failures.call("complete " + name, () -> {
            try {
                bucket.client.completeMultipartUpload(request -> request.bucket(bucket.bucket())
                        .key(bucket.key(name))
                        .uploadId(id)
                        .multipartUpload(upload -> upload.parts(all)));
                return Optional.empty();
            } catch (AwsServiceException e) {
                if (S3Failures.code(e).equals("NoSuchUpload")) {
                    return Optional.of(e);
                }
                throw e;
            }
        });
        // Sent twice, since the first response was lost: the object names its writer.
        if (noSuchUpload.isPresent() && bucket.versionIfWrittenBy(writer, name).isEmpty()) {
            throw S3Failures.translate("complete " + name, noSuchUpload.get());
        }
    }

    /** Gives it up, because of this failure. */
    void abort(Throwable reason) {
        UninterruptedCleanup.run(reason, () -> abort(bucket, bucket.key(name), id));
    }

    private static void abort(Bucket bucket, String key, String id) throws IOException {
        S3Failures.call("abort the upload to " + key, () -> {
            try {
                return Optional.of(bucket.client.abortMultipartUpload(
                        request -> request.bucket(bucket.bucket()).key(key).uploadId(id)));
            } catch (AwsServiceException e) {
                if (e.statusCode() == 404) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** Selects the uploads to abort, at a time of the service. */
    interface Choice {
        boolean test(MultipartUpload upload, Instant now);
    }

    /** Aborts the uploads of crashed processes to names that start with a text. */
    static void abortAll(Bucket bucket, String prefix, Choice choice) throws IOException {
        String keyMarker = null;
        String idMarker = null;
        while (true) {
            ListMultipartUploadsResponse page = page(bucket, prefix, keyMarker, idMarker);
            Instant now = ServiceClock.of(page.sdkHttpResponse());
            for (MultipartUpload upload : page.uploads()) {
                if (upload.key().startsWith(bucket.key(prefix)) && choice.test(upload, now)) {
                    abort(bucket, upload.key(), upload.uploadId());
                }
            }
            if (!Boolean.TRUE.equals(page.isTruncated())) {
                return;
            }
            keyMarker = page.nextKeyMarker();
            idMarker = page.nextUploadIdMarker();
        }
    }

    private static ListMultipartUploadsResponse page(
            Bucket bucket, String prefix, @Nullable String keyMarker, @Nullable String idMarker) throws IOException {
        return S3Failures.call(
                "list the unfinished uploads to " + prefix,
                () -> bucket.client.listMultipartUploads(request -> request.bucket(bucket.bucket())
                        .prefix(bucket.key(prefix))
                        .keyMarker(keyMarker)
                        .uploadIdMarker(idMarker)));
    }
}
