package dev.berth.registry.storage.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * Where a store keeps its objects, and how it communicates with the service. Immutable.
 *
 * <p>Only the bucket is required. By default, region and credentials are found by the AWS SDK: in the environment, in
 * system properties, in the profile files, or from the machine's metadata service.
 *
 * @since 0.1
 */
public final class S3StorageOptions {
    private static final int MIB = 1024 * 1024;

    /** The smallest size that S3 accepts of all parts but the last one, in bytes. */
    private static final int SMALLEST_PART = 5 * MIB;

    private static final int LARGEST_PART = 512 * MIB;
    private static final long SMALLEST_BUFFERS = 16L * MIB;

    private final S3Settings settings;

    private S3StorageOptions(S3Settings settings) {
        this.settings = settings;
    }

    /** Returns the options for a bucket, with all defaults. */
    public static S3StorageOptions of(String bucket) {
        return builder(bucket).build();
    }

    /**
     * Returns a builder with a bucket and the defaults.
     *
     * @throws IllegalArgumentException if the bucket has no name
     */
    public static Builder builder(String bucket) {
        return new Builder(bucket);
    }

    S3Settings settings() {
        return settings;
    }

    /**
     * Settings of options. Not thread-safe.
     *
     * @since 0.1
     */
    public static final class Builder {
        private final String bucket;
        private String prefix = "";
        private Optional<String> region = Optional.empty();
        private Optional<URI> endpoint = Optional.empty();
        private Optional<URI> publicEndpoint = Optional.empty();
        private Optional<Boolean> pathStyle = Optional.empty();
        private Optional<AwsCredentialsProvider> credentials = Optional.empty();
        private Optional<String> encryption = Optional.empty();
        private Optional<String> kmsKey = Optional.empty();
        private Optional<String> storageClass = Optional.empty();
        private int partBytes = 8 * MIB;
        private Optional<S3Checksums> checksums = Optional.empty();
        private OptionalLong bufferBytes = OptionalLong.empty();
        private int maxConnections = 256;
        private int maxAttempts = 5;
        private Duration requestTimeout = Duration.ofSeconds(60);

        private Builder(String bucket) {
            this.bucket = notBlank(bucket, "bucket");
        }

        /**
         * Sets the prefix of the names of all objects, such as {@code registries/one}; slashes around it are ignored.
         * None by default. Corresponds to {@code rootdirectory} of {@code registry:2}.
         *
         * @throws IllegalArgumentException if it has an empty segment, or one that is {@code .} or {@code ..}
         */
        public Builder prefix(String newPrefix) {
            String inner = newPrefix.replaceAll("^/+|/+$", "");
            for (String segment : inner.split("/", -1)) {
                if (!inner.isEmpty() && (segment.isEmpty() || segment.equals(".") || segment.equals(".."))) {
                    throw new IllegalArgumentException(
                            "The prefix '" + newPrefix + "' has an empty segment, or one that is . or ..");
                }
            }
            this.prefix = inner.isEmpty() ? "" : inner + "/";
            return this;
        }

        /**
         * Sets the region, such as {@code eu-central-1}. By default the one that the SDK finds; with an endpoint,
         * us-east-1.
         */
        public Builder region(String newRegion) {
            this.region = Optional.of(notBlank(newRegion, "region"));
            return this;
        }

        /**
         * Sets the address of the service, for services other than AWS: {@code http://127.0.0.1:9000}.
         *
         * @throws IllegalArgumentException if it is not an http or https address with a host
         */
        public Builder endpoint(URI newEndpoint) {
            this.endpoint = Optional.of(httpAddress(newEndpoint));
            return this;
        }

        /**
         * Sets the address of the service in the result of {@link S3ObjectStore#directUrl}, if clients reach the
         * service at another address than Berth does. The endpoint by default.
         *
         * @throws IllegalArgumentException if it is not an http or https address with a host
         */
        public Builder publicEndpoint(URI newEndpoint) {
            this.publicEndpoint = Optional.of(httpAddress(newEndpoint));
            return this;
        }

        /**
         * Sets whether the bucket is in the path ({@code host/bucket/key}) instead of in the host name. By default it
         * is if an endpoint is set.
         */
        public Builder pathStyle(boolean usePathStyle) {
            this.pathStyle = Optional.of(usePathStyle);
            return this;
        }

        /** Sets the source of credentials. By default the SDK's provider chain. */
        @SuppressWarnings("exports") // a caller with such an object reads its module
        public Builder credentials(AwsCredentialsProvider provider) {
            this.credentials = Optional.of(provider);
            return this;
        }

        /**
         * Makes the service encrypt objects with its own keys ({@code AES256}). Default: the configuration of the
         * bucket.
         */
        public Builder encrypted() {
            this.encryption = Optional.of("AES256");
            this.kmsKey = Optional.empty();
            return this;
        }

        /** Makes the service encrypt objects with this key of its key management service. */
        public Builder encryptedWithKmsKey(String keyId) {
            this.encryption = Optional.of("aws:kms");
            this.kmsKey = Optional.of(notBlank(keyId, "KMS key"));
            return this;
        }

        /**
         * Sets the storage class of all objects, such as {@code STANDARD_IA}. By default as the bucket is configured.
         */
        public Builder storageClass(String newStorageClass) {
            this.storageClass = Optional.of(notBlank(newStorageClass, "storage class"));
            return this;
        }

        /**
         * Sets the size of the parts of multipart uploads, in bytes; 8 MiB by default. Each append in progress holds
         * one part in memory, of {@link #bufferBytes}.
         *
         * @throws IllegalArgumentException if it is not between 5 and 512 MiB
         */
        public Builder partBytes(int bytes) {
            if (bytes < SMALLEST_PART || bytes > LARGEST_PART) {
                throw new IllegalArgumentException("Parts must have " + SMALLEST_PART + " to " + LARGEST_PART
                        + " bytes (5 to 512 MiB), not " + bytes);
            }
            this.partBytes = bytes;
            return this;
        }

        /**
         * Sets which checksums are used. By default {@link S3Checksums#CRC32}, unless the SDK is configured otherwise
         * ({@code AWS_REQUEST_CHECKSUM_CALCULATION}).
         */
        public Builder checksums(S3Checksums newChecksums) {
            this.checksums = Optional.of(newChecksums);
            return this;
        }

        /**
         * Sets how much memory the parts of all appends and writes in progress have together, in bytes; a quarter of the
         * heap by default, or four parts if that is more. One that finds none within ten seconds fails with a
         * {@link dev.berth.registry.storage.StorageBusyException}. Nothing is taken in advance.
         *
         * @throws IllegalArgumentException if it is less than 16 MiB; two parts are the least that is used
         */
        public Builder bufferBytes(long bytes) {
            if (bytes < SMALLEST_BUFFERS) {
                throw new IllegalArgumentException(
                        "The parts of uploads need at least " + SMALLEST_BUFFERS + " bytes (16 MiB), not " + bytes);
            }
            this.bufferBytes = OptionalLong.of(bytes);
            return this;
        }

        /**
         * Sets the largest number of concurrent connections to the service; 256 by default. Every blob that is being
         * read holds one.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxConnections(int connections) {
            if (connections < 1) {
                throw new IllegalArgumentException("There must be at least one connection, not " + connections);
            }
            this.maxConnections = connections;
            return this;
        }

        /**
         * Sets the largest number of attempts for a request, the first one included, when the service throttles or
         * fails; 5 by default. The backoff is exponential, some seconds in all.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder maxAttempts(int attempts) {
            if (attempts < 1) {
                throw new IllegalArgumentException("A request must be sent at least once, not " + attempts + " times");
            }
            this.maxAttempts = attempts;
            return this;
        }

        /**
         * Sets the timeout for each response of the service; 60 seconds by default.
         *
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder requestTimeout(Duration timeout) {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("The timeout of requests must be positive: " + timeout);
            }
            this.requestTimeout = timeout;
            return this;
        }

        /** Returns the options. */
        public S3StorageOptions build() {
            return new S3StorageOptions(new S3Settings(
                    bucket,
                    prefix,
                    region,
                    endpoint,
                    publicEndpoint,
                    pathStyle.orElse(endpoint.isPresent()),
                    credentials,
                    encryption,
                    kmsKey,
                    storageClass,
                    partBytes,
                    checksums,
                    Math.max(2L * partBytes, bufferBytes.orElse(Math.max(4L * partBytes, heap() / 4))),
                    maxConnections,
                    maxAttempts,
                    requestTimeout));
        }

        private static long heap() {
            return Runtime.getRuntime().maxMemory();
        }

        private static String notBlank(String value, String what) {
            if (value.isBlank()) {
                throw new IllegalArgumentException("The " + what + " must have a name");
            }
            return value;
        }

        private static URI httpAddress(URI address) {
            String scheme = address.getScheme();
            if (String.valueOf(address.getRawAuthority()).indexOf('@') >= 0) {
                // Not printed: it may be a password.
                throw new IllegalArgumentException("The endpoint must not hold a user or a password; give them as"
                        + " credentials, and the address as https://storage.example.com");
            }
            if (address.getHost() == null || !"http".equals(scheme) && !"https".equals(scheme)) {
                throw new IllegalArgumentException(
                        "The endpoint must be an address such as https://storage.example.com, not '" + address + "'");
            }
            return address;
        }
    }
}
