package dev.berth.examples.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that push at the same time, each on a connection and into a repository of its own. */
public final class PushLoad {
    private static final int LAYERS = 5;
    private static final int LAYER_SIZE = 20_480;

    private PushLoad() {}

    /** Pushes small images, of five layers of 20 KB, until the time has passed. */
    public static Load images(URI server, int clients, Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        AtomicLong bytes = new AtomicLong();
        return run(
                server,
                clients,
                (pusher, client) -> {
                    if (System.nanoTime() >= end) {
                        return false;
                    }
                    String tag =
                            "t" + Long.toHexString(ThreadLocalRandom.current().nextLong());
                    pusher.image("push/client-" + client, tag, randomImage());
                    bytes.addAndGet((long) LAYERS * LAYER_SIZE);
                    return true;
                },
                bytes);
    }

    /** Pushes blobs of this size, so many in all. */
    public static Load blobs(URI server, int clients, int size, int count) throws IOException, InterruptedException {
        LargeBlobs blobs = new LargeBlobs(size);
        AtomicInteger left = new AtomicInteger(count);
        AtomicLong bytes = new AtomicLong();
        return run(
                server,
                clients,
                (pusher, client) -> {
                    if (left.getAndDecrement() <= 0) {
                        return false;
                    }
                    pusher.blob("push/large-" + client, blobs.next());
                    bytes.addAndGet(size);
                    return true;
                },
                bytes);
    }

    /** Pushes tags of an empty index into one repository, or such an index into many, as fast as it goes. */
    static void indexes(URI server, int clients, int from, int to, Named named)
            throws IOException, InterruptedException {
        AtomicInteger next = new AtomicInteger(from);
        Load load = run(
                server,
                clients,
                (pusher, client) -> {
                    int number = next.getAndIncrement();
                    if (number >= to) {
                        return false;
                    }
                    pusher.emptyIndex(named.repository(number), named.tag(number));
                    return true;
                },
                new AtomicLong());
        if (load.errors() > 0) {
            throw new IOException(load.errors() + " pushes failed");
        }
    }

    /** Where an index goes. */
    interface Named {
        String repository(int number);

        String tag(int number);
    }

    /** One operation of a client; false at the end. */
    private interface Step {
        boolean next(Pusher pusher, int client) throws IOException;
    }

    private static Load run(URI server, int clients, Step step, AtomicLong bytes)
            throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            long begin = System.nanoTime();
            List<Future<Times>> futures = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                int number = client;
                futures.add(threads.submit((Callable<Times>) () -> client(server, number, step)));
            }
            Times all = new Times();
            for (Future<Times> future : futures) {
                all.add(future.get());
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            return all.load(bytes.get(), seconds);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** A client whose push fails begins anew on another connection. */
    private static Times client(URI server, int number, Step step) throws IOException {
        Times times = new Times();
        while (true) {
            try (Pusher pusher = new Pusher(server)) {
                long begin = System.nanoTime();
                while (step.next(pusher, number)) {
                    long end = System.nanoTime();
                    times.add(end - begin);
                    begin = end;
                }
                return times;
            } catch (IOException e) {
                times.failed(e);
            }
        }
    }

    private static Image randomImage() {
        List<Blob> layers = new ArrayList<>();
        for (int layer = 0; layer < LAYERS; layer++) {
            byte[] content = new byte[LAYER_SIZE];
            ThreadLocalRandom.current().nextBytes(content);
            layers.add(Blob.of(content));
        }
        return new Image(layers);
    }

    /** How long operations took. */
    private static final class Times {
        private static final int TOO_MANY_ERRORS = 100;

        private final List<Long> nanos = new ArrayList<>();
        private long errors;

        void add(long took) {
            nanos.add(took);
        }

        void add(Times other) {
            nanos.addAll(other.nanos);
            errors += other.errors;
        }

        void failed(IOException e) throws IOException {
            errors++;
            if (errors >= TOO_MANY_ERRORS) {
                throw new IOException(errors + " pushes failed", e);
            }
        }

        Load load(long bytes, double seconds) {
            long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
            Arrays.sort(sorted);
            return new Load(sorted.length, bytes, seconds, millis(sorted, 0.5), millis(sorted, 0.99), errors);
        }

        private static double millis(long[] sorted, double part) {
            return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1) * part)] / 1e6;
        }
    }
}
