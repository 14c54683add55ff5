package dev.berth.examples.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("any-jdk")
class ContainerBuildTest {
    @TempDir
    Path directory;

    private String build(String name) throws IOException {
        Path jar = Files.writeString(directory.resolve(name + ".jar"), "a jar");
        Path made = directory.resolve(name);
        assertThat(ContainerBuild.run(jar.toString(), "1.0", made.toString())).isZero();
        assertThat(made.resolve("berth-image.tar")).isNotEmptyFile();
        return Files.readString(made.resolve("oci/index.json"));
    }

    @Test
    void theSameJdkAndJarGiveTheSameDigest() throws IOException {
        assumeTrue(JavaRuntime.whatIsMissing().isEmpty(), "this machine cannot make an image");

        assertThat(build("first")).isEqualTo(build("second"));
    }
}
