package dev.berth.registry.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PasswordAccountsTest {
    private final Accounts accounts = Accounts.ofPasswords(Map.of("alice", "open sesame", "bob", "bob's"));

    @Test
    void eachNameHasItsPassword() {
        assertThat(accounts.authenticate("alice", "open sesame")).hasValueSatisfying(account -> {
            assertThat(account.caller().name()).isEqualTo("alice");
            assertThat(accounts.find(account.subject(), account.version())).contains(account);
        });
        assertThat(accounts.authenticate("alice", "bob's")).isEmpty();
        assertThat(accounts.authenticate("alice", "")).isEmpty();
        assertThat(accounts.authenticate("carol", "open sesame")).isEmpty();
        assertThat(accounts.authenticate("", "")).isEmpty();
        assertThat(accounts.find("carol")).isEmpty();
    }

    @Test
    void noPasswordIsShown() {
        assertThat(accounts.toString()).contains("alice").doesNotContain("sesame");
    }

    @Test
    void anotherPasswordOrProcessIsAnotherVersion() {
        assertThat(accounts.find("alice").orElseThrow().version())
                .isNotEqualTo(Accounts.ofPasswords(Map.of("alice", "open sesame"))
                        .find("alice")
                        .orElseThrow()
                        .version());
    }

    @Test
    void namesAndPasswordsThatCannotBeSentAreRefused() {
        for (Map<String, String> wrong : List.of(Map.of("", "x"), Map.of("a:b", "x"), Map.of("a", ""))) {
            assertThatThrownBy(() -> Accounts.ofPasswords(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theVersionFindsTheAccountBehindOneOfTheSameName() {
        Accounts others = Accounts.ofPasswords(Map.of("alice", "another one"));
        Accounts both = Accounts.anyOf(List.of(others, accounts));
        Account second = both.authenticate("alice", "open sesame").orElseThrow();
        assertThat(both.find("alice", second.version())).contains(second);
        assertThat(both.find("alice", "none")).isEmpty();
    }
}
