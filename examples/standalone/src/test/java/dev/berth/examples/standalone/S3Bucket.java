package dev.berth.examples.standalone;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.services.s3.model.ListMultipartUploadsResponse;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket of a test's own, and the part of it that a registry uses.
 *
 * @param endpoint of the service, or of something between it and a registry
 */
record S3Bucket(S3Gateway gateway, URI endpoint, String name) implements SharedStorage {
    private static final String PREFIX = "registries/one";

    /** Makes a new one. */
    static S3Bucket create(S3Gateway gateway) {
        String name = "it-" + UUID.randomUUID();
        gateway.client().createBucket(request -> request.bucket(name));
        return new S3Bucket(gateway, gateway.endpoint(), name);
    }

    /** The same one, reached by another way. */
    S3Bucket by(URI otherEndpoint) {
        return new S3Bucket(gateway, otherEndpoint, name);
    }

    @Override
    public String address() {
        return "s3://" + name + "/" + PREFIX;
    }

    @Override
    public BerthCommand authorise(BerthCommand command) {
        return authorise(command, gateway.writer());
    }

    BerthCommand authorise(BerthCommand command, S3Gateway.AccessKey key) {
        return command.with("REGISTRY_STORAGE_S3_REGIONENDPOINT", endpoint.toString())
                .with("REGISTRY_STORAGE_S3_ACCESSKEY", key.id())
                .with("REGISTRY_STORAGE_S3_SECRETKEY", key.secret());
    }

    @Override
    public String dockersDriver() {
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

    /** Lets the gateway's other user read, and nothing else. */
    void letRead() {
        gateway.client().putBucketPolicy(request -> request.bucket(name).policy("""
                {"Version":"2012-10-17","Statement":[{"Effect":"Allow",
                "Principal":{"AWS":["arn:aws:iam:::user/reader"]},
                "Action":["s3:GetObject","s3:ListBucket"],
                "Resource":["arn:aws:s3:::%1$s","arn:aws:s3:::%1$s/*"]}]}""".formatted(name)));
    }

    /** The keys of what is kept of uploads under way. */
    List<String> keptOfUploads() {
        return gateway
                .client()
                .listObjectsV2(request -> request.bucket(name).prefix(PREFIX + "/_berth/uploads/"))
                .contents()
                .stream()
                .map(S3Object::key)
                .toList();
    }

    /** The keys of the multipart uploads that have neither been completed nor aborted. */
    List<String> openUploads() {
        ListMultipartUploadsResponse answer = gateway.client().listMultipartUploads(request -> request.bucket(name));
        return answer.uploads().stream().map(MultipartUpload::key).toList();
    }
}
