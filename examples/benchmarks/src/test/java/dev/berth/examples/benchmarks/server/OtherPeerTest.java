package dev.berth.examples.benchmarks.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtherPeerTest {
    private static final Setting DISK = new Setting(Path.of("."), Optional.empty(), Setting.Place.DISK);
    private static final Setting MEMORY = new Setting(Path.of("."), Optional.empty(), Setting.Place.MEMORY);

    @Test
    void aRegistryIsNotDurableUnlessThatIsSaid() {
        assertThat(OtherPeer.parse("one=http://127.0.0.1:5000").durable()).isFalse();
        assertThat(OtherPeer.parse("one:durable=http://127.0.0.1:5000").durable())
                .isTrue();
        assertThat(OtherPeer.parse("one:durable=program serve --port {port} --dir {dir}")
                        .durable())
                .isTrue();
    }

    @Test
    void aDurableOneWithAnAddressIsNotTakenToStoreInMemory() {
        Peer peer = OtherPeer.parse("one:durable=http://localhost:5000/");

        assertThat(peer.name()).isEqualTo("one");
        assertThat(peer.suits(DISK)).isTrue();
        assertThat(peer.suits(MEMORY)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:5000",
                "one=http://192.0.2.1:5000",
                "one=http://127.0.0.1",
                "one=program serve",
                "one:quick=http://127.0.0.1:5000"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> OtherPeer.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
