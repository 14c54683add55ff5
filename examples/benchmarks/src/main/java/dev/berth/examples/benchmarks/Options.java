package dev.berth.examples.benchmarks;

import dev.berth.examples.benchmarks.server.OtherPeer;
import dev.berth.examples.benchmarks.server.Peer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What the command line says. */
final class Options {
    static final String USAGE = """
            Measures Berth beside other registries on this machine.

              --only A,B…           scenarios or stages: disk, large, memory, tls, listing, start, inside (all)
              --rounds N            how often each is measured (5)
              --seconds N           how long a measurement takes (2)
              --quick               one short round of few scenarios, to see that it works
              --berth FILE          berth.jar or bin/berth (those of this build)
              --berth-before FILE   another one, beside it
              --also NAME=COMMAND   another registry, with {port} and {dir} in its command
              --also NAME=ADDRESS   one that runs already, at an http:// or https:// address of this machine;
                                    NAME:durable=… if what it acknowledged survives a power cut,
                                    NAME:pid=N=… to see what the process uses
              --disk DIR            where durable things are stored (the working directory)
              --memory DIR          a directory in memory (/dev/shm)
              --heap SIZE           the most heap of Berth (256m)
              --entries A,B…        sizes of listings (200,20000,100000)
              --out DIR             where results.json, report.md and plots go (benchmark-results)
              --add                 keep what results.json there has of other scenarios
              --docs DIR            write plots into this directory and the report into its performance.md as well
              --render              measure nothing: make the report and the plots from results.json
            """;

    private final List<String> only = new ArrayList<>();
    private final List<Peer> others = new ArrayList<>();
    private final List<Integer> entries = new ArrayList<>(List.of(200, 20_000, 100_000));
    private int rounds = 5;
    private Duration time = Duration.ofSeconds(2);
    private Duration warmUp = Duration.ofSeconds(2);
    private Optional<Path> berth = Optional.empty();
    private Optional<Path> before = Optional.empty();
    private Optional<Path> docs = Optional.empty();
    private Path disk = Path.of("");
    private Path memory = Path.of("/dev/shm");
    private Path out = Path.of("benchmark-results");
    private String heap = "256m";
    private int largeLayer = 100_000_000;
    private boolean add;
    private boolean render;

    private Options() {}

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException if it is not understood
     */
    static Options parse(String... arguments) {
        Options options = new Options();
        Deque<String> left = new ArrayDeque<>(List.of(arguments));
        while (!left.isEmpty()) {
            options.read(left.pop(), left);
        }
        return options;
    }

    private void read(String option, Deque<String> left) {
        switch (option) {
            case "--quick" -> quick();
            case "--add" -> add = true;
            case "--render" -> render = true;
            default -> read(option, value(option, left));
        }
    }

    private void read(String option, String value) {
        switch (option) {
            case "--only" -> {
                only.clear();
                only.addAll(List.of(value.split(",")));
            }
            case "--rounds" -> rounds = positive(option, value);
            case "--seconds" -> time = Duration.ofSeconds(positive(option, value));
            case "--berth" -> berth = Optional.of(Path.of(value).toAbsolutePath());
            case "--berth-before" -> before = Optional.of(Path.of(value).toAbsolutePath());
            case "--also" -> others.add(OtherPeer.parse(value));
            case "--disk" -> disk = Path.of(value);
            case "--memory" -> memory = Path.of(value);
            case "--heap" -> heap = value;
            case "--entries" -> {
                entries.clear();
                List.of(value.split(",")).forEach(count -> entries.add(positive(option, count)));
            }
            case "--out" -> out = Path.of(value);
            case "--docs" -> docs = Optional.of(Path.of(value));
            default -> throw new IllegalArgumentException("Unknown option " + option);
        }
    }

    /** What goes before it, and after it on the command line can still be changed. */
    private void quick() {
        rounds = 1;
        time = Duration.ofSeconds(1);
        warmUp = Duration.ZERO;
        largeLayer = 1_000_000;
        only.addAll(List.of("manifest-32", "push-memory-1", "start"));
    }

    private static String value(String option, Deque<String> left) {
        if (left.isEmpty()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.pop();
    }

    private static int positive(String option, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(option + " needs a positive number, not " + value);
    }

    /** Whether a scenario, of this stage, is wanted. */
    boolean wants(String stage, String scenario) {
        return only.isEmpty() || only.contains(stage) || only.contains(scenario);
    }

    /** Refuses what names none of these. */
    void requireKnown(Collection<String> names) {
        for (String name : only) {
            if (!names.contains(name)) {
                throw new IllegalArgumentException("--only knows " + String.join(", ", names) + ", but not " + name);
            }
        }
    }

    /** The bytes of the layer that stands for large ones. */
    int largeLayer() {
        return largeLayer;
    }

    List<Peer> others() {
        return others;
    }

    List<Integer> entries() {
        return entries;
    }

    int rounds() {
        return rounds;
    }

    Duration time() {
        return time;
    }

    Duration warmUp() {
        return warmUp;
    }

    Optional<Path> berth() {
        return berth;
    }

    Optional<Path> before() {
        return before;
    }

    Optional<Path> docs() {
        return docs;
    }

    Path disk() {
        return disk.toAbsolutePath();
    }

    Path memory() {
        return memory.toAbsolutePath();
    }

    Path out() {
        return out;
    }

    String heap() {
        return heap;
    }

    boolean add() {
        return add;
    }

    boolean render() {
        return render;
    }
}
