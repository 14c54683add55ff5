package dev.berth.registry.account.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.internal.objects.StoredJson;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.KeyPrefix;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PrefixedObjectStore;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What can be stored has limits, and what is removed makes room again. */
class LimitTest {
    private static final List<NamePattern> ALL = List.of(NamePattern.all());
    private static final List<NamePattern> ACME = List.of(NamePattern.parse("acme/**"));

    private final WatchedStore watched = new WatchedStore(MemoryObjectStore.create());
    private final Nodes nodes = new Nodes(watched);

    private static void isRefused(ThrowingCallable call, String... said) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_INVALID))
                .satisfies(e -> List.of(said).forEach(text -> assertThat(e).hasMessageContaining(text)));
    }

    @Test
    void aPersonHasAHundredTokensAtMost() {
        watched.leaveEmptyObjects();
        nodes.changes.addPerson("alice", "password");
        List<NewSecret> tokens = new ArrayList<>();
        for (int i = 0; i < PersonalTokens.MOST; i++) {
            tokens.add(nodes.changes.addPersonalToken("alice", "", ALL, Role.READER, Optional.empty()));
        }
        isRefused(
                () -> nodes.changes.addPersonalToken("alice", "", ALL, Role.READER, Optional.empty()),
                "100 personal tokens");
        assertThat(nodes.here.personalTokens("alice")).hasSize(PersonalTokens.MOST);
        tokens.forEach(token -> assertThat(nodes.changes.removePersonalToken("alice", token.account()))
                .isTrue());
        assertThat(nodes.here.personalTokens("alice")).isEmpty();
        nodes.changes.addPersonalToken("alice", "", ALL, Role.READER, Optional.empty());
    }

    @Test
    void anOrganisationHasAThousandRobotsAtMost() throws IOException {
        watched.leaveEmptyObjects();
        nodes.changes.addOrganisation("acme");
        nodes.changes.addRobot("acme", "ci0", ACME, Role.READER, Optional.empty());
        ObjectKey key = ObjectKey.of(StoredJson.ROOT + ObjectNames.robots("acme"));
        RobotRecord first;
        try (var content = watched.open(key).orElseThrow()) {
            first = StoredJson.read(key, content.stream().readAllBytes(), RobotSet.FORMAT)
                    .find("ci0")
                    .orElseThrow();
        }
        RobotSet robots = RobotSet.EMPTY;
        for (int i = 0; i < Robots.MOST; i++) {
            robots = robots.with(new RobotRecord(
                    "ci" + i, "id" + i, first.owner(), first.created(), first.purpose(), first.secrets()));
        }
        watched.put(key, StoredJson.write(key, robots, RobotSet.FORMAT), PutCondition.always());
        isRefused(() -> nodes.changes.addRobot("acme", "ci", ACME, Role.READER, Optional.empty()), "1000 robots");
        nodes.changes.removeRobot("acme+ci7");
        nodes.changes.addRobot("acme", "ci", ACME, Role.READER, Optional.empty());
        nodes.changes.removeOrganisation("acme");
        nodes.changes.addOrganisation("acme");
        assertThat(nodes.here.robots("acme")).isEmpty();
        nodes.changes.addRobot("acme", "ci", ACME, Role.READER, Optional.empty());
    }

    @Test
    void patternsAndDescriptionsAreLimited() {
        nodes.changes.addPerson("alice", "password");
        isRefused(() -> nodes.changes.addPersonalToken(
                "alice", "", nCopies(Purpose.MOST_PATTERNS + 1), Role.READER, Optional.empty()));
        isRefused(() -> nodes.changes.addPersonalToken("alice", "x".repeat(201), ALL, Role.READER, Optional.empty()));
        isRefused(() -> nodes.changes.addPersonalToken("alice", "a\nb", ALL, Role.READER, Optional.empty()));
        isRefused(() -> nodes.changes.grant(new Grant(Grantee.user("x".repeat(300)), NamePattern.all(), Role.READER)));
    }

    private static List<NamePattern> nCopies(int count) {
        return Collections.nCopies(count, NamePattern.all());
    }

    @Test
    void aModelThatIsTooLargeIsRefusedAndTheOneBeforeStays() throws IOException {
        Grant grant = new Grant(Grantee.user("alice"), NamePattern.parse("web/app"), Role.READER);
        List<Grant> many = grants(10_000);
        Model full = new Model(Map.of(), Map.of(), many, 0);
        byte[] bytes = StoredJson.write(ObjectNames.MODEL, full, Model.FORMAT);
        watched.put(ObjectKey.of(StoredJson.ROOT + ObjectNames.MODEL), bytes, PutCondition.always());
        nodes.changes.grant(grant);
        assertThat(nodes.open(watched).storedGrants()).hasSize(many.size() + 1).contains(grant);

        Model tooLarge = new Model(Map.of(), Map.of(), grants(20_000), 0);
        isRefused(() -> StoredJson.write(ObjectNames.MODEL, tooLarge, Model.FORMAT), "_berth/access/model");
    }

    private static List<Grant> grants(int count) {
        NamePattern pattern = NamePattern.parse("w".repeat(200));
        return IntStream.range(0, count)
                .mapToObj(i -> new Grant(Grantee.user("u" + i), pattern, Role.READER))
                .toList();
    }

    @Test
    void whatIsRemovedIsGoneAlsoWhereTheStoreKeepsEmptyObjects() {
        watched.leaveEmptyObjects();
        for (int i = 0; i < 3; i++) {
            nodes.changes.addPerson("alice", "password");
            assertThat(nodes.here.isEmpty()).isFalse();
            nodes.changes.addPersonalToken("alice", "", ALL, Role.READER, Optional.empty());
            NewSecret robot = nodes.changes.addRobot("alice", "ci", ALL, Role.READER, Optional.empty());
            assertThat(nodes.there.authenticate("alice+ci", robot.secret())).isPresent();
            nodes.changes.removePerson("alice");
            assertThat(nodes.here.isEmpty()).isTrue();
            assertThat(nodes.here.people("", 10)).isEmpty();
            assertThat(nodes.here.robots("alice")).isEmpty();
            nodes.passCacheAge();
            assertThat(nodes.there.authenticate("alice+ci", robot.secret())).isEmpty();
            assertThat(nodes.there.isEmpty()).isTrue();
        }
    }

    @Test
    void theHighestCostOfAPasswordIsThatOfUnknownNames() {
        AccountStore costly = AccountStore.over(
                watched, nodes.options().passwordCost(Nodes.COST + 1).build());
        Nodes.changes(costly).addPerson("alice", "password");
        nodes.changes.addPerson("bob", "password");
        Models models = new Models(
                PrefixedObjectStore.of(watched, KeyPrefix.of(StoredJson.ROOT)),
                nodes.options().build());
        assertThat(models.current().highestCost()).isEqualTo(Nodes.COST + 1);
    }
}
