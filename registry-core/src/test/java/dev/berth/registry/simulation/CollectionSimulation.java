package dev.berth.registry.simulation;

import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.internal.store.Marks;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.simulation.Verdict.Looked;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A run of up to six actors: some push images, tag and delete, and others collect. Then everything ends, a last collection is
 * completed, and what is there is compared with what the actors were told.
 */
public final class CollectionSimulation {
    private static final Duration UPLOAD_EXPIRY = Duration.ofHours(25);
    private static final Duration REPAIRS = Duration.ofMinutes(12);

    private final @Nullable Kind kind;
    private final Run.Rules rules;

    private CollectionSimulation(@Nullable Kind kind, Run.Rules rules) {
        this.kind = kind;
        this.rules = rules;
    }

    /** What the objects are kept in. */
    @FunctionalInterface
    public interface Kind {
        /** Returns a machine without objects. */
        Machine create(Chance chance) throws IOException;
    }

    /** Chooses what happens. */
    public interface Chance {
        /** Returns any number below this one. */
        int choose(int bound);
    }

    /** Returns a simulation over objects in memory, of stores of all kinds. */
    static CollectionSimulation inMemory() {
        return new CollectionSimulation(null, Run.Rules.TODAY);
    }

    /** Returns a simulation over what belongs to one process. */
    public static CollectionSimulation over(Kind kind) {
        return new CollectionSimulation(kind, Run.Rules.TODAY);
    }

    /** Returns the same with other rules for what processes ask the store for. */
    CollectionSimulation under(Run.Rules otherRules) {
        return new CollectionSimulation(kind, otherRules);
    }

    /**
     * Runs some seeds.
     *
     * @throws AssertionError with the trace of the first run in which something is lost, or left
     */
    public void run(long first, int count) {
        Map<Long, AssertionError> failures = new ConcurrentHashMap<>();
        OptionalLong lowest = Seeds.first(first, count, seed -> {
            Optional<AssertionError> failure = failure(seed);
            failure.ifPresent(found -> failures.put(seed, found));
            return failure.isPresent();
        });
        if (lowest.isPresent()) {
            throw new AssertionError(explain(lowest.getAsLong()), failures.get(lowest.getAsLong()));
        }
    }

    /** Runs a seed, and returns how it has failed. */
    Optional<AssertionError> failure(long seed) {
        try {
            run(seed, new Trace(false));
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(e);
        }
    }

    /** Returns what has happened in a run that fails. */
    private String explain(long seed) {
        Trace trace = new Trace(true);
        String failure = "the second run has not failed";
        try {
            run(seed, trace);
        } catch (AssertionError e) {
            failure = e.getMessage();
        }
        return "With the seed " + seed + ": " + failure + "\n" + String.join("\n", trace.lines());
    }

    /** Runs a seed. */
    void run(long seed, Trace trace) {
        Schedule schedule = new Schedule(seed, trace);
        Settings settings = settings(schedule);
        schedule.trace("settings", settings::toString);
        try (Machine machine = kind == null
                ? new SimulatedDisk(schedule::choose, schedule, settings.traits())
                : kind.create(schedule::choose)) {
            run(new Run(schedule, machine, settings, rules));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Settings settings(Schedule random) {
        if (kind != null) {
            return Settings.ofOneProcess(random);
        }
        return rules.equals(Run.Rules.TODAY) ? Settings.any(random) : Settings.narrow(random);
    }

    private static void run(Run run) throws IOException {
        Schedule schedule = run.schedule;
        Settings settings = run.settings;
        boolean narrow = settings.images() < Content.IMAGES.size();
        schedule.delays(narrow && schedule.choose(2) == 0 ? Delays.of(0.3, 0.05, Marks.TRUST) : delays(run));
        for (int i = 0; i < settings.pushers(); i++) {
            schedule.add("client " + i, new Client(run, narrow ? 3 + schedule.choose(4) : 1 + schedule.choose(4)));
        }
        for (int i = 0; i < settings.collectors(); i++) {
            schedule.add(
                    "collector " + i, new Collecting(run, narrow ? 5 + schedule.choose(6) : 2 + schedule.choose(5)));
        }
        run.machine.atMoments(run::atMoment);
        schedule.run(run::beforeTurn);
        run.calm();
        schedule.sleep(Marks.TAKEOVER.multipliedBy(2));
        StorageRegistry registry = run.registry(run.begin());
        registry.maintain();
        schedule.sleep(UPLOAD_EXPIRY);
        registry.maintain();
        if (!settings.nothingFails()) {
            // What a push has left that failed goes with the first look at the tag, and then at its repository.
            new Verdict(run.history, registry, Looked.NOBODY).check();
            new Verdict(run.history, registry, Looked.NOBODY).check();
        }
        new Verdict(run.history, registry, Looked.REQUESTS).check();
        Collecting.complete(run, CollectionScope.CHANGED);
        if (settings.everything() || !run.isCertain()) {
            // What has failed may have left what no entry tells of.
            Collecting.complete(run, CollectionScope.EVERYTHING);
        }
        // What the last one has noted for the next.
        schedule.sleep(settings.grace().plus(Marks.TRUST));
        Collecting.complete(run, CollectionScope.CHANGED);
        new Verdict(run.history, registry, Looked.COLLECTION).check();
        schedule.sleep(REPAIRS);
        registry.maintain();
        Set<String> left = new Leftovers(run.machine.objects(), settings.deletesConditionally()).find();
        if (!left.isEmpty()) {
            throw new AssertionError("Nothing needs " + String.join("\n", left));
        }
    }

    private static Delays delays(Run run) {
        Schedule random = run.schedule;
        Duration grace = run.settings.grace();
        List<Duration[]> scales = List.of(
                new Duration[] {Marks.TRUST},
                new Duration[] {Marks.TRUST, grace},
                new Duration[] {Marks.TRUST, grace, Marks.DELETING, Marks.TAKEOVER},
                new Duration[] {grace, grace.multipliedBy(2)});
        return Delays.of(
                new double[] {0.3, 0.6, 0.8}[random.choose(3)],
                new double[] {0, 0.01, 0.05}[random.choose(3)],
                random.choose(scales));
    }
}
