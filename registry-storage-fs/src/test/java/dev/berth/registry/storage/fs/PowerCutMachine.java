package dev.berth.registry.storage.fs;

import dev.berth.registry.simulation.CollectionSimulation;
import dev.berth.registry.simulation.Machine;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A directory of which a power cut leaves what {@link PowerCutDisk} says, at any sync as well. */
final class PowerCutMachine implements Machine {
    private static final long SEGMENT = 1_000_000;

    private final Path temp;
    private final Random random;
    private int boots;
    private PowerCutDisk disk;
    private FileObjectStore store;
    private @Nullable Moment moment;

    PowerCutMachine(Path temp, CollectionSimulation.Chance chance) throws IOException {
        this.temp = temp;
        this.random = new Random(chance.choose(Integer.MAX_VALUE));
        this.disk = new PowerCutDisk(Files.createDirectories(temp.resolve("0")), random);
        this.store = disk.open(SEGMENT);
    }

    @Override
    public ObjectStore objects() {
        return store;
    }

    @Override
    public void atMoments(Moment newMoment) {
        moment = newMoment;
        watch();
    }

    private void watch() {
        Moment at = moment;
        Thread[] caller = new Thread[1];
        disk.atEachSync(at == null ? null : () -> {
            // The thread of a checkpoint has no turn.
            caller[0] = Thread.currentThread();
            at.at();
        });
    }

    @Override
    public void cutPower() throws IOException {
        boots++;
        Path left = temp.resolve(Integer.toString(boots));
        disk.atEachSync(null);
        disk.copyTo(left);
        PowerCutDisk before = disk;
        FileObjectStore dead = store;
        disk = new PowerCutDisk(left, random);
        store = disk.open(SEGMENT);
        watch();
        close(before, dead);
    }

    /** The store of the machine before may still have calls in progress, which change its own directory only. */
    private static void close(PowerCutDisk disk, FileObjectStore store) throws IOException {
        try (disk) {
            store.close();
        }
    }

    @Override
    public void close() throws IOException {
        disk.atEachSync(null);
        close(disk, store);
    }
}
