package dev.berth.registry.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.fixtures.ChildJvm;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A blob goes both ways without being held: 64 MiB, or 1 GiB where tests may take long. */
@Tag("any-jdk")
class LargeBlobTest {
    private static final long SIZE = Boolean.getBoolean("berth.it.long") ? 1L << 30 : 64L << 20;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"tomcat", "jetty"})
    void needsNoMemory(String container) throws Exception {
        assertThat(ChildJvm.run(":", "-Xmx64m", LargeBlob.class, container, Long.toString(SIZE), directory.toString()))
                .isEqualTo("201 200 true");
    }
}
