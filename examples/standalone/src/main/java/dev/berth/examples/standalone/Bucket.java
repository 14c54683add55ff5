package dev.berth.examples.standalone;

import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.s3.S3ObjectStore;
import dev.berth.registry.storage.s3.S3StorageOptions;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/**
 * In a bucket of an S3-compatible service, which any number of processes may use at the same time.
 *
 * @param name the bucket
 * @param prefix what the names of all objects begin with; may be empty
 * @param region where the bucket is; where the SDK says if empty
 * @param endpoint the service, if it is not that of AWS
 * @param publicEndpoint the service as clients reach it, if they do not as this process does
 * @param pathStyle whether the bucket is named in the path of requests; depends on the endpoint if empty
 * @param key who this process is; what the SDK finds if empty
 * @param encryption how the service is to encrypt; as it does by itself if empty
 * @param storageClass how the service is to store; as it does by itself if empty
 * @param partBytes the size of the parts of large blobs; the store's own if empty
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
        Optional<Integer> partBytes)
        implements Storage {

    /** A name and what proves it. */
    record AccessKey(String id, String secret) {
        @Override
        public String toString() {
            return "AccessKey[" + id + "]";
        }
    }

    /**
     * Encryption by the service.
     *
     * @param kmsKey one of its key management service; a key of the service's own if empty
     */
    record Encryption(Optional<String> kmsKey) {}

    /** What {@code --storage} begins with. */
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
            return options.build();
        } catch (IllegalArgumentException e) {
            throw new ConfigException("The storage " + this + " cannot be used: " + e.getMessage() + ".");
        }
    }

    /** Opening it says more than looking for it could. */
    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public String toString() {
        return SCHEME + name + (prefix.isEmpty() ? "" : "/" + prefix);
    }
}
