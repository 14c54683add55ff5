package dev.berth.registry.storage.fs;

import dev.berth.registry.simulation.CollectionSimulation;
import dev.berth.registry.simulation.Machine;
import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A directory of which a power cut leaves what {@link PowerCutDisk} says, at any sync as well. */
final class PowerCutMachine implements Machine {
    private static final System.Logger LOG = System.getLogger(PowerCutMachine.class.getName());
    private static final long SEGMENT = 1_000_000;

    private final Path temp;
    private final Random random;
    private final List<FileObjectStore> dead = new ArrayList<>();
    private final List<PowerCutDisk> disks = new ArrayList<>();
    private int boots;
    private PowerCutDisk disk;
    private FileObjectStore store;
    private @Nullable Moment moment;

    PowerCutMachine(Path temp, CollectionSimulation.Chance chance) throws IOException {
        this.temp = temp;
        this.random = new Random(chance.choose(Integer.MAX_VALUE));
        this.disk = new PowerCutDisk(Files.createDirectories(temp.resolve("0")), random);
        this.disks.add(disk);
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
        disk.atEachSync(at == null ? null : at::at);
    }

    @Override
    public void cutPower() throws IOException {
        boots++;
        Path left = temp.resolve(Integer.toString(boots));
        PowerCutDisk before = disk;
        before.atEachSync(null);
        before.copyTo(left);
        // The store of the machine before may have a call in progress, which changes its own directory only.
        dead.add(store);
        disk = new PowerCutDisk(left, random);
        disks.add(disk);
        store = disk.open(SEGMENT);
        watch();
    }

    @Override
    public void close() throws IOException {
        disk.atEachSync(null);
        for (FileObjectStore store : dead) {
            try {
                store.close();
            } catch (IOException e) {
                // Its power has failed in the middle of a call.
                LOG.log(System.Logger.Level.DEBUG, "A store without power cannot be closed properly", e);
            }
        }
        store.close();
        for (PowerCutDisk before : disks) {
            before.close();
        }
    }
}
