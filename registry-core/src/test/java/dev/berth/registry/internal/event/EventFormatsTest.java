package dev.berth.registry.internal.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import dev.berth.registry.event.EventContext;
import dev.berth.registry.event.EventId;
import dev.berth.registry.event.EventType;
import dev.berth.registry.event.RegistryEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms in which others are told of events. */
class EventFormatsTest {
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Digest DIGEST = Digest.sha256(new byte[0]);
    private static final EventId ID = EventId.parse("019b7c5a-1d88-7a35-9f0e-3b6f8d1c2a47");
    private static final EventContext CONTEXT = EventContext.builder()
            .actor("alice")
            .requestId("42")
            .address("192.0.2.1:50123")
            .host("registry.example:5000")
            .method("PUT")
            .userAgent("client/1.0")
            .secure(true)
            .instance("registry-1")
            .build();

    private static RegistryEvent.Builder event(EventType type) {
        return RegistryEvent.builder(type, NAME)
                .id(ID)
                .when(Instant.parse("2026-01-02T03:04:05.678Z"))
                .context(CONTEXT);
    }

    private static RegistryEvent push(Tag... tags) {
        return event(EventType.MANIFEST_PUSHED)
                .descriptor(Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, 7))
                .tags(tags)
                .build();
    }

    private static JsonNode json(EventBody body) throws IOException {
        return new JsonMapper().readTree(body.content());
    }

    private static String text(EventBody body) {
        return new String(body.content(), StandardCharsets.UTF_8);
    }

    @Test
    void cloudEventsHaveAllThatIsInAnEvent() {
        assertThat(EventFormats.cloudEvents().bodies(List.of(push(Tag.parse("1.0")))))
                .singleElement()
                .satisfies(body -> {
                    assertThat(body.contentType()).isEqualTo("application/cloudevents+json");
                    assertThat(text(body))
                            .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"" + ID + "\",\"source\":\"/v2/team/app\","
                                    + "\"type\":\"dev.berth.manifest.pushed\",\"subject\":\"" + DIGEST + "\","
                                    + "\"time\":\"2026-01-02T03:04:05.678Z\",\"datacontenttype\":\"application/json\","
                                    + "\"data\":{\"repository\":\"team/app\",\"digest\":\"" + DIGEST
                                    + "\",\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\",\"size\":7,"
                                    + "\"tags\":[\"1.0\"],\"url\":\"https://registry.example:5000/v2/team/app/manifests/"
                                    + DIGEST + "\",\"actor\":\"alice\",\"request\":{\"id\":\"42\",\"method\":\"PUT\","
                                    + "\"address\":\"192.0.2.1:50123\",\"host\":\"registry.example:5000\","
                                    + "\"userAgent\":\"client/1.0\"},\"instance\":\"registry-1\"}}");
                });
    }

    @Test
    void severalCloudEventsAreABatch() throws IOException {
        RegistryEvent unknown = RegistryEvent.builder(EventType.parse("repository.renamed"), NAME)
                .build();
        List<EventBody> bodies = EventFormats.cloudEvents().bodies(List.of(push(), unknown));

        assertThat(bodies).hasSize(1);
        assertThat(bodies.get(0).contentType()).isEqualTo("application/cloudevents-batch+json");
        assertThat(json(bodies.get(0)).findValuesAsText("type"))
                .containsExactly("dev.berth.manifest.pushed", "dev.berth.repository.renamed");
    }

    @Test
    void theSubjectOfACloudEventAboutATagIsTheTag() throws IOException {
        RegistryEvent set = event(EventType.TAG_SET)
                .descriptor(Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, 7))
                .tags(Tag.LATEST)
                .build();

        assertThat(json(EventFormats.cloudEvents().bodies(List.of(set)).get(0))
                        .path("subject")
                        .asText())
                .isEqualTo("latest");
    }

    @Test
    void theEnvelopeHasAnEventForEachTagWithIdsOfItsOwn() throws IOException {
        RegistryEvent deleted = event(EventType.MANIFEST_DELETED)
                .digest(DIGEST)
                .tags(Tag.parse("1.0"), Tag.parse("2.0"))
                .build();
        List<RegistryEvent> events = List.of(push(Tag.parse("1.0"), Tag.parse("2.0")), deleted);
        EventBody body = EventFormats.distribution().bodies(events).get(0);
        List<String> ids = json(body).at("/events").findValuesAsText("timestamp");

        assertThat(ids).hasSize(5);
        assertThat(json(body).at("/events/0/target/tag").asText()).isEqualTo("1.0");
        assertThat(json(body).at("/events/1/target/tag").asText()).isEqualTo("2.0");
        assertThat(json(body).at("/events/2/target").toString())
                .isEqualTo("{\"digest\":\"" + DIGEST + "\",\"repository\":\"team/app\"}");
        assertThat(json(body).at("/events/4/target").toString())
                .isEqualTo("{\"repository\":\"team/app\",\"tag\":\"2.0\"}");
        assertThat(json(body).at("/events/0/id").asText()).isEqualTo(ID.value());
        assertThat(json(body).at("/events/1/id").asText()).isNotEqualTo(ID.value());
        assertThat(EventFormats.distribution().bodies(events)).containsExactly(body);
    }

    @Test
    void theEnvelopeHasNothingAboutOtherTypes() {
        assertThat(EventFormats.distribution()
                        .bodies(List.of(
                                event(EventType.BLOB_DAMAGED).build(),
                                event(EventType.parse("repository.renamed")).build())))
                .isEmpty();
    }

    @Test
    void theEnvelopeOfAChangeWithoutARequestHasNoUrl() {
        RegistryEvent event = RegistryEvent.builder(EventType.TAG_SET, NAME)
                .descriptor(Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, 7))
                .tags(Tag.LATEST)
                .build();

        assertThat(text(EventFormats.distribution().bodies(List.of(event)).get(0)))
                .contains("\"request\":{\"id\":\"\",\"method\":\"\",\"useragent\":\"\"},\"actor\":{}")
                .doesNotContain("\"url\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "user@host", "a\"", "a:b", "[::1", "a:123456"})
    void noUrlIsMadeOfWhatIsNoHost(String host) {
        RegistryEvent event = RegistryEvent.builder(EventType.BLOB_PUSHED, NAME)
                .descriptor(Descriptor.of(MediaTypes.OCTET_STREAM, DIGEST, 7))
                .context(EventContext.builder().host(host).build())
                .build();

        assertThat(text(EventFormats.distribution().bodies(List.of(event)).get(0)))
                .doesNotContain("\"url\"");
    }

    @Test
    void dockerHubIsToldOfEachTagThatIsPushed() throws IOException {
        List<EventBody> bodies = EventFormats.dockerHub().bodies(List.of(push(Tag.parse("1.0"), Tag.parse("2.0"))));

        assertThat(bodies)
                .hasSize(2)
                .allSatisfy(body -> assertThat(body.contentType()).isEqualTo("application/json"));
        JsonNode second = json(bodies.get(1));
        assertThat(second.at("/push_data/tag").asText()).isEqualTo("2.0");
        assertThat(second.at("/push_data/pusher").asText()).isEqualTo("alice");
        assertThat(second.at("/push_data/pushed_at").asLong()).isEqualTo(1_767_323_045L);
        assertThat(second.at("/repository/repo_name").asText()).isEqualTo("team/app");
        assertThat(second.at("/repository/name").asText()).isEqualTo("app");
        assertThat(second.at("/repository/namespace").asText()).isEqualTo("team");
        assertThat(second.at("/repository/repo_url").asText()).isEqualTo("https://registry.example:5000/v2/team/app");
    }

    @Test
    void dockerHubIsToldOfNothingElse() {
        assertThat(EventFormats.dockerHub()
                        .bodies(List.of(
                                push(),
                                event(EventType.TAG_DELETED).tags(Tag.LATEST).build(),
                                event(EventType.BLOB_PUSHED).digest(DIGEST).build(),
                                event(EventType.MANIFEST_PULLED)
                                        .tags(Tag.LATEST)
                                        .build())))
                .isEmpty();
    }
}
