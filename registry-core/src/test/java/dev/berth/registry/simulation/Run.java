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

    private final UnaryOperator<ObjectStore> rule;
    private final List<Life> lives = new ArrayList<>();
    private SimulatedCalls calls;
    private long processes;
    private Life shared;

    /**
     * Creates a run.
     *
     * @param rule wraps the store of each process, to put an old rule back
     */
    Run(Schedule schedule, Machine machine, Settings settings, UnaryOperator<ObjectStore> rule) {
        this.schedule = schedule;
        this.machine = machine;
        this.settings = settings;
        this.history = new History(schedule);
        this.names = new StableNames(schedule);
        this.rule = rule;
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

    /** Returns the store as this life sees it. */
    ObjectStore store(Life life) {
        return rule.apply(new SimulatedStore(calls, life, names));
    }

    /** Returns a registry over it. */
    StorageRegistry registry(Life life) {
        return SimulatedTime.registry(store(life), schedule, schedule::nanoTime, schedule::sleep);
    }

    /** Nothing fails from now on. */
    void calm() {
        calls = new SimulatedCalls(schedule, machine, settings.calm());
        schedule.delays(Delays.NONE);
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
        lives.forEach(Life::end);
        lives.clear();
        shared = Life.of(processes++);
        boolean power = schedule.choose(2) == 0;
        schedule.trace("crash", () -> power ? "the power fails" : "all processes die");
        try {
            if (power) {
                machine.cutPower();
            } else {
                machine.restart();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        schedule.wakeAll();
    }
}
