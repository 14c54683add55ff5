package dev.berth.registry.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs actors one at a time, in an order that a seed decides. An actor goes on until it reaches a {@linkplain #step step};
 * there any other one may go on in its place, and time may pass, which moves only here. So a seed reproduces a run, whatever the
 * machine does.
 */
final class Schedule implements InstantSource {
    private static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    /** A schedule that runs for longer than any should has an actor that waits for what never comes. */
    private static final int MOST_TURNS = 100_000;

    private final SplittableRandom random;
    private final List<Actor> actors = new ArrayList<>();
    private final PriorityQueue<Late> late = new PriorityQueue<>();
    private final Trace trace;
    private Delays delays = Delays.NONE;
    private @Nullable Actor current;
    private long now;
    private long order;

    Schedule(long seed, Trace trace) {
        this.random = new SplittableRandom(seed);
        this.trace = trace;
    }

    private static final class Actor {
        final String name;
        final Coroutine code;
        long until;

        @Nullable Throwable failure;

        Actor(String name, Runnable task) {
            this.name = name;
            this.code = Coroutine.of(() -> {
                try {
                    task.run();
                } catch (Throwable e) {
                    failure = e;
                }
            });
        }
    }

    /** Something that happens without an actor. */
    private record Late(long at, long order, Runnable effect) implements Comparable<Late> {
        @Override
        public int compareTo(Late other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    /** Sets how long steps take from now on. */
    void delays(Delays newDelays) {
        this.delays = newDelays;
    }

    /** Adds an actor, which begins at some step of the others. */
    void add(String name, Runnable task) {
        actors.add(new Actor(name, task));
    }

    /** Lets something happen after some time, whatever has become of the one who asked for it. */
    void later(Duration after, Runnable effect) {
        late.add(new Late(now + after.toNanos(), order++, effect));
    }

    /**
     * Runs all actors to their ends, and everything that happens later.
     *
     * @param beforeTurn is called before each turn of an actor
     * @throws AssertionError with the failure of the first actor that has failed
     */
    void run(Runnable beforeTurn) {
        List<Actor> ready = new ArrayList<>();
        for (int turns = 0; ; turns++) {
            ready.clear();
            long next = late.isEmpty() ? Long.MAX_VALUE : late.element().at;
            for (Actor actor : actors) {
                if (!actor.code.ended()) {
                    next = Math.min(next, actor.until);
                    if (actor.until <= now) {
                        ready.add(actor);
                    }
                }
            }
            if (next == Long.MAX_VALUE) {
                break;
            }
            if (turns > MOST_TURNS) {
                throw new AssertionError("The actors do not come to an end");
            }
            now = Math.max(now, next);
            if (!late.isEmpty() && late.element().at <= now) {
                late.remove().effect.run();
            } else if (!ready.isEmpty()) {
                beforeTurn.run();
                resume(ready.get(random.nextInt(ready.size())));
            }
        }
        for (Actor actor : actors) {
            if (actor.failure != null) {
                throw new AssertionError(actor.name + " failed: " + actor.failure, actor.failure);
            }
        }
        actors.clear();
    }

    private void resume(Actor actor) {
        current = actor;
        actor.code.resume();
        current = null;
    }

    /** Ends the waits of all actors: their processes have died. */
    void wakeAll() {
        actors.forEach(actor -> actor.until = Math.min(actor.until, now));
    }

    /**
     * A point at which others may go on, and time may pass.
     *
     * @param latest the time, as {@link #nanoTime} tells it, after which it is not
     */
    void step(long latest) {
        if (current != null) {
            long delay = delays.next(random);
            if (delay >= 0) {
                pause(Math.max(0, Math.min(delay, latest - now)));
            }
        }
    }

    /** Lets the current actor wait. Without one, time passes. */
    void sleep(Duration duration) {
        if (current == null) {
            now += duration.toNanos();
        } else {
            pause(duration.toNanos());
        }
    }

    private void pause(long nanos) {
        Actor self = current;
        self.until = now + nanos;
        self.code.pause();
    }

    /** Adds an event to the trace. */
    void trace(String what, Supplier<String> details) {
        trace.add(now, current == null ? "-" : current.name, what, details);
    }

    boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    int choose(int bound) {
        return random.nextInt(bound);
    }

    long number() {
        return random.nextLong();
    }

    <T> T choose(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Puts a list into any order. */
    void shuffle(List<?> list) {
        for (int i = list.size() - 1; i > 0; i--) {
            Collections.swap(list, i, random.nextInt(i + 1));
        }
    }

    /** Returns a number that is larger with each call: what has a smaller one came before. */
    long tick() {
        return order++;
    }

    long nanoTime() {
        return now;
    }

    @Override
    public Instant instant() {
        return BEGIN.plusNanos(now);
    }
}
