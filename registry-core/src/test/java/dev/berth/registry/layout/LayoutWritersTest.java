package dev.berth.registry.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.fixtures.ChildJvm;
import dev.berth.registry.fixtures.SampleImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several writers of one layout, which nobody has made before, lose nothing of each other. */
class LayoutWritersTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final int WRITERS = 4;
    private static final int TAGS = 25;

    @TempDir
    Path parent;

    /** A program that writes {@value #TAGS} images. */
    public static final class Writer {
        private Writer() {}

        /** Makes the layout if need be, and writes. */
        public static void main(String[] arguments) {
            write(Path.of(arguments[0]), Integer.parseInt(arguments[1]));
        }

        static void write(Path directory, int number) {
            SampleImages samples = new SampleImages(number);
            try (OciLayoutRegistry layout = OciLayoutRegistry.create(directory, NAME)) {
                for (String tag : tags(number).toList()) {
                    samples.image(layout.repository(NAME), List.of(10), Tag.parse(tag));
                }
            }
        }
    }

    private static Stream<String> tags(int writer) {
        return IntStream.range(0, TAGS).mapToObj(tag -> writer + "." + tag);
    }

    private interface Writing {
        void run(Path directory, int number) throws Exception;
    }

    private void expectEveryTag(Writing writing) throws Exception {
        Path directory = parent.resolve("layout");
        List<Callable<Boolean>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int number = i;
            writers.add(() -> {
                writing.run(directory, number);
                return true;
            });
        }
        ExecutorService executor = Executors.newFixedThreadPool(WRITERS);
        try {
            for (Future<Boolean> written : executor.invokeAll(writers)) {
                written.get();
            }
        } finally {
            executor.shutdownNow();
        }

        try (OciLayoutRegistry layout = OciLayoutRegistry.open(directory, NAME)) {
            assertThat(layout.repository(NAME).tags().list().stream().map(Tag::value))
                    .containsExactlyInAnyOrderElementsOf(IntStream.range(0, WRITERS)
                            .boxed()
                            .flatMap(LayoutWritersTest::tags)
                            .toList());
        }
        expectNothingLeft(directory);
    }

    private static void expectNothingLeft(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("oci-layout", "index.json", "blobs");
        }
    }

    @Test
    void severalThreadsOfOneProcessWriteALayout() throws Exception {
        expectEveryTag(Writer::write);
    }

    @Test
    void severalProcessesWriteALayout() throws Exception {
        expectEveryTag((directory, number) ->
                ChildJvm.run(":", "-Xmx64m", Writer.class, directory.toString(), Integer.toString(number)));
    }
}
