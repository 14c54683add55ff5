package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.GeneratedContent;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads that are slow, and as many as they like, leave memory and threads for pulls. */
@Tag("any-jdk")
class SlowUploadsIT {
    private static final int UPLOADS = 1800;
    /** More than the server buffers for an upload. */
    private static final int SENT = 70_000;

    private static final int PULLS = 200;

    @TempDir
    Path storage;

    @Test
    void pullsAreServedMeanwhile() throws Exception {
        GeneratedContent content = new GeneratedContent(1, 10_000);
        String digest = content.digest();
        List<Socket> uploads = new ArrayList<>();
        try (BerthProcess berth = BerthCommand.serve(storage).heap("128m").start()) {
            LargeBlobs blobs = new LargeBlobs(berth.http());
            blobs.uploadWhole("app", content, digest);
            for (int i = 0; i < UPLOADS; i++) {
                Socket upload = new Socket("127.0.0.1", berth.port());
                uploads.add(upload);
                begin(upload, i);
            }

            for (int i = 0; i < PULLS; i++) {
                blobs.expectBlob("app", content, digest);
            }

            int refused = 0;
            for (Socket upload : uploads) {
                refused += upload.getInputStream().available() > 0 ? 1 : 0;
            }
            assertThat(refused).as("uploads that are told to come again").isBetween(UPLOADS / 2, UPLOADS - 400);
            byte[] answer = new byte[12];
            assertThat(uploads.get(UPLOADS - 1).getInputStream().readNBytes(answer, 0, 12))
                    .isEqualTo(12);
            assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 503");
            assertThat(berth.log()).doesNotContain("OutOfMemoryError");
        } finally {
            for (Socket upload : uploads) {
                upload.close();
            }
        }
    }

    private static void begin(Socket upload, int number) throws IOException {
        String head =
                "POST /v2/app/blobs/uploads/?digest=sha256:%064d HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n"
                        .formatted(number);
        upload.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        upload.getOutputStream().write(new byte[SENT]);
    }
}
