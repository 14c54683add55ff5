package dev.berth.registry.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.berth.registry.fixtures.Allocations;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Any file of passwords is read without harm, and says of its problems nothing that is in it. */
class HtpasswdFuzzTest {
    private static final int LONGEST_PROBLEM = 200;

    @FuzzTest
    void files(byte[] input) throws Exception {
        Allocations.requireProportional(input.length, () -> check(input));
    }

    private static void check(byte[] input) {
        HtpasswdLines lines = HtpasswdLines.parse(input);
        assertThat(lines.problems())
                .allSatisfy(problem ->
                        assertThat(problem).hasSizeLessThan(LONGEST_PROBLEM).matches("line [0-9]+: [ -~]*"));
        String written = lines.users().entrySet().stream()
                .map(user -> user.getKey() + ":" + user.getValue().text() + "\n")
                .collect(Collectors.joining());
        HtpasswdLines again = HtpasswdLines.parse(written.getBytes(StandardCharsets.UTF_8));
        assertThat(again.problems()).isEmpty();
        assertThat(again.users()).isEqualTo(lines.users());
    }
}
