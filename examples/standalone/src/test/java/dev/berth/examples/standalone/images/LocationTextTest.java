package dev.berth.examples.standalone.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.images.LocationText.Kind;
import dev.berth.registry.Digest;
import dev.berth.registry.Tag;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocationTextTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "debian, REGISTRY, debian, none",
                "docker://localhost:5000/team/app:1.0, REGISTRY, localhost:5000/team/app:1.0, none",
                "localhost:5000/team/app:1.0, REGISTRY, localhost:5000/team/app:1.0, none",
                "oci:images, LAYOUT, images, none",
                "oci:/a/b:c/images, LAYOUT, /a/b:c/images, none",
                "oci:/a/b:c/images:1.0, LAYOUT, /a/b:c/images, 1.0",
                "oci-archive:images.tar:1.0, LAYOUT_ARCHIVE, images.tar, 1.0",
                "docker-archive:app.tar, DOCKER_ARCHIVE, app.tar, none",
                "docker-archive:app.tar:localhost:5000/app:1, DOCKER_ARCHIVE, app.tar, localhost:5000/app:1"
            })
    void kindPlaceAndImageAreParsed(String text, Kind kind, String place, String image) {
        assertThat(LocationText.parse(text)).isEqualTo(new LocationText(kind, place, Optional.ofNullable(image)));
    }

    @Test
    void anImageOfALayoutIsSelectedByTagOrDigest() {
        Digest digest = Digest.sha256("x".getBytes(StandardCharsets.UTF_8));

        assertThat(LocationText.parse("oci:images:1.0").selector()).contains(Tag.parse("1.0"));
        assertThat(LocationText.parse("oci:images@" + digest).selector()).contains(digest);
        assertThat(LocationText.parse("oci:images").selector()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"oci:images:1.0", "docker-archive:app.tar:app:1", "localhost:5000/app:1", "oci-archive:a.tar"})
    void toStringIsTheTypedForm(String text) {
        assertThat(LocationText.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "oci:", "docker-archive::app:1", "oci-archive: "})
    void anEmptyPlaceIsRejected(String text) {
        assertThatThrownBy(() -> LocationText.parse(text))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("names nothing");
    }
}
