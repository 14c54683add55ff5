package dev.berth.examples.standalone.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.mirror.MirrorOptions;
import dev.berth.registry.server.RegistryServer;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Pulls of what a mirror has, compared with those from the engine alone over the same files, in turns. */
@EnabledIfSystemProperty(
        named = "berth.it.timing",
        matches = "true",
        disabledReason = "measures; set -Dberth.it.timing=true on a machine that does nothing else")
class WarmMirrorIT {
    private static final int ROUNDS = 15;
    // Until the compiler of the JVM is done with both.
    private static final int WARM_UP = 15;
    private static final int THREADS = 4;
    private static final int SMALL = 1_500;
    private static final int LARGE = 8;

    @TempDir
    Path directory;

    /** Something that is pulled often. */
    private record Pulls(String name, String path, int count) {}

    @Test
    void aMirrorIsAlmostAsFastAsTheEngine() throws Exception {
        try (Upstream upstream = Upstream.start(directory);
                ObjectStore store = FileObjectStore.open(directory.resolve("store"))) {
            UpstreamImage image = UpstreamImage.push(upstream.repository(), "warm", 30_000_000, 4);
            MirrorOptions.Builder options =
                    MirrorOptions.builder().fresh(Duration.ofDays(1)).budget(1_000_000_000L);
            try (MirrorNode node = new MirrorNode(store, upstream.proxy(), options);
                    RegistryServer engine = RegistryServer.builder(node.local)
                            .listen("127.0.0.1", 0)
                            .build()
                            .start()) {
                node.read(UpstreamImage.manifestPath("warm"));
                image.pull(node);
                node.awaitDownloads();
                List<Pulls> kinds = List.of(
                        new Pulls("tags", UpstreamImage.manifestPath("warm"), SMALL),
                        new Pulls(
                                "manifests",
                                UpstreamImage.manifestPath(
                                        image.manifest().digest().toString()),
                                SMALL),
                        new Pulls(
                                "blobs",
                                UpstreamImage.blobPath(
                                        image.layers().keySet().iterator().next()),
                                LARGE));
                for (Pulls pulls : kinds) {
                    compare(pulls, engine.uri(), node.uri());
                }
                long before = upstream.proxy().count("", "");
                image.pull(node);
                node.read(UpstreamImage.manifestPath("warm"));
                assertThat(upstream.proxy().count("", "")).isEqualTo(before);
            }
        }
    }

    private static void compare(Pulls pulls, URI engine, URI mirror) throws Exception {
        double[] ratios = new double[ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double first = time(pulls, round % 2 == 0 ? engine : mirror);
            double second = time(pulls, round % 2 == 0 ? mirror : engine);
            if (round >= 0) {
                ratios[round] = round % 2 == 0 ? first / second : second / first;
            }
        }
        Arrays.sort(ratios);
        double median = ratios[ROUNDS / 2];
        System.out.printf(
                Locale.ROOT,
                "%s: a warm mirror has %.2f of the rate of the engine (%.2f to %.2f)%n",
                pulls.name(),
                median,
                ratios[0],
                ratios[ROUNDS - 1]);
        assertThat(median).as(pulls.name()).isGreaterThan(0.9);
    }

    private static double time(Pulls pulls, URI server) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            long start = System.nanoTime();
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                running.add(threads.submit(() -> {
                    for (int j = 0; j < pulls.count() / THREADS; j++) {
                        read(server.resolve(pulls.path()));
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                each.get();
            }
            return System.nanoTime() - start;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void read(URI address) throws IOException {
        byte[] buffer = new byte[256 * 1024];
        try (InputStream body = address.toURL().openStream()) {
            int count = 0;
            while (count >= 0) {
                count = body.read(buffer);
            }
        }
    }
}
