package dev.berth.registry.account.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.Action;
import dev.berth.registry.access.Grant;
import dev.berth.registry.access.Grantee;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import dev.berth.registry.account.Account;
import dev.berth.registry.account.Accounts;
import dev.berth.registry.audit.AuditEvent;
import dev.berth.registry.fixtures.Expected;
import dev.berth.registry.server.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountStoreTest {
    private static final List<NamePattern> ALL = List.of(NamePattern.all());

    private final Nodes nodes = new Nodes();
    private final AccountStore accounts = nodes.here;
    private final AccountChanges changes = nodes.changes;

    @Test
    void aPersonLogsInWithThePasswordOnly() {
        assertThat(accounts.isEmpty()).isTrue();
        changes.addPerson("alice", "open sesame");
        assertThat(accounts.isEmpty()).isFalse();

        assertThat(accounts.authenticate("alice", "open sesame")).hasValueSatisfying(account -> {
            assertThat(account.subject()).isEqualTo("alice");
            assertThat(account.caller()).isEqualTo(Caller.named("alice"));
        });
        assertThat(accounts.authenticate("alice", "open sesame!")).isEmpty();
        assertThat(accounts.authenticate("alice", "")).isEmpty();
        assertThat(accounts.authenticate("Alice", "open sesame")).isEmpty();
        assertThat(accounts.authenticate("bob", "open sesame")).isEmpty();
        assertThat(accounts.authenticate("../model", "open sesame")).isEmpty();
        assertThat(accounts.find("alice")).isPresent();
        assertThat(accounts.find("bob")).isEmpty();
    }

    @Test
    void aNewPasswordIsAnotherVersionOfTheAccount() {
        changes.addPerson("alice", "first");
        String version = accounts.find("alice").orElseThrow().version();
        changes.setPassword("alice", "second");

        assertThat(accounts.authenticate("alice", "first")).isEmpty();
        assertThat(accounts.authenticate("alice", "second")).isPresent();
        assertThat(accounts.find("alice").orElseThrow().version()).isNotEqualTo(version);
    }

    @Test
    void aDisabledPersonHasNoAccessByAnyCredentials() {
        changes.addPerson("alice", "password");
        NewSecret token = changes.addPersonalToken("alice", "laptop", ALL, Role.READER, Optional.empty());
        NewSecret robot = changes.addRobot("alice", "ci", ALL, Role.READER, Optional.empty());
        String subject =
                accounts.authenticate("alice", token.secret()).orElseThrow().subject();

        changes.setDisabled("alice", true);
        assertThat(accounts.authenticate("alice", "password")).isEmpty();
        assertThat(accounts.authenticate("alice", token.secret())).isEmpty();
        assertThat(accounts.authenticate("alice+ci", robot.secret())).isEmpty();
        assertThat(accounts.find("alice")).isEmpty();
        assertThat(accounts.find(subject)).isEmpty();
        assertThat(accounts.person("alice").orElseThrow().disabled()).isTrue();

        changes.setDisabled("alice", false);
        assertThat(accounts.authenticate("alice", "password")).isPresent();
        assertThat(accounts.find(subject)).isPresent();
    }

    @Test
    void aSecretThatIsNotGoodAnyMoreIsShownToNoOtherSource() {
        changes.addPerson("alice", "password");
        NewSecret token = changes.addPersonalToken("alice", "laptop", ALL, Role.READER, Optional.empty());
        List<String> seen = new ArrayList<>();
        Accounts other = new Accounts() {
            @Override
            public Optional<Account> authenticate(String name, String password) {
                seen.add(password);
                return Optional.empty();
            }

            @Override
            public Optional<Account> find(String subject) {
                return Optional.empty();
            }
        };
        Accounts all = Accounts.anyOf(List.of(other, accounts));

        assertThat(all.authenticate("alice", token.secret())).isPresent();
        changes.removePersonalToken("alice", token.account());
        assertThat(all.authenticate("alice", token.secret())).isEmpty();
        assertThat(all.authenticate("alice", "wrong")).isEmpty();
        assertThat(seen).containsExactly("wrong");
    }

    @Test
    void rolesInOrganisationsAndGrantsMakeThePolicy() {
        changes.addOrganisation("acme");
        changes.addTeam("dev");
        changes.addTeamMember("dev", Grantee.user("bob"));
        changes.addTeamMember("dev", Grantee.group("ldap:engineers"));
        changes.setMember("acme", Grantee.user("alice"), Role.ADMIN);
        changes.setMember("acme", Grantee.group("dev"), Role.WRITER);
        changes.grant(new Grant(Grantee.everyone(), NamePattern.parse("library/**"), Role.READER));

        Caller ldap = Caller.builder("carol").group("ldap:engineers").build();
        assertThat(Nodes.may(accounts, Caller.named("alice"), Action.DELETE, "acme/app/web"))
                .isTrue();
        assertThat(Nodes.may(accounts, Caller.named("bob"), Action.PUSH, "acme/app"))
                .isTrue();
        assertThat(Nodes.may(accounts, Caller.named("bob"), Action.DELETE, "acme/app"))
                .isFalse();
        assertThat(Nodes.may(accounts, ldap, Action.PUSH, "acme/app")).isTrue();
        assertThat(Nodes.may(accounts, Caller.named("carol"), Action.PULL, "acme/app"))
                .isFalse();
        assertThat(Nodes.may(accounts, Caller.named("alice"), Action.PULL, "acme"))
                .isFalse();
        assertThat(Nodes.may(accounts, Caller.anonymous(), Action.PULL, "library/alpine"))
                .isTrue();
        assertThat(Nodes.may(accounts, Caller.anonymous(), Action.PUSH, "library/alpine"))
                .isFalse();
        assertThat(accounts.policy().readable(Caller.named("bob")).patterns())
                .extracting(NamePattern::toString)
                .containsExactly("acme/**", "library/**");
        assertThat(accounts.organisations())
                .singleElement()
                .satisfies(organisation -> assertThat(organisation.members()).hasSize(2));
        assertThat(accounts.teams()).containsOnlyKeys("dev");

        changes.setMember("acme", Grantee.group("dev"), Role.READER);
        assertThat(Nodes.may(accounts, Caller.named("bob"), Action.PUSH, "acme/app"))
                .isFalse();
        assertThat(changes.removeTeamMember("dev", Grantee.user("bob"))).isTrue();
        assertThat(Nodes.may(accounts, Caller.named("bob"), Action.PULL, "acme/app"))
                .isFalse();
        assertThat(changes.removeMember("acme", Grantee.user("alice"))).isTrue();
        assertThat(Nodes.may(accounts, Caller.named("alice"), Action.PULL, "acme/app"))
                .isFalse();
        assertThat(changes.removeMember("acme", Grantee.user("alice"))).isFalse();
    }

    @Test
    void aTeamThatComesBackHasNothingOfTheOneBefore() {
        changes.addOrganisation("acme");
        changes.addTeam("dev");
        changes.addTeamMember("dev", Grantee.user("bob"));
        changes.setMember("acme", Grantee.group("dev"), Role.WRITER);
        changes.grant(new Grant(Grantee.group("dev"), NamePattern.parse("web/*"), Role.WRITER));

        assertThat(changes.removeTeam("dev")).isTrue();
        changes.addTeam("dev");
        changes.addTeamMember("dev", Grantee.user("mallory"));
        assertThat(Nodes.may(accounts, Caller.named("mallory"), Action.PULL, "acme/app"))
                .isFalse();
        assertThat(Nodes.may(accounts, Caller.named("mallory"), Action.PULL, "web/app"))
                .isFalse();
        assertThat(accounts.storedGrants()).isEmpty();
    }

    @Test
    void peopleAreListedInOrderByPages() {
        for (String name : List.of("carol", "Zoe", "alice", "b.ob", "bob", "dave@acme.test", "b0b")) {
            changes.addPerson(name, "password");
        }
        List<String> names = new ArrayList<>();
        for (List<Person> page = accounts.people("", 3); !page.isEmpty(); ) {
            page.forEach(person -> names.add(person.name()));
            page = accounts.people(names.get(names.size() - 1), 3);
        }
        assertThat(names).containsExactly("Zoe", "alice", "b.ob", "b0b", "bob", "carol", "dave@acme.test");
        assertThat(accounts.people("bo", 1)).extracting(Person::name).containsExactly("bob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a+b", "a/b", "-a", ".a", "ä", "a\n", "everyone", "authenticated"})
    void namesOfPeopleThatCouldBeMistakenAreRefused(String name) {
        assertThatThrownBy(() -> changes.addPerson(name, "password"))
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_INVALID))
                .hasMessageContaining("The name of a person");
        assertThat(accounts.authenticate(name, "password")).isEmpty();
    }

    @Test
    void passwordsThatCannotBeUsedAreRefusedWithoutBeingShown() {
        for (String password : List.of("", "x".repeat(73), "ä".repeat(37), "tab\tinside", "berth_robot_whatever")) {
            assertThatThrownBy(() -> changes.addPerson("alice", password))
                    .isInstanceOfSatisfying(
                            RegistryException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.REQUEST_INVALID))
                    .hasMessageMatching(password.isEmpty() ? "[\\s\\S]*" : "(?!.*" + password + ")[\\s\\S]*");
        }
        changes.addPerson("alice", "x".repeat(72));
        assertThat(accounts.authenticate("alice", "x".repeat(73))).isEmpty();
        assertThat(accounts.authenticate("alice", "x".repeat(72))).isPresent();
    }

    @Test
    void whatExistsIsNotAddedAgainAndWhatDoesNotIsNotChanged() {
        changes.addPerson("alice", "password");
        changes.addOrganisation("acme");
        changes.addTeam("dev");
        changes.addRobot("acme", "ci", List.of(NamePattern.parse("acme/**")), Role.READER, Optional.empty());

        refused(ErrorCode.PRECONDITION_FAILED, () -> changes.addPerson("alice", "other"));
        assertThat(accounts.authenticate("alice", "password")).isPresent();
        refused(ErrorCode.PRECONDITION_FAILED, () -> changes.addPerson("acme", "password"));
        refused(ErrorCode.PRECONDITION_FAILED, () -> changes.addOrganisation("acme"));
        refused(ErrorCode.PRECONDITION_FAILED, () -> changes.addOrganisation("alice"));
        refused(ErrorCode.PRECONDITION_FAILED, () -> changes.addTeam("dev"));
        refused(
                ErrorCode.PRECONDITION_FAILED,
                () -> changes.addRobot(
                        "acme", "ci", List.of(NamePattern.parse("acme/**")), Role.READER, Optional.empty()));
        refused(ErrorCode.NOT_FOUND, () -> changes.setPassword("bob", "password"));
        refused(ErrorCode.NOT_FOUND, () -> changes.setDisabled("bob", true));
        refused(ErrorCode.NOT_FOUND, () -> changes.setMember("umbrella", Grantee.user("bob"), Role.READER));
        refused(ErrorCode.NOT_FOUND, () -> changes.setMember("acme", Grantee.group("ops"), Role.READER));
        refused(ErrorCode.NOT_FOUND, () -> changes.addTeamMember("ops", Grantee.user("bob")));
        refused(
                ErrorCode.NOT_FOUND,
                () -> changes.grant(new Grant(Grantee.group("ops"), NamePattern.all(), Role.READER)));
        refused(ErrorCode.NOT_FOUND, () -> changes.addRobot("bob", "ci", ALL, Role.READER, Optional.empty()));
        refused(ErrorCode.NOT_FOUND, () -> changes.rotateRobot("acme+cd", Duration.ZERO));
        refused(ErrorCode.NOT_FOUND, () -> changes.rotateRobot("acme", Duration.ZERO));
        refused(ErrorCode.NOT_FOUND, () -> changes.addPersonalToken("acme", "", ALL, Role.READER, Optional.empty()));
        assertThat(changes.removePerson("bob")).isFalse();
        assertThat(changes.removeOrganisation("umbrella")).isFalse();
        assertThat(changes.removeTeam("ops")).isFalse();
        assertThat(changes.removeRobot("acme+cd")).isFalse();
        assertThat(changes.removePersonalToken("alice", "0123456789abcdef0123")).isFalse();
        assertThat(changes.removePersonalToken("alice", "../../model")).isFalse();
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        changes.addOrganisation("acme");
        changes.addTeam("dev");
        changes.addTeam("ops");
        refused(ErrorCode.REQUEST_INVALID, () -> changes.addOrganisation("acme/sub"));
        refused(ErrorCode.REQUEST_INVALID, () -> changes.addOrganisation("Acme"));
        refused(ErrorCode.REQUEST_INVALID, () -> changes.addTeam("ldap:dev"));
        refused(ErrorCode.REQUEST_INVALID, () -> changes.addTeam("organisation:acme"));
        refused(ErrorCode.REQUEST_INVALID, () -> changes.addTeamMember("dev", Grantee.group("ops")));
        refused(ErrorCode.REQUEST_INVALID, () -> changes.addTeamMember("dev", Grantee.everyone()));
        refused(ErrorCode.REQUEST_INVALID, () -> changes.setMember("acme", Grantee.everyone(), Role.READER));
        refused(ErrorCode.REQUEST_INVALID, () -> changes.addRobot("acme", "ci", ALL, Role.READER, Optional.empty()));
        refused(ErrorCode.REQUEST_INVALID, () -> changes.addRobot("acme", "c+i", ALL, Role.READER, Optional.empty()));
        refused(
                ErrorCode.REQUEST_INVALID,
                () -> changes.addRobot("acme", "ci", List.of(), Role.READER, Optional.empty()));
        refused(
                ErrorCode.REQUEST_INVALID,
                () -> changes.addRobot(
                        "acme",
                        "ci",
                        List.of(NamePattern.parse("acme/*")),
                        Role.READER,
                        Optional.of(nodes.clock.instant())));
    }

    @Test
    void changesAreToldWithoutSecrets() {
        List<AuditEvent> events = new ArrayList<>();
        AccountChanges told = accounts.changesBy("root", event -> {
            events.add(event);
            throw Expected.failure(new IllegalStateException("A listener that fails changes nothing"));
        });
        told.addPerson("alice", "open sesame");
        NewSecret token = told.addPersonalToken("alice", "laptop", ALL, Role.READER, Optional.empty());
        told.addTeam("dev");
        told.addTeam("ops");
        told.addTeamMember("dev", Grantee.user("alice"));
        told.removePerson("alice");
        told.removePerson("alice");

        assertThat(events).allSatisfy(event -> {
            assertThat(event.type()).isEqualTo(AuditEvent.Type.CHANGE);
            assertThat(event.caller()).isEqualTo("root");
            assertThat(event.toString()).doesNotContain("sesame").doesNotContain(token.secret());
        });
        assertThat(events)
                .extracting(AuditEvent::target)
                .containsExactly(
                        "user:alice",
                        "token:" + token.account() + " of alice",
                        "team:dev",
                        "team:ops",
                        "team:dev",
                        "user:alice");
    }

    @Test
    void aPersonFromOutsideOwnsTokensWhileThere() {
        List<Account> outside = new ArrayList<>(List.of(
                new Account(Caller.builder("carol").group("ldap:engineers").build(), "ldap:carol", "1")));
        AccountStore store = AccountStore.over(
                nodes.store, nodes.options().outside(fixed(outside), "ldap").build());
        AccountChanges byRoot = Nodes.changes(store);
        NewSecret token = byRoot.addPersonalToken("carol", "laptop", ALL, Role.READER, Optional.empty());
        byRoot.grant(new Grant(Grantee.group("ldap:engineers"), NamePattern.parse("eng/**"), Role.WRITER));

        Account account = store.authenticate("carol", token.secret()).orElseThrow();
        assertThat(account.caller().name()).isEqualTo("carol");
        assertThat(Nodes.may(store, account.caller(), Action.PULL, "eng/app")).isTrue();
        assertThat(Nodes.may(store, account.caller(), Action.PUSH, "eng/app")).isFalse();
        assertThat(store.find(account.subject())).contains(account);

        outside.clear();
        assertThat(store.authenticate("carol", token.secret())).isEmpty();
        assertThat(store.find(account.subject())).isEmpty();
        byRoot.addPerson("carol", "password");
        assertThat(store.authenticate("carol", token.secret())).isEmpty();
    }

    private static Accounts fixed(List<Account> accounts) {
        return new Accounts() {
            @Override
            public Optional<Account> authenticate(String name, String password) {
                return Optional.empty();
            }

            @Override
            public Optional<Account> find(String subject) {
                return accounts.stream()
                        .filter(account -> account.subject().equals(subject))
                        .findFirst();
            }
        };
    }

    private static void refused(ErrorCode code, Runnable change) {
        assertThatThrownBy(change::run)
                .isInstanceOfSatisfying(
                        RegistryException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
