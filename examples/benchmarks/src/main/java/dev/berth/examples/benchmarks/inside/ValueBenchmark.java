package dev.berth.examples.benchmarks.inside;

import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.manifest.ManifestDocument;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What is computed for a request: digests, keys, the parts of a manifest. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ValueBenchmark {
    private final byte[] content = Samples.random(10_240);
    private final String digest = Digest.sha256(content).toString();
    private final String key = "docker/registry/v2/repositories/bench/app/_manifests/tags/1.0/current/link";
    private final Manifest manifest;

    /** Makes the manifest of an image of five layers. */
    public ValueBenchmark() {
        try (MemoryObjectStore store = MemoryObjectStore.create();
                StorageRegistry registry = StorageRegistry.over(store)) {
            manifest = Samples.image(registry);
        }
    }

    /** Computes a digest. */
    @Benchmark
    public Digest digestOf10KB() {
        return Digest.sha256(content);
    }

    /** Reads a digest. */
    @Benchmark
    public Digest digestFromText() {
        return Digest.parse(digest);
    }

    /** Checks a key. */
    @Benchmark
    public ObjectKey keyOfATag() {
        return ObjectKey.of(key);
    }

    /** Reads the manifest of an image. */
    @Benchmark
    public ManifestDocument partsOfAManifest() {
        return ManifestDocument.parse(manifest);
    }
}
