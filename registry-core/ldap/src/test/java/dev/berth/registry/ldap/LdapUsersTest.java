package dev.berth.registry.ldap;

import static dev.berth.registry.ldap.FakeDirectory.password;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which entry a user is, what its caller is called, and which groups it has. */
class LdapUsersTest {
    private FakeDirectory directory;
    private LdapAccounts accounts;

    @BeforeEach
    void setUp() throws Exception {
        directory = new FakeDirectory();
    }

    @AfterEach
    void tearDown() {
        accounts.close();
        directory.close();
    }

    private void open(LdapOptions.Builder options) throws Exception {
        accounts = LdapAccounts.open(options.fresh(Duration.ZERO).build());
    }

    private void group(String name, String... members) throws Exception {
        List<String> lines = new ArrayList<>(
                List.of("dn: cn=" + name + "," + FakeDirectory.GROUPS, "objectClass: groupOfNames", "cn: " + name));
        List.of(members).forEach(member -> lines.add("member: " + member));
        directory.add(lines.toArray(new String[0]));
    }

    private Optional<String> login(String typed, String name) {
        return accounts.authenticate(typed, password(name))
                .map(account -> account.caller().name());
    }

    private Set<String> groupsOf(String name) {
        return accounts.authenticate(name, password(name))
                .orElseThrow()
                .caller()
                .groups();
    }

    @Test
    void refuseANameOfSeveralEntries() throws Exception {
        directory.user("One", "same");
        directory.user("Two", "same");
        open(directory.options());

        assertThat(login("same", "same")).isEmpty();
        assertThat(accounts.find("ldap:same")).isEmpty();
    }

    @Test
    void areNamedByOneAttributeWhateverWasTyped() throws Exception {
        directory.user("Alice", "alice", "mail: alice@example.com", "mail: a@example.com");
        open(directory.options().userFilter("(|(sAMAccountName={0})(mail={0}))"));

        assertThat(login("alice@example.com", "alice")).contains("alice");
        assertThat(login("a@example.com", "alice")).contains("alice");
        assertThat(login("ALICE", "alice")).contains("alice");
        assertThat(accounts.find("ldap:alice")).isPresent();
        assertThat(accounts.find("ldap:a@example.com")).isEmpty();
    }

    @Test
    void areOtherCallersThanThoseOfOtherSourcesIfThatIsWanted() throws Exception {
        directory.user("Alice", "alice");
        open(directory.options().namePrefix("ldap:"));

        assertThat(login("alice", "alice")).contains("ldap:alice");
        assertThat(accounts.find("ldap:alice").orElseThrow().caller().name()).isEqualTo("ldap:alice");
    }

    @Test
    void areThoseThatTheDirectoryTookThemFor() throws Exception {
        directory.user("Alice", "alice", "mail: cn=Alice," + FakeDirectory.USERS);
        directory.user("Mallory", "mallory", "mail: cn=Bob," + FakeDirectory.USERS);
        directory.user("Bob", "bob", "mail: other");
        // A name that is no entry's name as a template, but stands for one.
        open(directory.options().userFilter("(mail={0})").bindAs("{0}"));

        assertThat(login("cn=Alice," + FakeDirectory.USERS, "alice")).contains("alice");
        assertThat(login("cn=Bob," + FakeDirectory.USERS, "bob"))
                .as("a filter that finds somebody else")
                .isEmpty();
    }

    @Test
    void areNamedByTheNameOfTheirEntryIfThereAreSeveral() throws Exception {
        directory.add(
                "dn: uid=bob," + FakeDirectory.USERS,
                "objectClass: user",
                "uid: bobby",
                "uid: bob",
                "userPassword: " + password("bob"));
        open(directory.options().userFilter("(uid={0})").nameAttribute("uid"));

        assertThat(login("bobby", "bob")).contains("bob");
        assertThat(accounts.find("ldap:bobby")).as("a name that no caller has").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a+b", "a:b"})
    void cannotBeNamedAsRobotsOrWithAColon(String name) throws Exception {
        directory.user("X", name, "mail: x");
        open(directory.options().userFilter("(mail={0})"));

        assertThat(login("x", name)).isEmpty();
    }

    @Test
    void haveNoRightsAnyMoreOnceTheFilterDoesNotFindThem() throws Exception {
        directory.user("Alice", "alice", "employeeType: active");
        open(directory.options().userFilter("(&(sAMAccountName={0})(employeeType=active))"));
        assertThat(login("alice", "alice")).contains("alice");

        directory
                .server()
                .modify(
                        "dn: cn=Alice," + FakeDirectory.USERS,
                        "changetype: modify",
                        "replace: employeeType",
                        "employeeType: left");

        assertThat(accounts.find("ldap:alice")).isEmpty();
        assertThat(login("alice", "alice")).isEmpty();
    }

    @Test
    void haveGroupsOfTenLevelsWithOneSearchForEach() throws Exception {
        directory.user("Alice", "alice");
        group("g1", "cn=Alice," + FakeDirectory.USERS);
        for (int level = 2; level <= 15; level++) {
            group("g" + level, "cn=g" + (level - 1) + "," + FakeDirectory.GROUPS);
        }
        open(directory
                .options()
                .groups(LdapGroups.builder(FakeDirectory.GROUPS).nested(true).build()));

        assertThat(groupsOf("alice")).hasSize(11);
        assertThat(directory.searches()).as("the user, its groups, ten levels").hasSize(12);
    }

    @Test
    void haveALimitedNumberOfGroups() throws Exception {
        directory.user("Alice", "alice");
        for (int i = 0; i < 30; i++) {
            group("g" + i, "cn=Alice," + FakeDirectory.USERS);
        }
        open(directory
                .options()
                .groups(LdapGroups.builder(FakeDirectory.GROUPS)
                        .most(20)
                        .nested(true)
                        .build()));

        assertThat(groupsOf("alice")).hasSize(20);
    }

    @Test
    void haveGroupsByAnotherAttribute() throws Exception {
        directory.user("Alice", "alice");
        directory.add(
                "dn: cn=1," + FakeDirectory.GROUPS,
                "objectClass: groupOfNames",
                "cn: 1",
                "displayName: Release Engineers",
                "member: cn=Alice," + FakeDirectory.USERS);
        open(directory
                .options()
                .groups(LdapGroups.builder(FakeDirectory.GROUPS)
                        .nameAttribute("displayName")
                        .build()));

        assertThat(groupsOf("alice")).containsExactly("ldap:Release Engineers");
    }

    @Test
    void haveNoGroupsWithoutAGroupBase() throws Exception {
        directory.user("Alice", "alice");
        group("g", "cn=Alice," + FakeDirectory.USERS);
        accounts = LdapAccounts.open(LdapOptions.builder(directory.url())
                .searchIdentity(FakeDirectory.SEARCHER, FakeDirectory.SEARCHER_PASSWORD)
                .userBase(FakeDirectory.USERS)
                .userFilter("(sAMAccountName={0})")
                .nameAttribute("sAMAccountName")
                .build());

        assertThat(groupsOf("alice")).isEmpty();
    }
}
