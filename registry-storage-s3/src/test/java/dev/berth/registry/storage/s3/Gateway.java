package dev.berth.registry.storage.s3;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;

/**
 * A service that speaks S3, and a new bucket in it. One for all tests of this JVM.
 *
 * @param endpoint where it is
 * @param bucket exists, and belongs to this JVM
 */
record Gateway(URI endpoint, String accessKey, String secretKey, String bucket) {

    /** Makes a new bucket in a service. */
    static Gateway withNewBucket(URI endpoint, String accessKey, String secretKey) {
        Gateway gateway = new Gateway(endpoint, accessKey, secretKey, "berth-" + UUID.randomUUID());
        try (S3Client client = gateway.client()) {
            client.createBucket(request -> request.bucket(gateway.bucket()));
        }
        return gateway;
    }

    S3StorageOptions.Builder options(String prefix) {
        return S3StorageOptions.builder(bucket)
                .endpoint(endpoint)
                .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .prefix(prefix);
    }

    /** Opens a store in a part of the bucket that nobody else uses. */
    S3ObjectStore newStore() throws IOException {
        return store(newPrefix());
    }

    S3ObjectStore store(String prefix, ExecutionInterceptor... observers) throws IOException {
        return S3ObjectStore.open(options(prefix).build(), observers);
    }

    static String newPrefix() {
        return "test/" + UUID.randomUUID();
    }

    /** Returns the multipart uploads that have been started below a prefix and not been completed or aborted. */
    List<MultipartUpload> openUploads(String prefix) {
        try (S3Client client = client()) {
            return client.listMultipartUploads(request -> request.bucket(bucket)).uploads().stream()
                    .filter(upload -> upload.key().startsWith(prefix))
                    .toList();
        }
    }

    S3Client client() {
        return S3Clients.client(options("").build().settings());
    }
}
