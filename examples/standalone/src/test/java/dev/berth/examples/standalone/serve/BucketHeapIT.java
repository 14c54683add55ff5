package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.berth.examples.standalone.content.GeneratedContent;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.UsesS3Gateway;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Transfers through berth.jar into a bucket are larger than its heap. {@code -Dberth.it.blob-gib=6} adds a blob that is
 * larger than the limit of one server-side copy of S3; the gateway needs space for it twice.
 */
@UsesS3Gateway
@Tag("any-jdk")
class BucketHeapIT {
    private static final double GIB = 1L << 30;

    private final S3Bucket bucket;

    BucketHeapIT(S3Bucket bucket) {
        this.bucket = bucket;
    }

    private void pushAndPull(long size) throws IOException, InterruptedException {
        GeneratedContent content = new GeneratedContent(1, size);
        String digest = content.digest();
        try (BerthProcess berth = bucket.serve().heap("128m").start()) {
            LargeBlobs blobs = new LargeBlobs(berth.http());

            blobs.uploadStreamed("big/streamed", content, digest);
            blobs.expectBlob("big/streamed", content, digest);

            RegistryHttp.expect(200, berth.http().get("/v2/"));
            ChildProcess.Outcome outcome = berth.stop();
            assertThat(outcome.out() + outcome.err()).doesNotContain("OutOfMemoryError");
        }
        assertThat(bucket.multipartUploads()).isEmpty();
    }

    @Test
    void aBlobLargerThanTheHeapIsPushedAndPulled() throws IOException, InterruptedException {
        pushAndPull(200_000_000);
    }

    @Test
    void aBlobLargerThanOneServerSideCopyIsPushedAndPulled() throws IOException, InterruptedException {
        String gib = System.getProperty("berth.it.blob-gib");
        assumeTrue(gib != null, "takes minutes and much room; -Dberth.it.blob-gib=6 switches it on");

        pushAndPull((long) (Double.parseDouble(gib) * GIB));
    }
}
