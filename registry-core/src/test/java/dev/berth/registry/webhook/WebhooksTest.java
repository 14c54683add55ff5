package dev.berth.registry.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.event.RegistryEvent;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import dev.berth.registry.webhook.SendResult.Delivered;
import dev.berth.registry.webhook.SendResult.Failed;
import dev.berth.registry.webhook.SendResult.Gone;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhooksTest {
    private static final WebhookEndpoint A = DeliveryWorld.endpoint("a");
    private static final WebhookEndpoint B = DeliveryWorld.endpoint("b");

    private final DeliveryWorld world = new DeliveryWorld();

    @Test
    void aChangeIsDeliveredAndNothingIsLeft() {
        DeliveryWorld.Node node = world.node(A, B);
        RegistryEvent event = node.push("team/app");

        world.pass(Duration.ofSeconds(5));

        assertThat(world.received.get("a"))
                .containsExactly(new WebhookMessage(event.id().value(), List.of(event)));
        assertThat(world.receivedBy("b")).isEqualTo(1);
        assertThat(world.left()).isEmpty();
    }

    @Test
    void aPublishIsOnePutAndOneListing() {
        DeliveryWorld.Node node = world.node(A);
        node.push("app");
        int puts = node.store.count("put");
        int calls = node.store.number();

        node.webhooks.publish(List.of(world.change("app"), world.change("other")));

        assertThat(node.store.count("put")).isEqualTo(puts + 1);
        assertThat(node.store.number()).isEqualTo(calls + 2);
    }

    @Test
    void aPublishToAStoreOfOneProcessIsOnePut() {
        DeliveryWorld.Node node =
                world.node(Duration.ZERO, builder -> builder.endpoints(A).sharedStore(false));
        node.push("app");
        int calls = node.store.number();

        node.push("app");

        assertThat(node.store.number()).isEqualTo(calls + 1);
    }

    @Test
    void whatNobodyWantsCostsNothing() {
        DeliveryWorld.Node node = world.node(A.toBuilder()
                .filter(EventFilter.builder().repositories("team/**").build())
                .build());
        node.push("team/app");
        int calls = node.store.number();

        node.push("other");
        node.webhooks.publish(world.read("team/app"));

        assertThat(node.store.number()).isEqualTo(calls);
    }

    @Test
    void aPublishFailsIfTheStoreFails() {
        DeliveryWorld.Node node = world.node(A);
        node.push("app");
        node.store.fail(true);

        assertThatThrownBy(() -> node.push("app"))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE));
    }

    @Test
    void readsComeInBatches() {
        DeliveryWorld.Node node = world.node(
                A.toBuilder().filter(EventFilter.builder().reads(true).build()).build());
        node.push("app");
        world.pass(Duration.ofSeconds(2));
        int puts = node.store.count("put");

        for (int i = 0; i < 150; i++) {
            node.webhooks.publish(world.read("app"));
        }
        assertThat(node.store.count("put")).isEqualTo(puts);
        world.pass(Duration.ofSeconds(3));

        assertThat(world.received.get("a")).hasSize(3);
        assertThat(world.received.get("a").get(1).events()).hasSize(100);
        assertThat(world.received.get("a").get(2).events()).hasSize(50);
        assertThat(world.left()).isEmpty();
    }

    @Test
    void readsOverTheBoundAreDroppedAndCounted() {
        DeliveryWorld.Node node = world.node(
                Duration.ZERO,
                builder -> builder.endpoints(A.toBuilder()
                                .filter(EventFilter.builder().reads(true).build())
                                .build())
                        .readsBuffered(10));

        for (int i = 0; i < 15; i++) {
            node.webhooks.publish(world.read("app"));
        }
        world.pass(Duration.ofSeconds(5));

        assertThat(world.received.get("a").get(0).events()).hasSize(10);
        assertThat(world.told).containsExactly("dropped  5");
    }

    @Test
    void aReceiverThatIsDownForAnHourGetsEverythingInOrder() {
        DeliveryWorld.Node node = world.node(A, B);
        Instant up = world.now().plus(Duration.ofHours(1));
        world.receiver = (endpoint, message) ->
                endpoint.name().equals("a") && world.now().isBefore(up)
                        ? Failed.of("connection refused")
                        : new Delivered();
        for (int i = 0; i < 300; i++) {
            node.push("repo" + i % 7);
            if (i % 10 == 0) {
                world.pass(Duration.ofSeconds(2));
            }
        }
        assertThat(world.receivedBy("b")).isEqualTo(300 - 9);
        assertThat(world.attemptsAt("a")).as("one message at a time is tried").isLessThan(40);

        world.pass(Duration.ofHours(2), Duration.ofSeconds(10));

        world.acknowledged.forEach(
                (repository, ids) -> assertThat(world.firsts("a", repository)).isEqualTo(ids));
        assertThat(world.receivedBy("a")).isEqualTo(300);
        assertThat(world.left()).isEmpty();
    }

    @Test
    void aMessageThatIsRefusedHoldsUpItsRepositoryOnly() {
        DeliveryWorld.Node node = world.node(A);
        List<String> refused = new ArrayList<>();
        world.receiver =
                (endpoint, message) -> refused.contains(message.id()) ? Failed.of("status 400") : new Delivered();
        for (int i = 0; i < 50; i++) {
            String id = node.push("bad").id().value();
            if (i == 5) {
                refused.add(id);
            }
            node.push("good" + i % 5);
            world.pass(Duration.ofSeconds(3));
        }

        assertThat(world.firsts("a", "bad")).hasSize(5);
        assertThat(world.receivedBy("a")).isEqualTo(55);
        assertThat(world.names("_berth/events/queues/"))
                .as("segments do not stay for one lane")
                .isEmpty();
        assertThat(world.names("_berth/events/log/")).isEmpty();

        refused.clear();
        world.pass(Duration.ofHours(3), Duration.ofSeconds(30));

        assertThat(world.firsts("a", "bad")).isEqualTo(world.acknowledged.get("bad"));
        assertThat(world.left()).isEmpty();
    }

    @Test
    void aMessageThatIsRefusedForThreeDaysBecomesADeadLetterAndTheNextOnesGoOn() {
        DeliveryWorld.Node node = world.node(A);
        String bad = node.push("app").id().value();
        node.push("app");
        world.receiver = (endpoint, message) -> message.id().equals(bad) ? Failed.of("status 400") : new Delivered();

        world.pass(Duration.ofHours(71), Duration.ofMinutes(5));
        assertThat(world.receivedBy("a")).isZero();
        world.pass(Duration.ofHours(10), Duration.ofMinutes(5));

        assertThat(world.firsts("a", "app"))
                .containsExactly(world.acknowledged.get("app").get(1));
        List<DeadLetter> dead = node.webhooks.deadLetters().list("a", Optional.empty(), 10);
        assertThat(dead).singleElement().satisfies(letter -> {
            assertThat(letter.message().id()).isEqualTo(bad);
            assertThat(letter.reason()).contains("without success");
            assertThat(letter.attempts()).isBetween(15, 200);
        });
        assertThat(world.told).containsExactly("given up a 1");

        world.receiver = (endpoint, message) -> new Delivered();
        assertThat(node.webhooks.deadLetters().resend(dead.get(0).id())).isTrue();
        assertThat(node.webhooks.deadLetters().resend(dead.get(0).id())).isFalse();
        world.pass(Duration.ofSeconds(70));

        assertThat(world.received.get("a").get(1).id()).isEqualTo(bad);
        assertThat(world.left()).isEmpty();
    }

    @Test
    void whatAnEndpointDoesNotTakeForThreeDaysBecomesDeadLetters() {
        DeliveryWorld.Node node = world.node(A);
        world.receiver = (endpoint, message) -> Failed.of("timeout");
        for (int i = 0; i < 250; i++) {
            node.push("repo" + i);
        }

        world.pass(Duration.ofDays(3).plusHours(12), Duration.ofMinutes(2));

        assertThat(node.webhooks.deadLetters().list("a", Optional.empty(), 1000))
                .hasSize(250);
        assertThat(world.names("_berth/events/queues/")).isEmpty();
        assertThat(world.names("_berth/events/parked/")).isEmpty();
        WebhookStatus status = node.webhooks.status().get(0);
        assertThat(status.deadLetters()).isEqualTo(250);
        assertThat(status.pending()).isZero();
        assertThat(status.lastFailure()).contains("timeout");

        world.receiver = (endpoint, message) -> new Delivered();
        assertThat(node.webhooks.deadLetters().resendAll("a")).isEqualTo(250);
        world.pass(Duration.ofMinutes(10));
        assertThat(world.receivedBy("a")).isEqualTo(250);
        assertThat(world.left()).isEmpty();
    }

    @Test
    void deadLettersAreBoundedInNumberAndAge() {
        DeliveryWorld.Node node = world.node(
                Duration.ZERO,
                builder -> builder.endpoints(A).maxDeadLetters(20).maxPending(1));
        world.receiver = (endpoint, message) -> Failed.of("timeout");
        for (int i = 0; i < 100; i++) {
            node.push("repo" + i);
        }
        world.pass(Duration.ofMinutes(2));

        List<DeadLetter> dead = node.webhooks.deadLetters().list("a", Optional.empty(), 1000);
        assertThat(dead).hasSizeBetween(20, 21);
        assertThat(dead.get(dead.size() - 1)
                        .message()
                        .events()
                        .get(0)
                        .repository()
                        .value())
                .isEqualTo("repo98");
        assertThat(world.told.stream().filter(line -> line.startsWith("dropped a")))
                .isNotEmpty();

        // The last message becomes one after a week.
        world.pass(Duration.ofDays(38), Duration.ofMinutes(60));
        assertThat(world.names("_berth/events/dead/")).isEmpty();
    }

    @Test
    void oneDeadLetterCanBeRemoved() {
        DeliveryWorld.Node node =
                world.node(Duration.ZERO, builder -> builder.endpoints(A).maxPending(1));
        world.receiver = (endpoint, message) -> Failed.of("timeout");
        node.push("one");
        node.push("two");
        node.push("three");
        world.pass(Duration.ofSeconds(5));
        DeadLetters letters = node.webhooks.deadLetters();

        List<DeadLetter> first = letters.list("a", Optional.empty(), 1);
        List<DeadLetter> second = letters.list("a", Optional.of(first.get(0).id()), 5);

        assertThat(second).hasSize(1);
        assertThat(letters.remove(first.get(0).id())).isTrue();
        assertThat(letters.remove(first.get(0).id())).isFalse();
        assertThat(letters.remove("a/../../x")).isFalse();
        assertThat(letters.list("a", Optional.empty(), 10)).isEqualTo(second);
    }

    @Test
    void retryAfterIsHonoured() {
        DeliveryWorld.Node node = world.node(A);
        Instant until = world.now().plus(Duration.ofMinutes(20));
        world.receiver = (endpoint, message) -> world.now().isBefore(until)
                ? new Failed("status 503", Optional.of(Duration.between(world.now(), until)))
                : new Delivered();
        node.push("one");
        world.pass(Duration.ofSeconds(10));
        node.push("two");

        world.pass(Duration.ofMinutes(19));
        assertThat(world.attemptsAt("a")).isEqualTo(1);
        world.pass(Duration.ofMinutes(2));
        assertThat(world.receivedBy("a")).isEqualTo(2);
    }

    @Test
    void aReceiverThatAnswers410IsDisabledUntilItIsEnabled() {
        DeliveryWorld.Node node = world.node(A);
        DeliveryWorld.Node other = world.node(A);
        world.receiver = (endpoint, message) -> new Gone();
        String kept = node.push("app").id().value();
        world.pass(Duration.ofSeconds(30));
        assertThat(world.told).containsExactly("disabled a");
        node.push("app");
        world.pass(Duration.ofHours(1), Duration.ofSeconds(10));
        other.push("app");

        assertThat(world.attemptsAt("a")).isEqualTo(1);
        assertThat(other.webhooks.status().get(0).state()).isEqualTo(WebhookStatus.State.DISABLED);
        world.receiver = (endpoint, message) -> new Delivered();
        assertThat(other.webhooks.enable("a")).isTrue();
        assertThat(other.webhooks.enable("a")).isFalse();
        world.pass(Duration.ofMinutes(2));

        assertThat(world.firsts("a", "app")).containsExactly(kept);
        assertThat(world.left()).isEmpty();
    }

    @Test
    void ofTooManyMessagesTheOldestBecomeDeadLetters() {
        DeliveryWorld.Node node =
                world.node(Duration.ZERO, builder -> builder.endpoints(A).maxPending(50));
        world.receiver = (endpoint, message) -> Failed.of("down");
        for (int i = 0; i < 80; i++) {
            node.push("repo" + i % 5);
            world.pass(Duration.ofSeconds(5));
        }
        world.pass(Duration.ofMinutes(2));

        assertThat(node.webhooks.status().get(0).pending()).isEqualTo(50);
        assertThat(node.webhooks.deadLetters().list("a", Optional.empty(), 100)).hasSize(30);
        world.receiver = (endpoint, message) -> new Delivered();
        world.pass(Duration.ofMinutes(30), Duration.ofSeconds(5));

        world.acknowledged.forEach(
                (repository, ids) -> assertThat(world.firsts("a", repository)).isEqualTo(ids.subList(6, 16)));
    }

    @Test
    void endpointsOfTheApiAreSeenByOtherNodesAndRemovedWithWhatWaits() {
        DeliveryWorld.Node one = world.node();
        DeliveryWorld.Node two = world.node();
        world.pass(Duration.ofSeconds(20));
        world.receiver = (endpoint, message) -> Failed.of("down");

        one.webhooks.put(A);
        one.push("app");
        world.pass(Duration.ofSeconds(20));
        two.push("app");
        world.pass(Duration.ofSeconds(20));
        assertThat(two.webhooks.endpoints()).containsExactly(A);
        assertThat(two.webhooks.status().get(0).pending()).isEqualTo(2);

        assertThat(two.webhooks.remove("a")).isTrue();
        assertThat(two.webhooks.remove("a")).isFalse();
        world.pass(Duration.ofSeconds(60));
        one.push("app");
        two.push("app");

        assertThat(world.left()).isEmpty();
        assertThat(world.names("_berth/events/leases/to/")).isEmpty();
    }

    @Test
    void anEndpointOfTheConfigurationCannotBeChangedByTheApi() {
        DeliveryWorld.Node configured = world.node(A);
        DeliveryWorld.Node other = world.node();
        configured.run();

        assertThatThrownBy(() -> other.webhooks.put(A))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DENIED));
        assertThatThrownBy(() -> configured.webhooks.remove("a")).isInstanceOf(RegistryException.class);
    }

    @Test
    void aNodeKeepsEventsForAnEndpointThatAnotherOneHasInItsConfiguration() {
        DeliveryWorld.Node with = world.node(A);
        DeliveryWorld.Node without = world.node();
        with.run();
        with.store.die();
        world.pass(Duration.ofMinutes(2));
        without.push("app");
        world.pass(Duration.ofDays(2), Duration.ofMinutes(1));
        assertThat(world.names("_berth/events/queues/a/")).hasSize(1);
        assertThat(without.webhooks.endpoints()).isEmpty();

        world.node(A);
        world.pass(Duration.ofMinutes(1));

        assertThat(world.firsts("a", "app")).isEqualTo(world.acknowledged.get("app"));
        assertThat(world.left()).isEmpty();
    }

    @Test
    void anEndpointThatNoConfigurationHasAnyMoreIsForgotten() {
        DeliveryWorld.Node with = world.node(A);
        DeliveryWorld.Node without = world.node();
        with.run();
        with.store.die();
        without.push("app");

        world.pass(Duration.ofDays(8), Duration.ofMinutes(5));

        assertThat(without.webhooks.status()).isEmpty();
        assertThat(world.left()).isEmpty();
    }

    @Test
    void aTestIsSentAtOnce() {
        DeliveryWorld.Node node = world.node(A.toBuilder().active(false).build());

        assertThat(node.webhooks.test("a")).isEqualTo(new Delivered());

        assertThat(world.received.get("a").get(0).events().get(0).type()).isEqualTo(Webhooks.TEST);
        assertThatThrownBy(() -> node.webhooks.test("b")).isInstanceOf(RegistryException.class);
        assertThat(world.left()).isEmpty();
    }

    @Test
    void anInactiveEndpointGetsNothingNew() {
        DeliveryWorld.Node node = world.node();
        node.webhooks.put(A.toBuilder().active(false).build());
        node.push("app");
        node.webhooks.put(A);
        String id = node.push("app").id().value();
        world.pass(Duration.ofSeconds(20));

        assertThat(world.firsts("a", "app")).containsExactly(id);
    }

    @Test
    void anObjectThatCannotBeReadIsSetAsideAndStopsNothing() throws IOException {
        DeliveryWorld.Node node = world.node(A);
        node.push("app");
        world.store.put(
                ObjectKey.of("_berth/events/log/7000000000000000-0000000000000000"),
                "berth-log 2 of a later version".getBytes(StandardCharsets.UTF_8),
                PutCondition.always());
        world.store.put(ObjectKey.of("_berth/events/log/rubbish"), new byte[0], PutCondition.always());
        world.store.put(
                ObjectKey.of("_berth/events/queues/a/000000000000001-0000000001-3-100"),
                new byte[5],
                PutCondition.always());
        node.push("app");
        world.pass(Duration.ofMinutes(1));
        assertThat(world.firsts("a", "app")).isEqualTo(world.acknowledged.get("app"));
        assertThat(world.names("_berth/events/log/")).hasSize(2);

        world.pass(Duration.ofMinutes(15));

        assertThat(world.left()).hasSize(3).allMatch(name -> name.startsWith("_berth/events/unreadable/"));
        assertThat(world.told)
                .contains("dropped a 3")
                .filteredOn(line -> line.startsWith("dropped  "))
                .isNotEmpty();
        assertThat(node.webhooks.status().get(0).dropped()).isEqualTo(3);
    }

    @Test
    void aListingDoesNotGrowWithWhatWaitsForADeadEndpoint() {
        DeliveryWorld.Node node = world.node(A, B);
        world.receiver = (endpoint, message) -> endpoint.name().equals("a") ? Failed.of("down") : new Delivered();
        for (int i = 0; i < 3000; i++) {
            node.push("repo" + i % 10);
            if (i % 5 == 0) {
                world.run();
            }
        }
        world.pass(Duration.ofMinutes(2));
        assertThat(world.names("_berth/events/queues/a/")).hasSizeGreaterThan(500);
        int before = node.store.count("list");
        int opened = node.store.count("open");

        node.push("one");
        world.pass(Duration.ofSeconds(10));

        assertThat(node.store.count("list") - before).isLessThan(40);
        assertThat(node.store.count("open") - opened).isLessThan(30);
        assertThat(world.firsts("b", "one")).hasSize(1);
    }

    @Test
    void anIdleNodeAsksLittle() {
        DeliveryWorld.Node node = world.node(A, B);
        node.push("app");
        world.pass(Duration.ofMinutes(5));
        node.store.calls.clear();

        world.pass(Duration.ofHours(1));

        // The test asks for the log each second; a thread does so each five seconds.
        assertThat(node.store.count("put")).isLessThanOrEqualTo(361);
        assertThat(node.store.count("open")).isLessThanOrEqualTo(380);
        assertThat(node.store.count("list") - 3600).isLessThan(60 * 2 * 2 + 40);
    }

    @Test
    void closingGivesTheLeaseBackAndSavesHowFarItIs() {
        DeliveryWorld.Node one = world.node(A);
        world.receiver = (endpoint, message) ->
                message.events().get(0).repository().value().equals("bad") ? Failed.of("status 400") : new Delivered();
        one.push("bad");
        one.push("good");
        world.run();
        assertThat(world.receivedBy("a")).isEqualTo(1);

        one.webhooks.close();
        world.nodes.clear();
        world.receiver = (endpoint, message) -> new Delivered();
        world.node(A);
        world.pass(Duration.ofSeconds(2));

        assertThat(world.received.get("a").stream()
                        .map(message -> message.events().get(0).repository().value()))
                .containsExactly("good", "bad");
        assertThatThrownBy(() -> one.push("app")).isInstanceOf(RegistryException.class);
    }
}
