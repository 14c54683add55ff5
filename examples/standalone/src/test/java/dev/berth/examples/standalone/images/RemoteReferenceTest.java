package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.UsageException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A registry alone is no image of Docker Hub. */
class RemoteReferenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:7010",
                "docker://localhost:7010",
                "localhost:7010/",
                "127.0.0.1",
                "127.0.0.1:80",
                "[::1]:5000",
                "registry.example",
                "registry.example:5000",
            })
    void isRefusedWhereARepositoryIsWanted(String text) {
        LocationText location = LocationText.parse(text);

        assertThatThrownBy(() -> RemoteReference.source(location))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("names a registry where a repository is wanted");
        assertThatThrownBy(() -> RemoteReference.target(location)).isInstanceOf(UsageException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "debian, docker.io/library/debian:latest",
        "debian:12, docker.io/library/debian:12",
        "amazonlinux:2023, docker.io/library/amazonlinux:2023",
        "localhost/app, localhost/app:latest",
        "team/app:5000, docker.io/team/app:5000",
    })
    void isToldFromAnImage(String text, String reference) {
        assertThat(RemoteReference.source(LocationText.parse(text))).hasToString(reference);
    }

    @ParameterizedTest
    @ValueSource(strings = {"myhost:5000", "registry:5000/"})
    void isMeantWhereAnImageIsWrittenAndItsTagCanBeAPort(String text) {
        assertThatThrownBy(() -> RemoteReference.target(LocationText.parse(text)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("names a registry");
        assertThat(RemoteReference.target(LocationText.parse("debian:12"))).isNotNull();
        assertThat(RemoteReference.target(LocationText.parse("app:20260101"))).isNotNull();
    }
}
