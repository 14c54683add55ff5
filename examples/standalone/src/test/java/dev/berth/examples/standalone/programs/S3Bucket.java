package dev.berth.examples.standalone.programs;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A private bucket of a test, of which a registry uses a prefix.
 *
 * @param endpoint the endpoint of the service, or of a proxy in front of it
 */
public record S3Bucket(S3Gateway gateway, URI endpoint, String name) implements SharedStorage {
    private static final String PREFIX = "registries/one";

    /** Creates a bucket. */
    public static S3Bucket create(S3Gateway gateway) {
        String name = "it-" + UUID.randomUUID();
        gateway.client().createBucket(request -> request.bucket(name));
        return new S3Bucket(gateway, gateway.endpoint(), name);
    }

    /** Returns the same bucket at another endpoint. */
    public S3Bucket via(URI otherEndpoint) {
        return new S3Bucket(gateway, otherEndpoint, name);
    }

    @Override
    public String address() {
        return "s3://" + name + "/" + PREFIX;
    }

    @Override
    public BerthCommand configure(BerthCommand command) {
        return configure(command, gateway.writer());
    }

    public BerthCommand configure(BerthCommand command, S3Gateway.AccessKey key) {
        return command.with("REGISTRY_STORAGE_S3_REGIONENDPOINT", endpoint.toString())
                .with("REGISTRY_STORAGE_S3_ACCESSKEY", key.id())
                .with("REGISTRY_STORAGE_S3_SECRETKEY", key.secret());
    }

    @Override
    public String dockerRegistryDriver() {
        return """
                s3:
                    accesskey: %s
                    secretkey: %s
                    region: us-east-1
                    regionendpoint: %s
                    forcepathstyle: true
                    bucket: %s
                    secure: false
                    v4auth: true
                    chunksize: 10485760
                    rootdirectory: /%s
                """.formatted(gateway.writer().id(), gateway.writer().secret(), endpoint, name, PREFIX);
    }

    /** Grants the reader read access only. */
    public void grantRead() {
        gateway.client().putBucketPolicy(request -> request.bucket(name).policy("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                "Principal":{"AWS":["arn:aws:iam:::user/reader"]},
                "Action":["s3:GetObject","s3:ListBucket"],
                "Resource":["arn:aws:s3:::%1$s","arn:aws:s3:::%1$s/*"]}]}""".formatted(name)));
    }

    /** Returns the keys of the objects of unfinished uploads. */
    public List<String> uploadObjects() {
        return gateway
                .client()
                .listObjectsV2(request -> request.bucket(name).prefix(PREFIX + "/_berth/uploads/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    /** Returns the keys of events that were not delivered yet, or were given up. */
    public List<String> waitingEvents() {
        return List.of("log", "queues", "parked", "dead", "unreadable").stream()
                .flatMap(part -> gateway
                        .client()
                        .listObjectsV2(request -> request.bucket(name).prefix(PREFIX + "/_berth/events/" + part + "/"))
                        .contents()
                        .stream())
                .map(S3Object::key)
                .toList();
    }

    /** Returns the keys of the pending multipart uploads. */
    public List<String> multipartUploads() {
        ListMultipartUploadsResponse response = gateway.client().listMultipartUploads(request -> request.bucket(name));
        return response.uploads().stream().map(MultipartUpload::key).toList();
    }
}
