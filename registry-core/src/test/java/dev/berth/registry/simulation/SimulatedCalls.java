package dev.berth.registry.simulation;

import dev.berth.registry.storage.ObjectBatch;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The calls of simulated stores. What a call does happens at one moment; before it the request is on its way, and after it the
 * answer. A process that dies before it may have asked already, and a call that fails may have, or may do it later: then the
 * change happens without anybody who waits for it, but within {@link Delays#LONGEST}. Where the objects belong to one process
 * alone, nothing happens later.
 */
final class SimulatedCalls {
    private final Schedule schedule;
    private final Machine machine;
    private final Settings settings;
    private boolean anyAbandoned;

    SimulatedCalls(Schedule schedule, Machine machine, Settings settings) {
        this.schedule = schedule;
        this.machine = machine;
        this.settings = settings;
    }

    /** Does something with the objects, at one moment. */
    interface Effect<T> {
        T on(ObjectStore objects) throws IOException;
    }

    <T> T read(Life life, String what, Object key, Effect<T> effect) throws IOException {
        life.requireAlive();
        schedule.step(Long.MAX_VALUE);
        life.requireAlive();
        T result = effect.on(machine.objects());
        schedule.trace(what, () -> key + " → " + Shown.of(result));
        schedule.step(Long.MAX_VALUE);
        life.requireAlive();
        return result;
    }

    <T> T change(Life life, String what, Object key, Effect<T> effect) throws IOException {
        life.requireAlive();
        Object call = machine.begin();
        long asked = schedule.nanoTime();
        T result = make(life, call, asked, what, key, effect);
        schedule.step(Long.MAX_VALUE);
        life.requireAlive();
        machine.returns(call);
        return result;
    }

    /** Makes changes in any order, or, where the objects belong to one process, sometimes at once. */
    void apply(Life life, List<ObjectBatch.Change> changes) throws IOException {
        life.requireAlive();
        if (changes.isEmpty()) {
            return;
        }
        if (settings.batchesAtOnce()) {
            ObjectBatch.Builder batch = ObjectBatch.builder();
            changes.forEach(batch::add);
            change(life, "apply", names(changes), objects -> {
                objects.apply(batch.build());
                return true;
            });
            return;
        }
        schedule.shuffle(changes);
        Object call = machine.begin();
        long asked = schedule.nanoTime();
        IOException failure = null;
        for (int i = 0; i < changes.size(); i++) {
            ObjectBatch.Change change = changes.get(i);
            try {
                make(life, call, asked, verb(change), change.key().value(), effect(change));
            } catch (IOException e) {
                // The others have been asked for as well.
                failure = e;
            } catch (Died e) {
                changes.subList(i + 1, changes.size())
                        .forEach(other ->
                                abandon(life, asked, verb(other), other.key().value(), effect(other)));
                throw e;
            }
        }
        schedule.step(Long.MAX_VALUE);
        life.requireAlive();
        if (failure != null) {
            throw failure;
        }
        machine.returns(call);
    }

    private static Effect<Boolean> effect(ObjectBatch.Change change) {
        return objects -> {
            change.make(objects);
            return true;
        };
    }

    private <T> T make(Life life, Object call, long asked, String what, Object key, Effect<T> effect)
            throws IOException {
        schedule.step(asked + Delays.LONGEST.toNanos());
        if (life.dead() || schedule.chance(settings.deaths())) {
            life.end();
            abandon(life, asked, what, key, effect);
            throw new Died();
        }
        boolean fails = schedule.chance(settings.failures());
        if (fails && schedule.choose(2) == 0) {
            abandon(life, asked, what, key, effect);
            schedule.trace("fails", () -> what + " " + key);
            throw new IOException("The simulated store fails");
        }
        machine.acts(call);
        T result = effect.on(machine.objects());
        schedule.trace(what, () -> key + " → " + Shown.of(result));
        if (fails) {
            schedule.trace("fails", () -> what + " " + key);
            throw new IOException("The simulated store has lost its answer");
        }
        if (schedule.chance(settings.deaths())) {
            life.end();
            anyAbandoned = true;
            throw new Died();
        }
        return result;
    }

    /** Returns whether anybody has died, or has not been told what has happened. */
    boolean anyAbandoned() {
        return anyAbandoned;
    }

    /** What nobody waits for any more happens later, or never. */
    private void abandon(Life life, long asked, String what, Object key, Effect<?> effect) {
        anyAbandoned = true;
        long left = asked + Delays.LONGEST.toNanos() - schedule.nanoTime();
        if (settings.exclusive() || left <= 0 || schedule.choose(2) == 0) {
            return;
        }
        History.Operation operation = life.doing;
        // As often soon as late.
        long after = schedule.choose(2) == 0 ? Math.min(left, 1_000_000_000L) : left;
        schedule.later(Duration.ofNanos((long) (after * (schedule.choose(1000) / 1000.0))), () -> {
            try {
                machine.acts(machine.begin());
                Object result = effect.on(machine.objects());
                schedule.trace(what, () -> key + " → " + Shown.of(result) + ", late");
                if (operation != null) {
                    operation.end = Math.max(operation.end, schedule.tick());
                }
            } catch (IOException e) {
                schedule.trace("fails", () -> what + " " + key + ", late: " + e.getMessage());
            }
        });
    }

    /** Only where a mark that was deleted leaves a trace, as the contract of {@code deleteIfUnchanged} says. */
    boolean readsAhead() {
        return !settings.deletesConditionally() && schedule.choose(2) == 0;
    }

    boolean exclusive() {
        return settings.exclusive();
    }

    String epoch() {
        try {
            return machine.objects().transientEpoch();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String verb(ObjectBatch.Change change) {
        return change.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The names of changes, if somebody looks at them. */
    private static Object names(List<ObjectBatch.Change> changes) {
        return new Object() {
            @Override
            public String toString() {
                return changes.stream()
                        .map(change -> "\n" + " ".repeat(41) + verb(change) + " " + change.key())
                        .collect(Collectors.joining());
            }
        };
    }
}
