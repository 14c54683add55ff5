package dev.berth.examples.standalone.configuration;

import dev.berth.examples.standalone.cli.CommandException;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.s3.S3ObjectStore;
import dev.berth.registry.storage.s3.S3StorageOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * A bucket of an S3-compatible service. Any number of processes may use it at the same time.
 *
 * @param name the bucket
 * @param prefix the prefix of all object keys; may be empty
 * @param region the region of the bucket; the default of the SDK if empty
 * @param endpoint the endpoint of the service; that of AWS if empty
 * @param publicEndpoint the endpoint for clients that are redirected to the service; the same one if empty
 * @param pathStyle whether requests use path-style addressing; depends on the endpoint if empty
 * @param key the credentials; the default chain of the SDK if empty
 * @param encryption the server-side encryption to request; the default of the bucket if empty
 * @param storageClass the storage class; the default of the service if empty
 * @param partBytes the part size of multipart uploads, in bytes; the default of the store if empty
 * @param requests what requests to the service may use
 */
record Bucket(
        String name,
        String prefix,
        Optional<String> region,
        Optional<URI> endpoint,
        Optional<URI> publicEndpoint,
        Optional<Boolean> pathStyle,
        Optional<AccessKey> key,
        Optional<Encryption> encryption,
        Optional<String> storageClass,
        Optional<Integer> partBytes,
        Requests requests)
        implements Storage {

    /** An access key and its secret, which {@link #toString} omits. */
    record AccessKey(String id, String secret) {
        @Override
        public String toString() {
            return "AccessKey[" + id + "]";
        }
    }

    /**
     * Server-side encryption.
     *
     * @param kmsKey a key of the key management service; a key of the storage service if empty
     */
    record Encryption(Optional<String> kmsKey) {}

    /**
     * What requests to the service may use; the default of the store for what is empty.
     *
     * @param bufferBytes the memory for parts that are sent, in bytes
     * @param connections the number of connections
     * @param attempts how often a request is sent at most
     * @param timeout how long a response may take
     */
    record Requests(
            OptionalLong bufferBytes,
            Optional<Integer> connections,
            Optional<Integer> attempts,
            Optional<Duration> timeout) {}

    /** The prefix of the address of a bucket in {@code --storage}. */
    static final String SCHEME = "s3://";

    @Override
    public ObjectStore open() throws IOException {
        return S3ObjectStore.open(options());
    }

    private S3StorageOptions options() {
        try {
            S3StorageOptions.Builder options = S3StorageOptions.builder(name).prefix(prefix);
            region.ifPresent(options::region);
            endpoint.ifPresent(options::endpoint);
            publicEndpoint.ifPresent(options::publicEndpoint);
            pathStyle.ifPresent(options::pathStyle);
            key.ifPresent(pair -> options.credentials(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create(pair.id(), pair.secret()))));
            encryption.ifPresent(
                    wanted -> wanted.kmsKey().ifPresentOrElse(options::encryptedWithKmsKey, options::encrypted));
            storageClass.ifPresent(options::storageClass);
            partBytes.ifPresent(options::partBytes);
            requests.bufferBytes().ifPresent(options::bufferBytes);
            requests.connections().ifPresent(options::maxConnections);
            requests.attempts().ifPresent(options::maxAttempts);
            requests.timeout().ifPresent(options::requestTimeout);
            return options.build();
        } catch (IllegalArgumentException e) {
            throw new CommandException("The storage " + this + " cannot be used: " + e.getMessage() + ".");
        }
    }

    /** Opening the bucket gives the better message, so this does not ask the service. */
    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public String toString() {
        return SCHEME + name + (prefix.isEmpty() ? "" : "/" + prefix);
    }
}
