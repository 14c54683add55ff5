package dev.berth.examples.benchmarks.inside;

import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectContent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.ObjectStat;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.ObjectVersion;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Calls of stores. The directory of the files is in memory: a sync costs a call, not a disk. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class StoreBenchmark {
    private static final ObjectKey KEY = ObjectKey.of("docker/registry/v2/repositories/bench/app/link");
    private static final byte[] SMALL = Samples.random(71);

    /** Which store. */
    @Param({"memory", "files"})
    public String store = "memory";

    private ObjectStore objects = MemoryObjectStore.create();

    /** Puts what is read. */
    @Setup
    public void put() throws IOException {
        if (store.equals("files")) {
            objects = FileObjectStore.open(Directories.create());
        }
        objects.put(KEY, SMALL, PutCondition.always());
    }

    /** Removes it. */
    @TearDown
    public void close() throws IOException {
        objects.close();
    }

    /** Asks for an object. */
    @Benchmark
    public Optional<ObjectStat> statOfAnObject() throws IOException {
        return objects.stat(KEY);
    }

    /** Reads a small object. */
    @Benchmark
    public byte[] readOfASmallObject() throws IOException {
        try (ObjectContent content = objects.open(KEY).orElseThrow()) {
            return content.stream().readAllBytes();
        }
    }

    /** Replaces a small object. */
    @Benchmark
    public Optional<ObjectVersion> putOfASmallObject() throws IOException {
        return objects.put(KEY, SMALL, PutCondition.always());
    }
}
