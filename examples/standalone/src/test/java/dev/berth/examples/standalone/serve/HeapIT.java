package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.GeneratedContent;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transfers through berth.jar are much larger than its heap. */
@Tag("any-jdk")
class HeapIT {
    /** Four times the heap; {@code -Dberth.it.long=true} makes it sixteen times. */
    private static final long LARGE = Boolean.getBoolean("berth.it.long") ? 1L << 30 : 1L << 28;

    @TempDir
    Path storage;

    @Test
    void aBlobLargerThanTheHeapIsPushedAndPulled() throws IOException, InterruptedException {
        GeneratedContent content = new GeneratedContent(1, LARGE);
        String digest = content.digest();
        try (BerthProcess berth = BerthCommand.serve(storage).heap("64m").start()) {
            LargeBlobs blobs = new LargeBlobs(berth.http());

            blobs.uploadStreamed("big/streamed", content, digest);
            blobs.expectBlob("big/streamed", content, digest);
            blobs.uploadWhole("big/whole", content, digest);
            blobs.expectBlob("big/whole", content, digest);

            expectHealthy(berth);
        }
    }

    @Test
    void sixtyFourClientsPullMoreThanTheHeapAtOnce() throws Exception {
        int clients = 64;
        GeneratedContent content = new GeneratedContent(2, 20_000_000);
        String digest = content.digest();
        try (BerthProcess berth = BerthCommand.serve(storage).heap("128m").start()) {
            LargeBlobs blobs = new LargeBlobs(berth.http());
            blobs.uploadWhole("big/shared", content, digest);

            CyclicBarrier everyoneHasAnAnswer = new CyclicBarrier(clients);
            ExecutorService threads = Executors.newFixedThreadPool(clients);
            try {
                List<Future<?>> pulls = new ArrayList<>();
                for (int i = 0; i < clients; i++) {
                    pulls.add(threads.submit(() -> {
                        try (InputStream body = blobs.open("big/shared", digest).body()) {
                            everyoneHasAnAnswer.await(2, TimeUnit.MINUTES);
                            content.expect(body);
                        }
                        return null;
                    }));
                }
                for (Future<?> pull : pulls) {
                    pull.get(5, TimeUnit.MINUTES);
                }
            } finally {
                threads.shutdownNow();
            }

            expectHealthy(berth);
        }
    }

    private static void expectHealthy(BerthProcess berth) throws IOException, InterruptedException {
        RegistryHttp.expect(200, berth.http().get("/v2/"));
        ChildProcess.Outcome outcome = berth.stop();
        assertThat(outcome.out() + outcome.err()).doesNotContain("OutOfMemoryError");
    }
}
