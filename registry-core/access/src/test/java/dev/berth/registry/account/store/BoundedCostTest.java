package dev.berth.registry.account.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.Action;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Passwords;
import dev.berth.registry.internal.objects.StoredJson;
import dev.berth.registry.memory.MemoryObjectStore;
import dev.berth.registry.storage.ObjectKey;
import dev.berth.registry.storage.PutCondition;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a request costs does not depend on how many accounts there are. */
class BoundedCostTest {
    private static final int PEOPLE = 10_000;
    private static final List<NamePattern> ALL = List.of(NamePattern.all());

    private final WatchedStore watched = new WatchedStore(MemoryObjectStore.create());
    private final Nodes nodes = new Nodes(watched);
    private NewSecret token;
    private NewSecret robot;

    @BeforeEach
    void add() throws IOException {
        String hash = Passwords.hash("password", Nodes.COST);
        for (int i = 0; i < PEOPLE; i++) {
            PersonRecord person =
                    new PersonRecord("p" + i, "id" + i, nodes.clock.instant(), PersonRecord.State.ACTIVE, hash);
            ObjectKey key = ObjectNames.person(person.name());
            watched.put(
                    ObjectKey.of(StoredJson.ROOT + key),
                    StoredJson.write(key, person, PersonRecord.FORMAT),
                    PutCondition.always());
        }
        nodes.changes.addOrganisation("acme");
        nodes.changes.grant(new Grant(Grantee.user("p77"), NamePattern.parse("web/**"), Role.READER));
        token = nodes.changes.addPersonalToken("p77", "", ALL, Role.READER, Optional.empty());
        robot = nodes.changes.addRobot(
                "acme", "ci", List.of(NamePattern.parse("acme/**")), Role.READER, Optional.empty());
        nodes.passCacheAge();
        watched.reset();
    }

    @Test
    void aLoginReadsThePersonAndTheModel() {
        assertThat(nodes.there.authenticate("p77", "password")).isPresent();
        assertThat(watched.calls())
                .containsExactlyInAnyOrder("open _berth/access/model", "open _berth/access/people/p77");
        watched.reset();
        for (int i = 0; i < 100; i++) {
            var account = nodes.there.authenticate("p77", "password");
            assertThat(Nodes.may(nodes.there, account, Action.PULL, "web/app")).isTrue();
        }
        assertThat(watched.calls()).isEmpty();

        nodes.there.authenticate("p77", "wrong");
        assertThat(watched.calls()).as("a wrong password").hasSize(1);
        watched.reset();
        nodes.there.authenticate("nobody", "wrong");
        assertThat(watched.calls()).as("an unknown name").hasSize(1);
    }

    @Test
    void aTokenReadsItselfItsOwnerAndTheModel() {
        var account = nodes.there.authenticate("p77", token.secret());
        assertThat(Nodes.may(nodes.there, account, Action.PULL, "web/app")).isTrue();
        assertThat(nodes.there.find(account.orElseThrow().subject())).isPresent();
        assertThat(watched.calls())
                .containsExactlyInAnyOrder(
                        "open _berth/access/model",
                        "open _berth/access/people/p77",
                        "open _berth/access/tokens/p77/" + token.account());
    }

    @Test
    void aRobotReadsItselfAndTheModel() {
        var account = nodes.there.authenticate("acme+ci", robot.secret());
        assertThat(Nodes.may(nodes.there, account, Action.PULL, "acme/app")).isTrue();
        assertThat(watched.calls())
                .containsExactlyInAnyOrder("open _berth/access/model", "open _berth/access/robots/acme");
    }

    @Test
    void aChangeAndAPageOfPeopleCostTheSameForAnyNumber() {
        assertThat(nodes.there.people("p5", 10)).hasSize(10);
        assertThat(watched.calls()).hasSize(11);
        watched.reset();
        nodes.changes.removePerson("p500");
        assertThat(watched.calls()).hasSizeLessThan(20);
        watched.reset();
        nodes.changes.addPerson("p500", "password");
        assertThat(watched.calls()).hasSizeLessThan(10);
    }

    @Test
    void usesOfManyCredentialsAreFewWrites() {
        for (int i = 0; i < 90; i++) {
            NewSecret more = nodes.changes.addPersonalToken("p77", "", ALL, Role.READER, Optional.empty());
            nodes.here.authenticate("p77", more.secret());
        }
        watched.reset();
        nodes.here.close();
        assertThat(watched.calls()).hasSizeLessThanOrEqualTo(2 * LastUses.SHARDS);
        watched.reset();
        nodes.here.close();
        assertThat(watched.calls()).isEmpty();
    }
}
