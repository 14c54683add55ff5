package dev.berth.registry.ldap;

import static dev.berth.registry.ldap.FakeDirectory.password;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of an Active Directory log in by any of their names, and are the same caller. */
class ActiveDirectoryTest {
    private FakeDirectory directory;
    private LdapAccounts accounts;

    @BeforeEach
    void setUp() throws Exception {
        directory = new FakeDirectory();
        directory.activeDirectory();
        directory.user("Alice Example", "alice", "userPrincipalName: alice.example@example.com");
        directory.user("Bob Example", "bob");
    }

    @AfterEach
    void tearDown() {
        accounts.close();
        directory.close();
    }

    private LdapOptions.Builder options() {
        return LdapOptions.builder(directory.url())
                .userBase(FakeDirectory.USERS)
                .activeDirectory("corp.example.com", "CORP")
                .groups(LdapGroups.builder(FakeDirectory.GROUPS).memberOf(true).build());
    }

    private void open(boolean searches) throws Exception {
        accounts = LdapAccounts.open(
                searches
                        ? options()
                                .searchIdentity(FakeDirectory.SEARCHER, FakeDirectory.SEARCHER_PASSWORD)
                                .build()
                        : options().build());
    }

    private Optional<String> login(String name, String password) {
        return accounts.authenticate(name, password)
                .map(account -> account.caller().name());
    }

    @ParameterizedTest
    @CsvSource({
        "true, alice",
        "true, Alice",
        "true, alice@corp.example.com",
        "true, alice@CORP.example.com",
        "true, alice.example@example.com",
        "true, CORP\\alice",
        "true, corp\\ALICE",
        "false, alice",
        "false, ALICE",
        "false, alice@corp.example.com",
        "false, alice.example@example.com",
        "false, CORP\\alice",
    })
    void takesEveryName(boolean searches, String typed) throws Exception {
        open(searches);

        assertThat(login(typed, password("alice"))).contains("alice");
        assertThat(login(typed, password("bob"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OTHER\\alice",
                "CORP\\",
                "\\alice",
                "CORP\\alice@corp.example.com",
                "alice@other.example.com",
                "CORP\\x\\alice",
                "@corp.example.com",
                "CORP\\*",
                "al*"
            })
    void takesNoNameOfAnotherDomain(String typed) throws Exception {
        open(true);
        assertThat(login(typed, password("alice"))).isEmpty();
        accounts.close();
        open(false);
        assertThat(login(typed, password("alice"))).isEmpty();
    }

    @Test
    void refusesANameThatTwoAccountsHave() throws Exception {
        directory.user("Mallory", "mallory", "userPrincipalName: bob@corp.example.com");
        open(true);
        assertThat(login("bob", password("bob"))).isEmpty();
        assertThat(login("bob", password("mallory"))).isEmpty();
        accounts.close();
        open(false);
        assertThat(login("bob", password("bob"))).isEmpty();
        assertThat(login("bob", password("mallory"))).isEmpty();
        assertThat(login("mallory", password("mallory"))).contains("mallory");
    }

    @Test
    void refusesDisabledAndExpiredAccounts() throws Exception {
        directory.user("Disabled", "disabled", "userAccountControl: 514");
        directory.user("Expired", "expired", "accountExpires: 132000000000000000");
        directory.user("Normal", "normal", "userAccountControl: 512", "accountExpires: 9223372036854775807");
        directory.user("Never", "never", "accountExpires: 0");
        open(true);

        assertThat(login("disabled", password("disabled"))).isEmpty();
        assertThat(accounts.find("ldap:disabled")).isEmpty();
        assertThat(login("expired", password("expired"))).isEmpty();
        assertThat(login("normal", password("normal"))).contains("normal");
        assertThat(login("never", password("never"))).contains("never");
    }

    @Test
    void takesNoComputer() throws Exception {
        directory.add(
                "dn: cn=PC," + FakeDirectory.USERS,
                "objectClass: user",
                "objectClass: computer",
                "objectCategory: computer",
                "cn: PC",
                "sAMAccountName: pc$",
                "userPassword: " + password("pc"));
        open(true);

        assertThat(login("pc$", password("pc"))).isEmpty();
    }

    @Test
    void hasTheDirectoryFindGroupsOfGroups() throws Exception {
        directory.add("dn: cn=a," + FakeDirectory.GROUPS, "objectClass: group", "cn: a");
        directory.add("dn: cn=b," + FakeDirectory.GROUPS, "objectClass: group", "cn: b");
        accounts = LdapAccounts.open(options()
                .searchIdentity(FakeDirectory.SEARCHER, FakeDirectory.SEARCHER_PASSWORD)
                .groups(LdapGroups.builder(FakeDirectory.GROUPS).inChain(true).build())
                .build());

        assertThat(accounts.authenticate("alice", password("alice"))
                        .orElseThrow()
                        .caller()
                        .groups())
                .containsExactlyInAnyOrder("ldap:a", "ldap:b");
        assertThat(directory.searches())
                .anyMatch(filter -> filter.contains("member:1.2.840.113556.1.4.1941:=cn=Alice"));
        directory.searches().clear();
        accounts.authenticate("bob", password("bob"));
        assertThat(directory.searches()).as("the user and its groups").hasSize(2);
    }

    @Test
    void changesTheVersionWithTheTimeOfThePassword() throws Exception {
        directory.user("Carol", "carol", "pwdLastSet: 1");
        accounts = LdapAccounts.open(options()
                .searchIdentity(FakeDirectory.SEARCHER, FakeDirectory.SEARCHER_PASSWORD)
                .fresh(java.time.Duration.ZERO)
                .build());
        String version =
                accounts.authenticate("carol", password("carol")).orElseThrow().version();

        directory
                .server()
                .modify("dn: cn=Carol," + FakeDirectory.USERS, "changetype: modify", "replace: mail", "mail: x@y");
        assertThat(accounts.find("ldap:carol").orElseThrow().version()).isEqualTo(version);
        directory
                .server()
                .modify(
                        "dn: cn=Carol," + FakeDirectory.USERS,
                        "changetype: modify",
                        "replace: pwdLastSet",
                        "pwdLastSet: 2");
        assertThat(accounts.find("ldap:carol").orElseThrow().version()).isNotEqualTo(version);
    }
}
