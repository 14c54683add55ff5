package dev.berth.registry.storage.s3;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/**
 * What options say, with all defaults that do not depend on the service.
 *
 * @param prefix empty, or ends with a slash
 */
record S3Settings(
        String bucket,
        String prefix,
        Optional<String> region,
        Optional<URI> endpoint,
        Optional<URI> publicEndpoint,
        boolean pathStyle,
        Optional<AwsCredentialsProvider> credentials,
        Optional<String> encryption,
        Optional<String> kmsKey,
        Optional<String> storageClass,
        int partBytes,
        Optional<S3Checksums> checksums,
        long bufferBytes,
        int maxConnections,
        int maxAttempts,
        Duration requestTimeout) {}
