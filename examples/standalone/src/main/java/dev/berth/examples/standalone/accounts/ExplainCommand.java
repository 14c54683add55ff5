package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.examples.standalone.cli.Nearest;
import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.registry.RepositoryName;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code berth access explain}: who may what, and by which grant. */
@Command(
        name = "explain",
        description =
                "Says what somebody may do in a repository, and by which grants. The exit code is 0 if they may do"
                        + " what --may says, 3 if not.")
final class ExplainCommand extends AccountCommand {
    private static final int MAY_NOT = 3;
    private static final List<String> ACTIONS = List.of("pull", "push", "delete");

    @Parameters(
            index = "0",
            paramLabel = "CALLER",
            description = "A user, a robot (OWNER+NAME), or everyone for those who have not logged in.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String caller;

    @Parameters(index = "1", paramLabel = "REPOSITORY", description = "The repository, which need not exist.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String repository;

    @Option(
            names = "--may",
            paramLabel = "ACTION",
            defaultValue = "pull",
            description = "What the exit code is about: pull (the default), push or delete.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private String action;

    @Override
    void check() {
        if (!ACTIONS.contains(action)) {
            throw new UsageException("There is no action '" + action + "'"
                    + Nearest.to(action, ACTIONS)
                            .map(nearest -> "; is '" + nearest + "' meant? The actions are ")
                            .orElse("; the actions are ")
                    + String.join(", ", ACTIONS));
        }
        try {
            RepositoryName.parse(repository);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    @Override
    int run(Management management) throws IOException {
        JsonNode content = management.get("explain", "caller", caller, "repository", repository);
        if (!printed(content)) {
            describe(content);
        }
        boolean may = StreamSupport.stream(content.path("may").spliterator(), false)
                .anyMatch(allowed -> allowed.asText().equals(action));
        return may ? 0 : MAY_NOT;
    }

    private void describe(JsonNode content) {
        String name = content.path("caller").asText();
        String may = joined(content.path("may"));
        done(name + (may.isEmpty() ? " may do nothing" : " may " + may) + " in " + repository + ".");
        if (!content.path("known").asBoolean()) {
            done("There is no account named " + name + " here now: this is about whoever logs in by that name.");
        }
        for (JsonNode grant : content.path("grants")) {
            done("  " + grant.path("to").asText() + " has the role "
                    + grant.path("role").asText() + " in "
                    + grant.path("repositories").asText() + " ("
                    + grant.path("source").asText() + ")"
                    + because(name, grant));
        }
        JsonNode limit = content.path("limit");
        if (limit.isObject()) {
            done("  The account itself is limited to the role "
                    + limit.path("role").asText() + " in " + joined(limit.path("repositories")) + ".");
        }
        if (content.path("grants").isEmpty()) {
            done("  No grant is about " + name + " in this repository.");
        }
    }

    private static String because(String name, JsonNode grant) {
        JsonNode memberAs = grant.path("memberAs");
        if (!grant.has("memberAs")) {
            return "";
        }
        return memberAs.isEmpty() ? ", a group of " + name : ", which has the member " + joined(memberAs);
    }
}
