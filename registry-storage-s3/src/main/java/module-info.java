/**
 * Stores a registry in a bucket of an S3-compatible object store: {@link dev.berth.registry.storage.s3.S3ObjectStore}.
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.berth</groupId>
 *   <artifactId>registry-storage-s3</artifactId>
 * </dependency>
 * }</pre>
 */
@SuppressWarnings("module") // S3 is a name, its digit no version
module dev.berth.registry.storage.s3 {
    requires transitive dev.berth.registry;
    requires java.xml;
    requires software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.apache5;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries;
    requires software.amazon.awssdk.retries.api;
    requires software.amazon.awssdk.services.s3;
    requires software.amazon.awssdk.utils;
    requires static org.jspecify;

    exports dev.berth.registry.storage.s3;
}
