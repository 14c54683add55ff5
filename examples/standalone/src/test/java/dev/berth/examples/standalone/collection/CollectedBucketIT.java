package dev.berth.examples.standalone.collection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.UsesS3Gateway;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code berth gc} of a bucket that two registries serve meanwhile. */
@UsesS3Gateway
@Tag("any-jdk")
class CollectedBucketIT {
    private static final String REPOSITORY = "team/app";

    private final TestImage kept = TestImage.random(1, 2, 10_000);
    private final TestImage deleted = TestImage.random(2, 2, 10_000);

    @Test
    void whatWasDeletedGoesAndCanBePushedAgain(S3Bucket bucket) throws Exception {
        try (BerthProcess one = serve(bucket);
                BerthProcess other = serve(bucket)) {
            List<RegistryHttp> nodes = List.of(one.http(), other.http());
            nodes.get(0).pushImage(REPOSITORY, "kept", kept);
            nodes.get(0).pushImage(REPOSITORY, "deleted", deleted);
            RegistryHttp.expect(
                    202,
                    nodes.get(1)
                            .delete("/v2/" + REPOSITORY + "/manifests/"
                                    + deleted.manifest().digest()));

            String report = collect(bucket, "--grace", "1s", "--wait");

            assertThat(report).contains("Removed: 4, ");
            for (RegistryHttp node : nodes) {
                node.expectImage(REPOSITORY, "kept", kept);
                for (Content blob : deleted.blobs()) {
                    RegistryHttp.expect(404, node.getBlob(REPOSITORY, blob.digest()));
                }
            }
            nodes.get(1).pushImage(REPOSITORY, "again", deleted);
            collect(bucket, "--grace", "1s", "--wait", "--full");
            for (RegistryHttp node : nodes) {
                node.expectImage(REPOSITORY, "again", deleted);
            }
        }
    }

    private static BerthProcess serve(S3Bucket bucket) throws IOException, InterruptedException {
        return withoutTrash(bucket.serve().withDeletion()).start();
    }

    private static String collect(S3Bucket bucket, String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("gc", "--storage", bucket.address()));
        arguments.addAll(List.of(options));
        return withoutTrash(bucket.configure(BerthCommand.of(arguments.toArray(String[]::new))))
                .run()
                .successful()
                .out();
    }

    private static BerthCommand withoutTrash(BerthCommand command) {
        return command.with("REGISTRY_MAINTENANCE_UNDELETE", "0s");
    }
}
