package dev.berth.examples.standalone.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.berth.examples.standalone.programs.BerthCommand;
import dev.berth.examples.standalone.programs.BerthProcess;
import dev.berth.examples.standalone.programs.ChildProcess;
import dev.berth.examples.standalone.programs.S3Bucket;
import dev.berth.examples.standalone.programs.UsesS3Gateway;
import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Two registries start over one bucket in which there are no accounts. */
@UsesS3Gateway
@EnabledIfSystemProperty(
        named = "berth.it.long",
        matches = "true",
        disabledReason = "takes a minute; set -Dberth.it.long=true to run it")
@Tag("any-jdk")
class FirstAdministratorOfTwoNodesIT {
    private static final Pattern PASSWORD =
            Pattern.compile("The first administrator is admin with the password (\\S+) ");

    private static ChildProcess launch(S3Bucket bucket) throws IOException {
        return bucket.configure(BerthCommand.serve(bucket.address()))
                .with("REGISTRY_ACCESS_ACCOUNTS", "true")
                .launch();
    }

    @RepeatedTest(4)
    void isMadeAndPrintedByExactlyOneOfThem(S3Bucket bucket) throws IOException, InterruptedException {
        try (ChildProcess first = launch(bucket);
                ChildProcess second = launch(bucket)) {
            List<BerthProcess> nodes = List.of(BerthProcess.ready(first), BerthProcess.ready(second));
            String printed = stop(nodes);
            List<String> passwords = PASSWORD.matcher(printed)
                    .results()
                    .map((MatchResult match) -> match.group(1))
                    .toList();
            assertThat(passwords).as(printed).hasSize(1);

            try (ChildProcess third = launch(bucket)) {
                BerthProcess node = BerthProcess.ready(third);
                ServedTokens tokens = new ServedTokens(node);
                String token = tokens.token("admin", passwords.get(0), "repository:any/app:pull,push");
                assertThat(tokens.push("any/app", ServedTokens.bearer(token))).isEqualTo(202);
                assertThat(stop(List.of(node))).doesNotContainPattern(PASSWORD);
            }
        }
    }

    /** Returns what registries have printed until they end. */
    private static String stop(List<BerthProcess> nodes) throws InterruptedException {
        StringBuilder printed = new StringBuilder();
        for (BerthProcess node : nodes) {
            printed.append(node.stop().out());
        }
        return printed.toString();
    }
}
