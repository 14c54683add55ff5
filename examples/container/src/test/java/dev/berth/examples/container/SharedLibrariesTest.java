package dev.berth.examples.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "the image is made of files of a Linux")
class SharedLibrariesTest {
    private static final Path JAVA = Path.of(System.getProperty("java.home")).toAbsolutePath();

    @TempDir
    Path directory;

    private Path bin;

    @BeforeEach
    void copyLauncher() throws IOException {
        bin = Files.createDirectories(directory.resolve("bin"));
        Files.copy(JAVA.resolve("bin/java").toRealPath(), bin.resolve("java"));
        Files.writeString(bin.resolve("script"), "#!/bin/sh\n");
    }

    @Test
    void findsTheLoaderAndTheCLibraryOfPrograms() throws IOException {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        Files.copy(JAVA.resolve("lib/libjli.so").toRealPath(), lib.resolve("libjli.so"));

        Map<String, Path> libraries = SharedLibraries.of(directory);

        assertThat(libraries.keySet())
                .anyMatch(name -> name.contains("/ld-"))
                .anyMatch(name -> name.contains("/libc."));
        assertThat(libraries.keySet()).noneMatch(name -> name.startsWith(directory.toString()));
        assertThat(libraries.values()).allMatch(Files::isRegularFile);
    }

    @Test
    void aLibraryThatIsNowhereIsNamed() {
        assertThatThrownBy(() -> SharedLibraries.of(directory))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("libjli.so")
                .hasMessageContaining(bin.resolve("java").toString());
    }
}
