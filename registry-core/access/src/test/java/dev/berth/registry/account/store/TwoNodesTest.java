package dev.berth.registry.account.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.registry.access.Action;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Account;
import dev.berth.registry.server.Caller;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is removed in one process has no rights with its next request, and in another one when its cache is too old. */
class TwoNodesTest {
    private static final List<NamePattern> ALL = List.of(NamePattern.all());

    private final Nodes nodes = new Nodes();
    private final AccountChanges changes = nodes.changes;

    @BeforeEach
    void add() {
        changes.addPerson("alice", "password");
        changes.addOrganisation("acme");
        changes.addTeam("dev");
        changes.addTeamMember("dev", Grantee.user("alice"));
        changes.grant(new Grant(Grantee.group("dev"), NamePattern.parse("web/**"), Role.WRITER));
    }

    private void isGoneEverywhere(String name, String secret) {
        isGone(nodes.here, name, secret);
        nodes.passCacheAge();
        isGone(nodes.there, name, secret);
    }

    private void isGone(AccountStore accounts, String name, String secret) {
        assertThat(accounts.authenticate(name, secret)).isEmpty();
    }

    private Account thereToo(String name, String secret) {
        assertThat(nodes.here.authenticate(name, secret)).isPresent();
        return nodes.there.authenticate(name, secret).orElseThrow();
    }

    @Test
    void aRemovedPersonIsGone() {
        NewSecret token = changes.addPersonalToken("alice", "", ALL, Role.READER, Optional.empty());
        Account alice = thereToo("alice", "password");
        Account byToken = thereToo("alice", token.secret());
        changes.removePerson("alice");

        isGone(nodes.here, "alice", "password");
        isGone(nodes.here, "alice", token.secret());
        assertThat(nodes.here.find(alice.subject())).isEmpty();
        nodes.passCacheAge();
        isGone(nodes.there, "alice", "password");
        isGone(nodes.there, "alice", token.secret());
        assertThat(nodes.there.find(alice.subject())).isEmpty();
        assertThat(nodes.there.find(byToken.subject())).isEmpty();
        assertThat(Nodes.may(nodes.there, Caller.named("alice"), Action.PULL, "web/app"))
                .isFalse();
    }

    @Test
    void aChangedPasswordIsTheOnlyOneAtOnceHereAndSoonThere() {
        thereToo("alice", "password");
        changes.setPassword("alice", "other");
        assertThat(nodes.here.authenticate("alice", "other")).isPresent();
        assertThat(nodes.there.authenticate("alice", "other"))
                .as("found at once")
                .isPresent();
        isGoneEverywhere("alice", "password");
    }

    @Test
    void aDisabledPersonIsOutSoon() {
        thereToo("alice", "password");
        changes.setDisabled("alice", true);
        isGoneEverywhere("alice", "password");
    }

    @Test
    void aRemovedRobotIsGone() {
        NewSecret robot =
                changes.addRobot("acme", "ci", List.of(NamePattern.parse("acme/**")), Role.READER, Optional.empty());
        String subject = thereToo("acme+ci", robot.secret()).subject();
        changes.removeRobot("acme+ci");
        isGoneEverywhere("acme+ci", robot.secret());
        assertThat(nodes.there.find(subject)).isEmpty();
    }

    @Test
    void aRotatedSecretIsFoundAtOnceAndTheOldOneGone() {
        NewSecret robot =
                changes.addRobot("acme", "ci", List.of(NamePattern.parse("acme/**")), Role.READER, Optional.empty());
        thereToo("acme+ci", robot.secret());
        NewSecret newer = changes.rotateRobot("acme+ci", Duration.ZERO);
        assertThat(nodes.there.authenticate("acme+ci", newer.secret())).isPresent();
        isGoneEverywhere("acme+ci", robot.secret());
    }

    @Test
    void aRemovedOrganisationTakesItsRobotsAlong() {
        NewSecret robot =
                changes.addRobot("acme", "ci", List.of(NamePattern.parse("acme/**")), Role.READER, Optional.empty());
        thereToo("acme+ci", robot.secret());
        changes.removeOrganisation("acme");
        isGoneEverywhere("acme+ci", robot.secret());
    }

    @Test
    void aRemovedPersonalTokenIsGone() {
        NewSecret token = changes.addPersonalToken("alice", "", ALL, Role.READER, Optional.empty());
        String subject = thereToo("alice", token.secret()).subject();
        changes.removePersonalToken("alice", token.account());
        isGoneEverywhere("alice", token.secret());
        assertThat(nodes.there.find(subject)).isEmpty();
    }

    @Test
    void whoLeavesATeamHasItsRightsNoMore() {
        Caller alice = Caller.named("alice");
        assertThat(Nodes.may(nodes.there, alice, Action.PUSH, "web/app")).isTrue();
        changes.removeTeamMember("dev", Grantee.user("alice"));
        assertThat(Nodes.may(nodes.here, alice, Action.PULL, "web/app")).isFalse();
        nodes.passCacheAge();
        assertThat(Nodes.may(nodes.there, alice, Action.PULL, "web/app")).isFalse();
    }

    @Test
    void whatIsAddedElsewhereIsFound() {
        assertThat(nodes.there.authenticate("bob", "password")).isEmpty();
        changes.addPerson("bob", "password");
        assertThat(nodes.there.authenticate("bob", "password")).isPresent();
        NewSecret token = changes.addPersonalToken("bob", "", ALL, Role.READER, Optional.empty());
        assertThat(nodes.there.authenticate("bob", token.secret())).isPresent();
    }

    @Test
    void aNewPersonOfTheSameNameInheritsNothing() {
        NewSecret token = changes.addPersonalToken("alice", "", ALL, Role.READER, Optional.empty());
        NewSecret robot = changes.addRobot("alice", "ci", ALL, Role.READER, Optional.empty());
        Account before = thereToo("alice", "password");
        changes.setMember("acme", Grantee.user("alice"), Role.ADMIN);
        changes.grant(new Grant(Grantee.user("alice"), NamePattern.all(), Role.ADMIN));

        changes.removePerson("alice");
        changes.addPerson("alice", "password");
        assertThat(nodes.here.find(before.subject(), before.version())).isEmpty();
        for (AccountStore accounts : List.of(nodes.here, nodes.there)) {
            Account after = accounts.authenticate("alice", "password").orElseThrow();
            assertThat(Nodes.may(accounts, after.caller(), Action.PULL, "acme/app"))
                    .isFalse();
            assertThat(Nodes.may(accounts, after.caller(), Action.PULL, "web/app"))
                    .isFalse();
            isGone(accounts, "alice", token.secret());
            isGone(accounts, "alice+ci", robot.secret());
            assertThat(accounts.find(before.subject(), before.version())).isEmpty();
            assertThat(accounts.personalTokens("alice")).isEmpty();
            assertThat(accounts.robots("alice")).isEmpty();
            nodes.passCacheAge();
        }
    }

    @Test
    void aClockThatWasSetBackMakesNothingYounger() {
        thereToo("alice", "password");
        changes.removePerson("alice");
        nodes.clock.advance(Duration.ofHours(-1));
        isGone(nodes.there, "alice", "password");
    }

    @Test
    void theLastUseIsSeenEverywhere() {
        NewSecret robot = changes.addRobot("alice", "ci", ALL, Role.READER, Optional.empty());
        assertThat(nodes.here.robot("alice+ci").orElseThrow().lastUsed()).isEmpty();
        nodes.here.authenticate("alice+ci", robot.secret());
        var first = nodes.clock.instant();
        assertThat(nodes.here.robot("alice+ci").orElseThrow().lastUsed()).contains(first);
        nodes.clock.advance(Duration.ofMinutes(1));
        nodes.there.authenticate("alice+ci", robot.secret());
        nodes.there.close();
        nodes.here.close();
        nodes.passCacheAge();
        assertThat(nodes.here.robot("alice+ci").orElseThrow().lastUsed()).contains(first.plusSeconds(60));
        assertThat(nodes.open(nodes.store).robot("alice+ci").orElseThrow().lastUsed())
                .contains(first.plusSeconds(60));
    }
}
