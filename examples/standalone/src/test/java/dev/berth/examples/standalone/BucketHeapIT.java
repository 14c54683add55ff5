package dev.berth.examples.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What goes through berth.jar into a bucket is much larger than its heap. With {@code -Dberth.it.blob-gib=6} it is larger
 * than what S3 copies in one go, too; the gateway must have room for it twice.
 */
@ExtendWith(S3GatewayExtension.class)
class BucketHeapIT {
    private static final double GIB = 1L << 30;

    private final S3Bucket bucket;

    BucketHeapIT(S3Bucket bucket) {
        this.bucket = bucket;
    }

    private void expectThrough(long size) throws IOException, InterruptedException {
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
        assertThat(bucket.openUploads()).isEmpty();
    }

    @Test
    void aBlobOf300MBGoesInAndOutWithAHeapOf128MiB() throws IOException, InterruptedException {
        expectThrough(300_000_000);
    }

    @Test
    void aBlobOfAnySizeDoes() throws IOException, InterruptedException {
        String gib = System.getProperty("berth.it.blob-gib");
        assumeTrue(gib != null, "takes minutes and much room; -Dberth.it.blob-gib=6 switches it on");

        expectThrough((long) (Double.parseDouble(gib) * GIB));
    }
}
