package dev.berth.registry.storage.s3;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.S3ServiceClientConfiguration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** Creates the SDK's clients according to the options. */
final class S3Clients {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private S3Clients() {}

    /** Creates a client whose requests pass through these interceptors. */
    static S3Client client(S3Settings settings, ExecutionInterceptor... observers) {
        return builder(settings, observers).build();
    }

    static S3ClientBuilder builder(S3Settings settings, ExecutionInterceptor... observers) {
        S3ClientBuilder client = S3Client.builder()
                .forcePathStyle(settings.pathStyle())
                // Content is named by its digest, which the reader verifies.
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(Apache5HttpClient.builder()
                        .maxConnections(settings.maxConnections())
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .connectionAcquisitionTimeout(settings.requestTimeout())
                        .socketTimeout(settings.requestTimeout()))
                .overrideConfiguration(configuration -> {
                    configuration.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(settings.maxAttempts())
                            .build());
                    for (ExecutionInterceptor observer : observers) {
                        configuration.addExecutionInterceptor(observer);
                    }
                });
        settings.checksums().ifPresent(checksums -> {
            client.requestChecksumCalculation(
                    checksums == S3Checksums.CRC32
                            ? RequestChecksumCalculation.WHEN_SUPPORTED
                            : RequestChecksumCalculation.WHEN_REQUIRED);
            if (checksums == S3Checksums.MD5_WHERE_REQUIRED) {
                client.addPlugin(LegacyMd5Plugin.create());
            }
        });
        settings.endpoint().ifPresent(client::endpointOverride);
        settings.credentials().ifPresent(client::credentialsProvider);
        settings.region()
                .or(() -> settings.endpoint().map(endpoint -> "us-east-1"))
                .ifPresent(region -> client.region(Region.of(region)));
        return client;
    }

    /** Creates a presigner with the settings of this client, for the public endpoint if there is one. */
    static S3Presigner presigner(S3Client client, S3Settings settings) {
        S3ServiceClientConfiguration sameAs = client.serviceClientConfiguration();
        S3Presigner.Builder presigner = S3Presigner.builder()
                .s3Client(client)
                .region(sameAs.region())
                .credentialsProvider(sameAs.credentialsProvider());
        settings.publicEndpoint().or(sameAs::endpointOverride).ifPresent((URI endpoint) -> {
            presigner.endpointOverride(endpoint);
            presigner.serviceConfiguration(S3Configuration.builder()
                    .pathStyleAccessEnabled(settings.pathStyle())
                    .build());
        });
        return presigner.build();
    }
}
