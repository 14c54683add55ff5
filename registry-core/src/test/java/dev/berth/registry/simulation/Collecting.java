package dev.berth.registry.simulation;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.maintenance.CollectionOptions;
import dev.berth.registry.maintenance.CollectionScope;
import dev.berth.registry.maintenance.Collector;
import java.time.Duration;
import java.util.Optional;

/** An actor that collects, a pass after the other. When its process dies, another one goes on. */
final class Collecting implements Runnable {
    private final Run run;
    private final Schedule schedule;
    private final boolean whole;
    private int left;

    Collecting(Run run, int passes) {
        this.run = run;
        this.schedule = run.schedule;
        this.whole = schedule.choose(3) == 0;
        this.left = passes;
    }

    @Override
    public void run() {
        while (left > 0) {
            Life life = run.begin();
            try (Collector collector = collector(run, life)) {
                passes(life, collector);
            } catch (Died e) {
                schedule.trace("dies", () -> "");
            }
        }
    }

    private void passes(Life life, Collector collector) {
        while (left > 0) {
            left--;
            long grace = run.settings.grace().toNanos();
            schedule.sleep(Duration.ofNanos(grace / 1000 * schedule.choose(1200)));
            life.requireAlive();
            CollectionScope scope =
                    whole && schedule.choose(3) == 0 ? CollectionScope.EVERYTHING : CollectionScope.CHANGED;
            schedule.trace("collects", scope::toString);
            Optional<History.Whole> all =
                    scope == CollectionScope.EVERYTHING ? Optional.of(run.history.beginWhole()) : Optional.empty();
            try {
                collector.collect(scope);
                all.ifPresent(run.history::end);
            } catch (RegistryException e) {
                schedule.trace("told", () -> e.code().toString());
                if (e.code() != ErrorCode.UNAVAILABLE) {
                    throw e;
                }
            }
        }
    }

    private static Collector collector(Run run, Life life) {
        return Collector.over(
                run.storeOfCollection(life),
                CollectionOptions.builder()
                        .grace(run.settings.grace())
                        .clock(run.schedule)
                        .nanoTime(run.schedule::nanoTime)
                        .pause(run.schedule::sleep)
                        .build());
    }

    /** Collects all that nobody needs. */
    static void complete(Run run, CollectionScope scope) {
        try (Collector collector = collector(run, run.begin())) {
            run.schedule.trace("collects", () -> "all, " + scope);
            collector.complete(scope);
        }
    }
}
