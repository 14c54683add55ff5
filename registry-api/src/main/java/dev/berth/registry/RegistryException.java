package dev.berth.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The exception with which a {@link Registry} and its parts fail, in every implementation. Immutable.
 *
 * <p>Programs evaluate {@link #code()}. The message names the repository, the reference and the remedy. Errors of
 * remote registries are thrown as the same exceptions.
 *
 * @since 0.1
 */
public final class RegistryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final List<RegistryError> errors;
    private final @Nullable Duration retryAfter;
    private final List<String> challenges;
    private final long uploadOffset;
    private final boolean remote;
    private final transient @Nullable PutResult stored;

    private RegistryException(Builder builder) {
        super(
                builder.errors.stream().map(RegistryError::toString).collect(Collectors.joining("; ")),
                builder.cause,
                true,
                builder.stackTrace);
        this.errors = List.copyOf(builder.errors);
        this.retryAfter = builder.retryAfter;
        this.challenges = List.copyOf(builder.challenges);
        this.uploadOffset = builder.uploadOffset;
        this.remote = builder.remote;
        this.stored = builder.stored;
    }

    /** Returns an exception with one error. */
    public static RegistryException of(ErrorCode code, String message) {
        return builder(RegistryError.of(code, message)).build();
    }

    /** Returns an exception with one error and a cause. */
    public static RegistryException of(ErrorCode code, String message, Throwable cause) {
        return builder(RegistryError.of(code, message)).cause(cause).build();
    }

    /** Returns a builder of an exception with one error. */
    public static Builder builder(RegistryError error) {
        return new Builder(List.of(error));
    }

    /**
     * Returns a builder of an exception with these errors.
     *
     * @throws IllegalArgumentException if the list is empty
     */
    public static Builder builder(List<RegistryError> errors) {
        return new Builder(errors);
    }

    /** Returns the code of the first error. */
    public ErrorCode code() {
        return errors.get(0).code();
    }

    /**
     * Returns whether the registry says that it does not have what was asked for: no such blob, manifest or repository. It is
     * an answer, and not a failure to answer.
     */
    public boolean isMissing() {
        return switch (code()) {
            case BLOB_UNKNOWN, MANIFEST_UNKNOWN, NAME_UNKNOWN -> true;
            default -> false;
        };
    }

    /** Returns all errors. There is at least one. */
    public List<RegistryError> errors() {
        return errors;
    }

    /** Returns the time to wait before a retry, if the registry stated one. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Returns the challenges of an {@link ErrorCode#UNAUTHORIZED}: the values of {@code WWW-Authenticate}. */
    public List<String> challenges() {
        return challenges;
    }

    /**
     * Returns whether another server refused or failed, of which this program is a client. Its refusal says nothing about
     * the clients of this program.
     */
    public boolean isRemote() {
        return remote;
    }

    /**
     * Returns the offset of the upload in bytes at which to continue, if an append was rejected because of its offset, or
     * failed and the registry knows how much of the upload it holds.
     */
    public OptionalLong uploadOffset() {
        return uploadOffset < 0 ? OptionalLong.empty() : OptionalLong.of(uploadOffset);
    }

    /**
     * Returns what a push of a manifest stored before it failed: the manifest, and the tags that were set. Empty if it
     * stored nothing, or if that is unknown. Not serialized.
     */
    public Optional<PutResult> stored() {
        return Optional.ofNullable(stored);
    }

    /**
     * Returns the exception for a push that failed after it had stored something. It has {@link #stored()}, a message
     * that names the tags that were set, and this exception as its cause.
     */
    public RegistryException afterStoring(PutResult newStored) {
        String note = newStored.tags().isEmpty() ? "" : "; these tags were set before: " + newStored.tags();
        Builder builder =
                new Builder(errors.stream().map(error -> error.withNote(note)).toList());
        builder.cause = this;
        builder.retryAfter = retryAfter;
        builder.challenges = challenges;
        builder.uploadOffset = uploadOffset;
        builder.remote = remote;
        builder.stored = newStored;
        return builder.build();
    }

    /** Returns this exception with {@link #uploadOffset()}, and this one as its cause. */
    public RegistryException withUploadOffset(long offset) {
        Builder builder = new Builder(errors);
        builder.cause = this;
        builder.retryAfter = retryAfter;
        builder.challenges = challenges;
        builder.uploadOffset = offset;
        builder.stored = stored;
        return builder.build();
    }

    /**
     * A builder of an exception. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final List<RegistryError> errors;
        private @Nullable Throwable cause;
        private @Nullable Duration retryAfter;
        private List<String> challenges = List.of();
        private long uploadOffset = -1;
        private boolean remote;
        private boolean stackTrace = true;
        private @Nullable PutResult stored;

        private Builder(List<RegistryError> errors) {
            if (errors.isEmpty()) {
                throw new IllegalArgumentException("A registry exception needs at least one error");
            }
            this.errors = errors;
        }

        /** Sets the cause. */
        public Builder cause(Throwable newCause) {
            this.cause = newCause;
            return this;
        }

        /** Sets the time to wait before a retry. */
        public Builder retryAfter(Duration newRetryAfter) {
            this.retryAfter = newRetryAfter;
            return this;
        }

        /** Sets the challenges: values of {@code WWW-Authenticate}. */
        public Builder challenges(List<String> newChallenges) {
            this.challenges = newChallenges;
            return this;
        }

        /** Sets the current offset of the upload, in bytes. */
        public Builder uploadOffset(long newUploadOffset) {
            this.uploadOffset = newUploadOffset;
            return this;
        }

        /** Marks the failure as one of another server. */
        public Builder remote() {
            this.remote = true;
            return this;
        }

        /** Leaves out the stack trace, which takes time: for a refusal that is a usual answer. */
        public Builder withoutStackTrace() {
            this.stackTrace = false;
            return this;
        }

        /** Returns the exception. */
        public RegistryException build() {
            return new RegistryException(this);
        }
    }
}
