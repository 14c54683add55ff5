package dev.berth.examples.standalone.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.Content;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.RegistryHttp;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL during pushes loses no acknowledged content and leaves no partial content. */
@Tag("any-jdk")
class KillIT {
    private static final int ROUNDS = Integer.getInteger("berth.it.kills", Boolean.getBoolean("berth.it.long") ? 8 : 3);
    private static final int PUSHERS = 8;
    private static final int REPOSITORIES = 3;
    private static final int MIN_STEPS = 100;
    private static final int MAX_STEPS = 1500;

    @TempDir
    Path storage;

    private final PushJournal journal = new PushJournal();

    @Test
    void acknowledgedContentSurvivesSigkillAndUploadsResume() throws Exception {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            try (BerthProcess berth = BerthCommand.serve(storage).start()) {
                expectEverything(berth.http());
                pushUntilKilled(berth, round, random);
            } catch (AssertionError e) {
                throw new AssertionError("With the seed " + seed + " in round " + round + ": " + e.getMessage(), e);
            }
        }
        try (BerthProcess berth = BerthCommand.serve(storage).start()) {
            expectEverything(berth.http());

            ChildProcess.Outcome outcome = berth.stop();
            assertThat(outcome.err()).doesNotContain("Exception");
        }
        assertThat(journal.manifestCount()).isPositive();
    }

    private void expectEverything(RegistryHttp registry) throws IOException, InterruptedException {
        journal.verify(registry);
        journal.resumeUploads(registry);
    }

    private void pushUntilKilled(BerthProcess berth, int round, Random random)
            throws IOException, InterruptedException, ExecutionException, TimeoutException {
        RegistryHttp registry = berth.http();
        KillSwitch killer = new KillSwitch(berth, MIN_STEPS + random.nextInt(MAX_STEPS - MIN_STEPS));
        startUnfinishedUpload(registry, killer, random);
        ExecutorService threads = Executors.newFixedThreadPool(PUSHERS);
        try {
            List<Future<Void>> pushers = new ArrayList<>();
            for (int i = 0; i < PUSHERS; i++) {
                String repository = "pushed/" + i % REPOSITORIES;
                String name = "round" + round + "-" + i;
                pushers.add(threads.submit(
                        new Pusher(registry, killer, journal, repository, name, new Random(random.nextLong()))));
            }
            for (Future<Void> pusher : pushers) {
                pusher.get(2, TimeUnit.MINUTES);
            }
        } finally {
            threads.shutdownNow();
        }
        berth.awaitExit();
    }

    /** Starts an upload that is unfinished whenever the server is killed. */
    private void startUnfinishedUpload(RegistryHttp registry, KillSwitch killer, Random random)
            throws IOException, InterruptedException {
        byte[] bytes = new byte[100_000];
        random.nextBytes(bytes);
        Content blob = new Content("application/octet-stream", bytes);
        UploadSession upload = UploadSession.start(registry, "pushed/left", blob);
        upload.chunk(registry, killer, 60_000);
        journal.uploadStarted(upload);
    }
}
