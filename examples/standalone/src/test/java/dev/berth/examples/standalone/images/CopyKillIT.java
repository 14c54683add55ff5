package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.content.TestImage;
import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code berth copy} is killed repeatedly and resumes each time. */
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "takes a minute; set -Dberth.it.long=true to run it")
@Tag("any-jdk")
class CopyKillIT {
    private static final int LAYERS = 60;
    private static final int KILLS = 6;
    private static final Pattern STORED =
            Pattern.compile("\"PUT /v2/app/blobs/uploads/\\S*digest=(sha256\\S{1,3}[0-9a-f]{64})\\S* HTTP/1.1\" 201 ");

    @TempDir
    Path directory;

    @Test
    void aKilledCopyResumesWithoutCopyingACompleteBlobTwice() throws IOException, InterruptedException {
        TestImage image = TestImage.random(1, LAYERS, 200_000);
        try (BerthProcess from = BerthCommand.serve(directory.resolve("from")).start();
                BerthProcess to = BerthCommand.serve(directory.resolve("to")).start()) {
            from.http().pushImage("app", "1.0", image);
            BerthCommand copy = BerthCommand.of("copy", from.hostAndPort() + "/app:1.0", to.hostAndPort() + "/app:1.0");

            for (int arrived : numbersOfBlobs()) {
                try (ChildProcess copying = copy.launch()) {
                    awaitBlobs(copying, arrived);
                    copying.kill();
                    copying.awaitExit();
                }
                assertThat(to.http().getManifest("app", "1.0").statusCode()).isEqualTo(404);
            }
            copy.run().successful();

            to.http().expectImage("app", "1.0", image);
            assertThat(stored(to))
                    .hasSize(LAYERS + 1)
                    .allSatisfy((digest, times) -> assertThat(times).as(digest).isEqualTo(1));
        }
    }

    /**
     * Returns the number of blobs after which each copy is killed. The numbers rise, since a later copy finds the blobs of
     * earlier ones, and leave enough blobs that no copy ends before it is killed.
     */
    private static List<Integer> numbersOfBlobs() {
        Random random = new Random(7);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < KILLS; i++) {
            numbers.add(1 + random.nextInt(LAYERS / 2));
        }
        Collections.sort(numbers);
        return numbers;
    }

    private static void awaitBlobs(ChildProcess copying, int number) throws InterruptedException {
        int[] seen = {0};
        copying.err().awaitLine("blob", line -> line.startsWith("blob ") && ++seen[0] == number, ChildProcess.TIMEOUT);
    }

    private static Map<String, Integer> stored(BerthProcess server) {
        Map<String, Integer> times = new TreeMap<>();
        Matcher put = STORED.matcher(server.log());
        while (put.find()) {
            times.merge(put.group(1), 1, Integer::sum);
        }
        return times;
    }
}
