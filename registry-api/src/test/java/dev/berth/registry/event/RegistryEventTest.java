package dev.berth.registry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.berth.registry.Descriptor;
import dev.berth.registry.Digest;
import dev.berth.registry.MediaTypes;
import dev.berth.registry.RepositoryName;
import dev.berth.registry.Tag;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link RegistryEvent}, its type and its context. */
class RegistryEventTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final RepositoryName NAME = RepositoryName.parse("team/app");
    private static final Digest DIGEST = Digest.sha256(new byte[0]);
    private static final Descriptor DESCRIPTOR = Descriptor.of(MediaTypes.OCI_MANIFEST, DIGEST, 0);
    private static final EventContext CONTEXT = EventContext.builder()
            .actor("alice")
            .requestId("42")
            .address("192.0.2.1:50123")
            .host("registry.example:5000")
            .method("POST")
            .userAgent("client/1.0")
            .secure(true)
            .instance("registry-1")
            .build();

    private static RegistryEvent event() {
        return EventFactory.of(InstantSource.fixed(NOW))
                .event(EventType.BLOB_MOUNTED, NAME)
                .context(CONTEXT)
                .descriptor(DESCRIPTOR)
                .tags(new Tag("1.0"), Tag.LATEST)
                .mountedFrom(RepositoryName.parse("base"))
                .build();
    }

    /** As a sink does that stores events: every value goes through text or has accessors of its own. */
    @Test
    void isEqualToOneThatIsBuiltFromItsParts() {
        RegistryEvent event = event();
        EventContext context = event.context();

        RegistryEvent again = RegistryEvent.builder(
                        EventType.parse(event.type().value()),
                        RepositoryName.parse(event.repository().value()))
                .id(EventId.parse(event.id().value()))
                .when(Instant.parse(event.when().toString()))
                .context(EventContext.builder()
                        .actor(context.actor())
                        .requestId(context.requestId().orElseThrow())
                        .address(context.address().orElseThrow())
                        .host(context.host().orElseThrow())
                        .method(context.method().orElseThrow())
                        .userAgent(context.userAgent().orElseThrow())
                        .secure(context.secure())
                        .instance(context.instance())
                        .build())
                .descriptor(event.descriptor().orElseThrow())
                .tags(event.tags())
                .mountedFrom(event.mountedFrom().orElseThrow())
                .build();

        assertThat(again).isEqualTo(event).hasSameHashCodeAs(event).hasToString(event.toString());
        assertThat(context.toBuilder().build()).isEqualTo(context).hasSameHashCodeAs(context);
    }

    @Test
    void hasTheTimeOfItsFactoryInItsId() {
        RegistryEvent event = event();

        assertThat(event.when()).isEqualTo(NOW);
        assertThat(event.id().time()).isEqualTo(Instant.parse("2026-01-02T03:04:05.678Z"));
        assertThat(event()).isNotEqualTo(event);
    }

    @Test
    void takesTheTimeOfAnIdThatIsSetAndAnIdOfATimeThatIsSet() {
        EventId id = EventId.parse("019b7c5a-1d88-7a35-9f0e-3b6f8d1c2a47");

        assertThat(RegistryEvent.builder(EventType.BLOB_PUSHED, NAME)
                        .id(id)
                        .build()
                        .when())
                .isEqualTo(id.time());
        assertThat(EventFactory.of(InstantSource.system())
                        .event(EventType.BLOB_PUSHED, NAME)
                        .when(Instant.EPOCH)
                        .build()
                        .id()
                        .time())
                .isEqualTo(Instant.EPOCH);
    }

    @Test
    void needsNothingButATypeAndARepository() {
        RegistryEvent event = RegistryEvent.builder(EventType.TAG_DELETED, NAME).build();

        assertThat(event.actor()).isEmpty();
        assertThat(event.context()).isEqualTo(EventContext.none());
        assertThat(event.digest()).isEmpty();
        assertThat(event.descriptor()).isEmpty();
        assertThat(event.tags()).isEmpty();
        assertThat(event.mountedFrom()).isEmpty();
    }

    @Test
    void hasTheDigestOfItsDescriptor() {
        assertThat(RegistryEvent.builder(EventType.BLOB_PUSHED, NAME)
                        .descriptor(DESCRIPTOR)
                        .build()
                        .digest())
                .contains(DIGEST);
        assertThat(RegistryEvent.builder(EventType.BLOB_DELETED, NAME)
                        .descriptor(DESCRIPTOR)
                        .digest(DIGEST)
                        .build()
                        .descriptor())
                .isEmpty();
    }

    @Test
    void printsOnOneLine() {
        RegistryEvent event = event();

        assertThat(event)
                .hasToString("2026-01-02T03:04:05.678901Z blob.mounted team/app@" + DIGEST + " [1.0, latest] from base"
                        + " by alice from 192.0.2.1:50123, request 42, instance registry-1 (" + event.id() + ")");
        assertThat(EventContext.none()).hasToString("anonymous");
    }

    @Test
    void mayBeOfATypeThatIsNotKnownHere() {
        EventType type = EventType.parse("repository.renamed");

        assertThat(RegistryEvent.builder(type, NAME).build().type()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "a.", ".a", "a..b", "A", "a b", "1a", "a\n"})
    void hasATypeOfLowerCaseWords(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventType.parse(text))
                .withMessageContaining("joined by dots");
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 50123, 192.0.2.1:50123",
        "192.0.2.1, 0, 192.0.2.1",
        "2001:db8::1, 50123, '[2001:db8:0:0:0:0:0:1]:50123'",
        "2001:db8::1, 0, '2001:db8:0:0:0:0:0:1'"
    })
    void printsAddresses(String host, int port, String expected) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);

        assertThat(EventContext.builder().address(address).build().address()).contains(expected);
    }

    @Test
    void printsTheHostOfAnAddressThatIsNotResolved() {
        InetSocketAddress address = InetSocketAddress.createUnresolved("client.example", 1);

        assertThat(EventContext.builder().address(address).build().address()).contains("client.example:1");
    }

    @Test
    void goesIntoASinkAloneOrInABatch() {
        List<RegistryEvent> taken = new ArrayList<>();
        RegistryEvent event = event();
        try (EventSink sink = taken::addAll) {
            sink.publish(event);
            sink.publish(List.of(event, event));
        }

        assertThat(taken).containsExactly(event, event, event);
    }
}
