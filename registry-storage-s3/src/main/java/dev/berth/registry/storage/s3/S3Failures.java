package dev.berth.registry.storage.s3;

import dev.berth.registry.storage.StorageBusyException;
import dev.berth.registry.storage.StorageFullException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;

/** Translates the exceptions of the SDK, which has retried by then, into those of a store. */
final class S3Failures {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    /** How often a request is sent whose answer is cut off. */
    private static final int CUT_ATTEMPTS = 3;

    private static final Set<String> FULL = Set.of(
            "QuotaExceeded",
            "InsufficientStorage",
            "XMinioStorageFull",
            "StorageQuotaExceeded",
            "InsufficientCapacity");
    private static final Set<String> BUSY = Set.of(
            "SlowDown", "ServiceUnavailable", "TooManyRequests", "RequestTimeout", "Throttling", "InternalError");

    private S3Failures() {}

    /** A request to S3. */
    interface Request<T> {
        T send();
    }

    /**
     * Sends a request, and throws only exceptions that a store may throw. A request whose answer was cut off is sent
     * again, which the SDK does not do.
     *
     * @param what the operation, in words that follow "S3 could not"
     */
    static <T> T call(String what, Request<T> request) throws IOException {
        for (int attempt = 1; attempt < CUT_ATTEMPTS; attempt++) {
            try {
                return request.send();
            } catch (SdkException | UncheckedIOException e) {
                if (!isCut(e)) {
                    throw translate(what, e);
                }
            } catch (IllegalStateException e) {
                throw closed(what, e);
            }
        }
        return once(what, request);
    }

    private static <T> T once(String what, Request<T> request) throws IOException {
        try {
            return request.send();
        } catch (SdkException | UncheckedIOException e) {
            throw translate(what, e);
        } catch (IllegalStateException e) {
            throw closed(what, e);
        }
    }

    /** The client was closed concurrently. */
    private static IOException closed(String what, IllegalStateException e) {
        return new IOException("S3 could not " + what + ": the connection to it was closed", e);
    }

    /** Tells whether an answer in XML did not come to its end. What was asked for may have been done. */
    static boolean isCut(RuntimeException e) {
        if (e instanceof AwsServiceException || e instanceof SdkException sdk && interrupted(sdk)) {
            return false;
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UncheckedIOException || cause instanceof XMLStreamException) {
                return true;
            }
        }
        return false;
    }

    static IOException translate(String what, RuntimeException e) {
        return e instanceof SdkException failure
                ? translate(what, failure)
                : new StorageBusyException(
                        "S3 could not " + what + ": its answer was cut off: " + e.getMessage(), e, RETRY_AFTER);
    }

    static IOException translate(String what, SdkException e) {
        if (e instanceof AwsServiceException answer) {
            return translate(what, answer);
        }
        if (interrupted(e)) {
            InterruptedIOException interrupted =
                    new InterruptedIOException("S3 could not " + what + ": the call was interrupted");
            interrupted.initCause(e);
            return interrupted;
        }
        if (e instanceof SdkClientException && noCredentials(e)) {
            return new IOException(
                    "S3 could not " + what + ": there are no credentials; set AWS_ACCESS_KEY_ID and"
                            + " AWS_SECRET_ACCESS_KEY, or give the store a credentials provider",
                    e);
        }
        return new StorageBusyException("S3 could not " + what + ": no answer came: " + e.getMessage(), e, RETRY_AFTER);
    }

    private static IOException translate(String what, AwsServiceException e) {
        String message = "S3 could not " + what + ": it answered " + e.statusCode() + " " + code(e);
        if (FULL.contains(code(e)) || e.statusCode() == 507) {
            return new StorageFullException(message, e);
        }
        if (e.statusCode() == 429 || e.statusCode() >= 500 || BUSY.contains(code(e))) {
            return new StorageBusyException(message, e, RETRY_AFTER);
        }
        return new IOException(message, e);
    }

    /** Returns the code of an error, such as {@code NoSuchKey}; empty if there was none, as in answers to HEAD. */
    static String code(AwsServiceException e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return code == null ? "" : code;
    }

    static boolean interrupted(SdkException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof AbortedException
                    || cause instanceof InterruptedException
                    || cause instanceof InterruptedIOException
                            && !(cause instanceof SocketTimeoutException)
                            && cause.getClass().getSimpleName().startsWith("Interrupted")) {
                return true;
            }
        }
        return Thread.currentThread().isInterrupted();
    }

    private static boolean noCredentials(SdkException e) {
        return e.getMessage() != null && e.getMessage().contains("Unable to load credentials");
    }
}
