package dev.berth.registry.ldap;

import static dev.berth.registry.ldap.SlapdServer.group;
import static dev.berth.registry.ldap.SlapdServer.password;
import static dev.berth.registry.ldap.SlapdServer.person;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.account.Account;
import dev.berth.registry.client.fixtures.TestAuthority;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins to OpenLDAP's slapd. */
class SlapdTest {
    @TempDir
    private static Path directory;

    private static SlapdServer slapd;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
    private LdapAccounts accounts;

    @BeforeAll
    static void startSlapd() throws Exception {
        slapd = SlapdServer.start(directory);
        slapd.addGroup("engineers", person("alice"), person("bob"));
        slapd.addGroup("staff", group("engineers"), person("carol"));
        slapd.addGroup("everybody", group("staff"), group("everybody"));
        slapd.add("dn: " + group("unix"), "objectClass: posixGroup", "cn: unix", "gidNumber: 1", "memberUid: alice");
        slapd.add("dn: ou=elsewhere," + SlapdServer.SUFFIX, "objectClass: organizationalUnit", "ou: elsewhere");
        slapd.add(
                "dn: cn=admins,ou=elsewhere," + SlapdServer.SUFFIX,
                "objectClass: groupOfNames",
                "cn: admins",
                "member: " + person("alice"));
    }

    @AfterAll
    static void stopSlapd() throws InterruptedException {
        if (slapd != null) {
            slapd.close();
        }
    }

    @AfterEach
    void tearDown() {
        if (accounts != null) {
            accounts.close();
        }
    }

    private void open(LdapOptions.Builder options) throws Exception {
        accounts = LdapAccounts.open(options.clock(now::get).build());
    }

    private void later(Duration time) {
        now.set(now.get().plus(time));
    }

    private Optional<String> login(String name, String password) {
        return accounts.authenticate(name, password).map(Account::caller).map(caller -> caller.name());
    }

    private Set<String> groupsOf(String name) {
        return accounts.authenticate(name, password(name))
                .orElseThrow()
                .caller()
                .groups();
    }

    private void assertUnavailable(String name, String password) {
        assertThatThrownBy(() -> accounts.authenticate(name, password))
                .isInstanceOf(RegistryException.class)
                .satisfies(e -> {
                    RegistryException refusal = (RegistryException) e;
                    assertThat(refusal.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                    assertThat(refusal.retryAfter()).isPresent();
                });
    }

    @Test
    void letsInWhoKnowsThePassword() throws Exception {
        open(slapd.options());

        assertThat(accounts.problem()).isEmpty();
        assertThat(login("alice", password("alice"))).contains("alice");
        assertThat(login("alice", password("alice"))).as("again, remembered").contains("alice");
        assertThat(login("alice", password("bob"))).isEmpty();
        assertThat(login("alice", "")).isEmpty();
        assertThat(login("nobody", password("nobody"))).isEmpty();
        assertThat(login("nobody", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALICE", "Alice", "alicE"})
    void givesACallerTheNameOfTheDirectory(String typed) throws Exception {
        open(slapd.options());

        assertThat(login(typed, password("alice"))).contains("alice");
        assertThat(accounts.find("ldap:alice")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "a*",
                "alice)(uid=*",
                "*)(objectClass=*",
                "alice\0",
                "\0",
                "alice)",
                "(alice",
                "\\61lice",
                "ålice",
                "alice+x",
                "uid=alice",
                "alice,ou=people"
            })
    void findsNobodyByWhatIsPutIntoAFilter(String typed) throws Exception {
        open(slapd.options());
        assertThat(login(typed, password("alice"))).isEmpty();
        assertThat(accounts.find("ldap:" + typed)).isEmpty();

        accounts.close();
        open(slapd.options().bindAs("uid={0}," + SlapdServer.PEOPLE));
        assertThat(login(typed, password("alice"))).as("as part of a name").isEmpty();
    }

    @Test
    void findsNamesWithCharactersThatFiltersAndNamesNeed() throws Exception {
        String name = "o'(né)*";
        slapd.add(
                "dn: uid=o'(né)*," + SlapdServer.PEOPLE,
                "objectClass: inetOrgPerson",
                "uid: " + name,
                "cn: x",
                "sn: x",
                "userPassword: " + password(name));
        open(slapd.options());
        assertThat(login(name, password(name))).contains(name);
        accounts.close();
        open(slapd.options().bindAs("uid={0}," + SlapdServer.PEOPLE));
        assertThat(login(name, password(name))).contains(name);
    }

    @Test
    void findsGroupsBySearch() throws Exception {
        open(slapd.options());

        assertThat(groupsOf("alice")).containsExactly("ldap:engineers");
        assertThat(groupsOf("carol")).containsExactly("ldap:staff");
    }

    @Test
    void findsGroupsByNameOfTheUser() throws Exception {
        open(slapd.options()
                .groups(LdapGroups.builder(SlapdServer.GROUPS)
                        .filter("(|(member={0})(memberUid={1}))")
                        .nested(true)
                        .build()));

        assertThat(groupsOf("alice"))
                .containsExactlyInAnyOrder("ldap:engineers", "ldap:unix", "ldap:staff", "ldap:everybody");
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void findsGroupsOfGroups(boolean memberOf, boolean inChain) throws Exception {
        open(slapd.options()
                .groups(LdapGroups.builder(SlapdServer.GROUPS)
                        .memberOf(memberOf)
                        .nested(true)
                        .inChain(inChain)
                        .build()));

        assertThat(groupsOf("alice")).containsExactlyInAnyOrder("ldap:engineers", "ldap:staff", "ldap:everybody");
    }

    @Test
    void takesGroupsFromMemberOfBelowTheirBaseOnly() throws Exception {
        open(slapd.options()
                .groups(LdapGroups.builder(SlapdServer.GROUPS).memberOf(true).build()));

        assertThat(groupsOf("alice")).containsExactly("ldap:engineers");
    }

    @Test
    void findsAThousandGroupsWithAFewSearches() throws Exception {
        slapd.addPerson("dora");
        for (int i = 0; i < 1000; i++) {
            slapd.addGroup("group" + i, person("dora"));
        }
        for (boolean memberOf : new boolean[] {true, false}) {
            open(slapd.options()
                    .groups(LdapGroups.builder(SlapdServer.GROUPS)
                            .memberOf(memberOf)
                            .nested(true)
                            .build()));
            long before = slapd.logged("SRCH base");

            assertThat(groupsOf("dora")).hasSize(1000);

            assertThat(slapd.logged("SRCH base") - before).isLessThan(10);
            accounts.close();
        }
    }

    @Test
    void usesStartTls() throws Exception {
        open(slapd.options(slapd.url()).startTls(true));
        long before = slapd.logged("TLS established");

        assertThat(login("alice", password("alice"))).contains("alice");

        assertThat(slapd.logged("TLS established") - before).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsNoPasswordToAServerWithAnotherName(boolean startTls) throws Exception {
        URI url = SlapdServer.byAddress(startTls ? slapd.url() : slapd.tlsUrl());
        open(slapd.options(url).startTls(startTls));
        long before = slapd.logged("BIND");

        assertUnavailable("alice", password("alice"));
        now.set(now.get().plusSeconds(10));
        assertThat(accounts.problem())
                .hasValueSatisfying(problem -> assertThat(problem).contains("127.0.0.1"));

        assertThat(slapd.logged("BIND") - before).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sendsNoPasswordToAServerOfAnotherAuthority(boolean startTls) throws Exception {
        Path other = new TestAuthority("another").certificateFile(directory);
        open(slapd.options(startTls ? slapd.url() : slapd.tlsUrl())
                .startTls(startTls)
                .certificates(other));
        long before = slapd.logged("BIND");

        assertUnavailable("alice", password("alice"));

        assertThat(slapd.logged("BIND") - before).isZero();
    }

    @Test
    void bindsWithoutASearch() throws Exception {
        open(slapd.options().bindAs("uid={0}," + SlapdServer.PEOPLE));

        assertThat(login("Alice", password("alice"))).contains("alice");
        assertThat(login("alice", password("bob"))).isEmpty();
        assertThat(login("nobody", password("alice"))).isEmpty();
        assertThat(groupsOf("alice")).containsExactly("ldap:engineers");
    }

    @Test
    void readsAsTheUserWhereNobodyElseMay() throws Exception {
        open(LdapOptions.builder(slapd.url()).userBase(SlapdServer.PEOPLE).bindAs("uid={0}," + SlapdServer.PEOPLE));

        assertThat(login("alice", password("alice"))).contains("alice");
        assertThat(accounts.find("ldap:alice")).as("just read").isPresent();
    }

    @Test
    void saysThatTheSearchIdentityIsRefused() throws Exception {
        open(slapd.options().searchIdentity(SlapdServer.SEARCHER, "secret of the searcher"));

        assertThat(accounts.problem())
                .hasValueSatisfying(problem -> assertThat(problem)
                        .contains("refuses the search identity", SlapdServer.SEARCHER)
                        .doesNotContain("secret"));
        now.set(now.get().plusSeconds(10));
        assertUnavailable("alice", password("alice"));
    }

    @Test
    void saysThatAUserBaseDoesNotExist() throws Exception {
        open(slapd.options().userBase("ou=nowhere," + SlapdServer.SUFFIX));

        assertThat(accounts.problem()).isPresent();
        now.set(now.get().plusSeconds(10));
        assertUnavailable("alice", password("alice"));
    }

    @Test
    void seesAChangedPasswordWithinTenSeconds() throws Exception {
        slapd.addPerson("erin");
        open(slapd.options());
        Account before = accounts.authenticate("erin", password("erin")).orElseThrow();

        slapd.set("erin", "userPassword", "another");
        later(Duration.ofSeconds(6));

        assertThat(login("erin", password("erin"))).isEmpty();
        Account after = accounts.authenticate("erin", "another").orElseThrow();
        assertThat(after.version()).as("what refresh tokens depend on").isNotEqualTo(before.version());
    }

    @Test
    void keepsTheVersionWithoutAChangedPassword() throws Exception {
        slapd.addPerson("frank");
        open(slapd.options());
        Account before = accounts.authenticate("frank", password("frank")).orElseThrow();

        login("frank", "wrong");
        slapd.addGroup("franks", person("frank"));
        later(Duration.ofSeconds(6));

        Account after = accounts.find(before.subject()).orElseThrow();
        assertThat(after.caller().groups()).containsExactly("ldap:franks");
        assertThat(after.version()).isEqualTo(before.version());
    }

    @Test
    void seesARemovedMembershipAndUserWithinTenSeconds() throws Exception {
        slapd.addPerson("grace");
        slapd.addGroup("graces", person("grace"), person("alice"));
        open(slapd.options());
        String subject = accounts.authenticate("grace", password("grace"))
                .filter(account -> account.caller().groups().contains("ldap:graces"))
                .orElseThrow()
                .subject();

        slapd.removeMember("graces", person("grace"));
        later(Duration.ofSeconds(6));

        assertThat(accounts.find(subject).orElseThrow().caller().groups()).isEmpty();
        assertThat(groupsOf("grace")).isEmpty();

        slapd.remove(person("grace"));
        later(Duration.ofSeconds(6));

        assertThat(accounts.find(subject)).isEmpty();
        assertThat(login("grace", password("grace"))).isEmpty();

        slapd.addPerson("grace");
        later(Duration.ofSeconds(6));
        assertThat(accounts.find(subject).orElseThrow().version()).isNotEqualTo("");
        slapd.remove(group("graces"));
    }

    @Test
    void refusesALockedUserWithinTenSeconds() throws Exception {
        slapd.addPerson("heidi");
        open(slapd.options());
        assertThat(login("heidi", password("heidi"))).isPresent();

        slapd.set("heidi", "pwdAccountLockedTime", "000001010000Z");
        later(Duration.ofSeconds(6));

        assertThat(accounts.find("ldap:heidi")).isEmpty();
        assertThat(login("heidi", password("heidi"))).isEmpty();
    }

    @Test
    void takesTheSameStepsForAnUnknownNameAsForAWrongPassword() throws Exception {
        open(slapd.options());
        login("alice", password("alice"));
        long searches = slapd.logged("SRCH base");
        long binds = slapd.logged(" BIND dn");
        login("alice", "wrong");
        long searchesOfWrong = slapd.logged("SRCH base") - searches;
        long bindsOfWrong = slapd.logged(" BIND dn") - binds;

        login("nobody", "wrong");

        assertThat(slapd.logged("SRCH base") - searches).isEqualTo(2 * searchesOfWrong);
        assertThat(slapd.logged(" BIND dn") - binds).isEqualTo(2 * bindsOfWrong);
        assertThat(bindsOfWrong).isPositive();
    }
}
