package dev.berth.registry.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.berth.registry.fixtures.Programs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtpasswdFileTest {
    private static final int COST = 4;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void setUp() {
        file = directory.resolve("htpasswd");
    }

    private static String line(String name, String password) {
        return name + ":" + PasswordHash.of(password, COST).text();
    }

    private void write(String... lines) throws IOException {
        Files.write(file, List.of(lines));
    }

    private static boolean letsIn(HtpasswdFile users, String name, String password) {
        return users.authenticate(name, password)
                .filter(account -> account.caller().name().equals(name))
                .isPresent();
    }

    @Test
    void letsInWhoKnowsThePassword() throws IOException {
        write("# people", "", line("alice", "secret of alice"), "  " + line("bob", "pässword") + "\r");

        HtpasswdFile users = HtpasswdFile.open(file);

        assertThat(letsIn(users, "alice", "secret of alice")).isTrue();
        assertThat(letsIn(users, "alice", "secret of alice"))
                .as("again, remembered")
                .isTrue();
        assertThat(letsIn(users, "bob", "pässword")).isTrue();
        assertThat(letsIn(users, "alice", "secret of bob")).isFalse();
        assertThat(letsIn(users, "alice", "")).isFalse();
        assertThat(letsIn(users, "Alice", "secret of alice")).isFalse();
        assertThat(letsIn(users, "nobody", "")).isFalse();
        assertThat(users.find("alice")).isPresent();
        assertThat(users.find("nobody")).isEmpty();
    }

    @Test
    void seesAChangeAtTheNextRequest() throws IOException {
        write(line("alice", "old"), line("bob", "bob's"));
        HtpasswdFile users = HtpasswdFile.open(file);
        assertThat(letsIn(users, "alice", "old")).isTrue();

        write(line("alice", "new"), line("carol", "carol's"));

        assertThat(letsIn(users, "alice", "old"))
                .as("a password that was remembered")
                .isFalse();
        assertThat(letsIn(users, "alice", "new")).isTrue();
        assertThat(letsIn(users, "bob", "bob's")).isFalse();
        assertThat(users.find("bob")).isEmpty();
        assertThat(letsIn(users, "carol", "carol's")).isTrue();
    }

    @Test
    void seesAChangeThatLeavesSizeAndTimeAsTheyWere() throws IOException {
        write(line("alice", "old"));
        Instant before = Files.getLastModifiedTime(file).toInstant();
        HtpasswdFile users = HtpasswdFile.open(file, () -> before);

        write(line("alice", "new"));
        Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.from(before));

        assertThat(letsIn(users, "alice", "old")).isFalse();
        assertThat(letsIn(users, "alice", "new")).isTrue();
    }

    @Test
    void keepsTheUsersWhileTheFileIsGone() throws IOException {
        write(line("alice", "secret"));
        HtpasswdFile users = HtpasswdFile.open(file);
        Path aside = directory.resolve("aside");

        Files.move(file, aside);
        assertThat(letsIn(users, "alice", "secret")).isTrue();

        Files.write(aside, List.of(line("bob", "bob's")));
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        assertThat(letsIn(users, "alice", "secret")).isFalse();
        assertThat(letsIn(users, "bob", "bob's")).isTrue();
    }

    @Test
    void letsTheOthersInWhenALineWasBroken() throws IOException {
        write(line("alice", "secret"), line("bob", "bob's"), line("carol", "carol's"));
        HtpasswdFile users = HtpasswdFile.open(file);

        String cut = line("bob", "bob's");
        write(line("alice", "secret"), cut.substring(0, cut.length() - 5));

        assertThat(letsIn(users, "alice", "secret")).isTrue();
        assertThat(letsIn(users, "bob", "bob's")).isFalse();
        assertThat(letsIn(users, "carol", "carol's")).as("who was removed").isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "alice:$apr1$mAOdRDfN$Gf6JYCfsTfCVZXjYsvPMH., not hashed by bcrypt",
        "alice:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=, not hashed by bcrypt",
        "alice:plain, not hashed by bcrypt",
        "alice:$2y$05$short, incomplete",
        "alice:$2y$31$abcdefghijklmnopqrstuuXJ8QmDsEgOjmQzWq5cX5cVvYl7uJ1eS, the cost 31",
        "alice, not of the form",
        ":$2y$05$x, not of the form",
    })
    void namesTheLineThatItRefuses(String wrong, String reason) throws IOException {
        write("# people", wrong);

        assertThatThrownBy(() -> HtpasswdFile.open(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2: ")
                .hasMessageContaining(reason)
                .hasMessageNotContaining("$")
                .hasMessageNotContaining("plain");
    }

    @Test
    void refusesASecondLineForAUser() throws IOException {
        write(line("alice", "one"), line("alice", "two"));

        assertThatThrownBy(() -> HtpasswdFile.open(file)).hasMessageContaining("line 2: the user has a line above");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> HtpasswdFile.open(file)).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {71, 72})
    void takesPasswordsOfUpTo72Bytes(int length) throws IOException {
        String password = "p".repeat(length);
        write(line("alice", password));
        HtpasswdFile users = HtpasswdFile.open(file);

        assertThat(letsIn(users, "alice", password)).isTrue();
        assertThat(letsIn(users, "alice", password.substring(1))).isFalse();
        assertThat(letsIn(users, "alice", "p".repeat(73)))
                .as("longer than bcrypt looks")
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"secret", "p@ss:wörd", "72 bytes 72 bytes 72 bytes 72 bytes 72 bytes 72 bytes 72 bytes 72 bytes!"
            })
    void readsWhatTheProgramHtpasswdWrites(String password) throws Exception {
        Programs.require("htpasswd");
        Process htpasswd = new ProcessBuilder("htpasswd", "-c", "-i", "-B", "-C", "5", file.toString(), "alice")
                .redirectErrorStream(true)
                .start();
        try (var input = htpasswd.getOutputStream()) {
            input.write(password.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(htpasswd.waitFor()).isZero();

        HtpasswdFile users = HtpasswdFile.open(file);

        assertThat(letsIn(users, "alice", password)).isTrue();
        assertThat(letsIn(users, "alice", password + "!")).isFalse();
    }
}
