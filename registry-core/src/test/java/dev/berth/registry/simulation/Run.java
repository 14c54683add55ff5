package dev.berth.registry.simulation;

import dev.berth.registry.engine.SimulatedTime;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** What the actors of one run share. */
final class Run {
    final Schedule schedule;
    final Machine machine;
    final Settings settings;
    final History history;
    final StableNames names;

    private final Rules rules;
    private final List<Life> lives = new ArrayList<>();
    private SimulatedCalls calls;
    private boolean certain = true;
    private long processes;
    private Life shared;

    /** Wraps the stores of registries, and those of collections. */
    record Rules(UnaryOperator<ObjectStore> registries, UnaryOperator<ObjectStore> collections) {
        /** As they are. */
        static final Rules TODAY = new Rules(UnaryOperator.identity(), UnaryOperator.identity());
    }

    /**
     * Creates a run.
     *
     * @param rules what processes ask the store for in another way than they do, to put an old rule back
     */
    Run(Schedule schedule, Machine machine, Settings settings, Rules rules) {
        this.schedule = schedule;
        this.machine = machine;
        this.settings = settings;
        this.history = new History(schedule, settings.versionsByContent());
        this.names = new StableNames(schedule);
        this.rules = rules;
        this.calls = new SimulatedCalls(schedule, machine, settings);
        this.shared = Life.of(processes);
        this.processes++;
    }

    /** Begins a life: a process, or a thread in the only one. */
    Life begin() {
        Life life = settings.exclusive() ? new Life(shared.process) : Life.of(processes++);
        lives.add(life);
        return life;
    }

    /** Returns the store as a collection of this life sees it. */
    ObjectStore storeOfCollection(Life life) {
        return rules.collections().apply(new SimulatedStore(calls, life, names));
    }

    /** Returns a registry over it. */
    StorageRegistry registry(Life life) {
        ObjectStore store = rules.registries().apply(new SimulatedStore(calls, life, names));
        return SimulatedTime.registry(store, schedule, schedule::nanoTime, schedule::sleep);
    }

    /** Nothing fails from now on. */
    void calm() {
        certain &= history.isCertain() && !calls.anyAbandoned();
        calls = new SimulatedCalls(schedule, machine, settings.calm());
        schedule.delays(Delays.NONE);
        machine.atMoments(() -> {});
    }

    /** Returns whether all that was begun has happened, or not, and who has begun it knows. */
    boolean isCertain() {
        return certain;
    }

    /** Before each turn of an actor, everything may die. */
    void beforeTurn() {
        if (schedule.chance(settings.powerCuts())) {
            crash();
        }
    }

    /** In the middle of a call, everything may die. */
    void atMoment() throws IOException {
        if (schedule.chance(settings.powerCuts())) {
            crash();
            throw new Died();
        }
    }

    /** Lets all processes die at this moment, and with half a chance the machine with them. */
    void crash() {
        certain = false;
        lives.forEach(Life::end);
        lives.clear();
        shared = Life.of(processes++);
        boolean power = schedule.choose(2) == 0;
        schedule.trace("crash", () -> power ? "the power fails" : "all processes die");
        try {
            if (power) {
                machine.cutPower();
                history.powerFails();
            } else {
                machine.restart();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schedule.wakeAll();
    }
}
