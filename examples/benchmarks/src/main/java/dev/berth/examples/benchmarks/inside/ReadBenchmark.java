package dev.berth.examples.benchmarks.inside;

import dev.berth.registry.BlobContent;
import dev.berth.registry.ByteRange;
import dev.berth.registry.Digest;
import dev.berth.registry.Manifest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Repository;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.engine.StorageRegistry;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectStore;
import dev.berth.registry.storage.fs.FileObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
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

/** Calls of a registry in the same process, over memory and over files in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ReadBenchmark {
    private static final int TAGS = 2_000;
    private static final int PAGE = 100;
    private static final RepositoryName LISTED = RepositoryName.parse("bench/listed");

    /** Which store. */
    @Param({"memory", "files"})
    public String store = "memory";

    private final byte[] blob = Samples.random(10_240);
    private final Digest digest = Digest.sha256(blob);
    private Contents contents = new Contents(MemoryObjectStore.create());

    private record Contents(ObjectStore store, StorageRegistry registry) {
        Contents(ObjectStore store) {
            this(store, StorageRegistry.over(store));
        }

        Repository repository(RepositoryName name) {
            return registry.repository(name);
        }

        void close() throws IOException {
            registry.close();
            store.close();
        }
    }

    /** Pushes what is read. */
    @Setup
    public void push() throws IOException {
        if (store.equals("files")) {
            contents = new Contents(FileObjectStore.open(Directories.create()));
        }
        Samples.image(contents.registry());
        Manifest index = Manifest.of(
                MediaTypes.OCI_INDEX,
                "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[]}"
                        .formatted(MediaTypes.OCI_INDEX)
                        .getBytes(StandardCharsets.UTF_8));
        Tag[] tags = new Tag[TAGS];
        for (int tag = 0; tag < TAGS; tag++) {
            tags[tag] = Tag.parse("t" + (1_000_000 + tag));
        }
        contents.repository(LISTED).manifests().put(index, tags);
    }

    /** Removes it. */
    @TearDown
    public void close() throws IOException {
        contents.close();
    }

    /** Reads a manifest by tag. */
    @Benchmark
    public Manifest manifestByTag() {
        return contents.repository(Samples.REPOSITORY).manifests().get(Samples.TAG);
    }

    /** Reads a blob. */
    @Benchmark
    public byte[] blobOf10KB() throws IOException {
        try (BlobContent content =
                        contents.repository(Samples.REPOSITORY).blobs().open(digest, ByteRange.all());
                InputStream in = content.stream()) {
            return in.readAllBytes();
        }
    }

    /** Reads a page of tags. */
    @Benchmark
    public List<Tag> pageOf100Tags() {
        return contents.repository(LISTED)
                .tags()
                .list()
                .after(Tag.parse("t1001000"))
                .limit(PAGE)
                .toList();
    }
}
