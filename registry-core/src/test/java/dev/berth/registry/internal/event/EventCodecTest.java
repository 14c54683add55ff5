package dev.berth.registry.internal.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.Platform;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.internal.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link EventCodec}. */
class EventCodecTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Digest DIGEST = Digest.sha256(new byte[0]);

    private static final RegistryEvent FULL = RegistryEvent.builder(EventType.BLOB_MOUNTED, NAME)
            .context(EventContext.builder()
                    .actor("älice \"x\"\n")
                    .requestId("42")
                    .address("[2001:db8::1]:50123")
                    .host("registry.example:5000")
                    .method("POST")
                    .userAgent("client/1.0 \u0000 \u2028")
                    .secure(true)
                    .instance("registry-1")
                    .build())
            .descriptor(new Descriptor(
                    "",
                    DIGEST,
                    7,
                    Optional.of("application/x"),
                    Map.of("a", "b", "c", "d"),
                    List.of("https://mirror.example/x"),
                    Optional.of(new Platform("linux", "arm64", Optional.of("v8"), Optional.empty(), List.of("f"))),
                    Optional.of("not base64")))
            .tags(Tag.LATEST, Tag.parse("1.0"))
            .mountedFrom(RepositoryName.parse("base"))
            .build();

    private static final RegistryEvent LEAST =
            RegistryEvent.builder(EventType.parse("repository.renamed"), NAME).build();

    private static final RegistryEvent DELETED =
            RegistryEvent.builder(EventType.BLOB_DELETED, NAME).digest(DIGEST).build();

    @Test
    void returnsEveryFieldAndTypesThatAreNotKnown() {
        List<RegistryEvent> events = List.of(FULL, LEAST, DELETED);

        assertThat(EventCodec.decode(EventCodec.encode(events))).isEqualTo(events);
        assertThat(EventCodec.decode(EventCodec.encode(List.of()))).isEmpty();
    }

    @Test
    void writesFewBytes() {
        assertThat(new String(EventCodec.encode(List.of(LEAST)), StandardCharsets.UTF_8))
                .isEqualTo("{\"events\":[{\"id\":\"" + LEAST.id() + "\",\"type\":\"repository.renamed\",\"when\":\""
                        + LEAST.when() + "\",\"repository\":\"team/app\"}]}");
    }

    @Test
    void ignoresFieldsThatAreNotKnown() {
        String written = new String(EventCodec.encode(List.of(FULL)), StandardCharsets.UTF_8);
        String newer = written.replace("{\"id\"", "{\"new\":[1,{}],\"id\"")
                .replace("{\"actor\"", "{\"newer\":null,\"actor\"")
                .replace("{\"events\"", "{\"version\":2,\"events\"");

        assertThat(newer).contains("newer", "version");
        assertThat(EventCodec.decode(newer.getBytes(StandardCharsets.UTF_8))).containsExactly(FULL);
    }

    @Test
    void replacesSurrogatesThatAreNotOfAPair() {
        RegistryEvent event = RegistryEvent.builder(EventType.TAG_SET, NAME)
                .context(EventContext.ofActor("a\ud800b"))
                .build();

        assertThat(EventCodec.decode(EventCodec.encode(List.of(event))).get(0).actor())
                .isEqualTo("a?b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"events\":{}}",
                "{\"events\":[{}]}",
                "{\"events\":[{\"id\":\"1\",\"type\":\"tag.set\",\"when\":\"2026-01-01T00:00:00Z\",\"repository\":\"a\"}]}",
                "{\"events\":[{\"id\":\"019b7c5a-1d88-7a35-9f0e-3b6f8d1c2a47\",\"type\":\"tag.set\",\"when\":\"now\","
                        + "\"repository\":\"a\"}]}",
                "{\"events\":[{\"id\":\"019b7c5a-1d88-7a35-9f0e-3b6f8d1c2a47\",\"type\":\"tag.set\","
                        + "\"when\":\"2026-01-01T00:00:00Z\",\"repository\":\"a\",\"tags\":[\"?\"]}]}",
                "{\"events\":[{\"id\":\"019b7c5a-1d88-7a35-9f0e-3b6f8d1c2a47\",\"type\":\"tag.set\","
                        + "\"when\":\"2026-01-01T00:00:00Z\",\"repository\":\"a\",\"descriptor\":{\"digest\":\"x\"}}]}"
            })
    void refusesWhatIsMalformed(String document) {
        assertThatThrownBy(() -> EventCodec.decode(document.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedJsonException.class);
    }

    @Test
    void refusesWhatIsTooLarge() {
        assertThatThrownBy(() -> EventCodec.decode(new byte[EventCodec.MAX_BYTES + 1]))
                .isInstanceOf(MalformedJsonException.class)
                .hasMessageContaining("16777217 bytes");
    }

    @Test
    void keepsMediaTypesOfManifests() {
        RegistryEvent event = RegistryEvent.builder(EventType.MANIFEST_PUSHED, NAME)
                .descriptor(Descriptor.of(MediaTypes.OCI_INDEX, DIGEST, 0))
                .build();

        assertThat(EventCodec.decode(EventCodec.encode(List.of(event)))).containsExactly(event);
    }
}
