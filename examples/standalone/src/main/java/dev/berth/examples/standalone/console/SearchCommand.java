package dev.berth.examples.standalone.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.berth.examples.standalone.accounts.LoginFlags;
import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.cli.Version;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code berth search}: finds repositories of a registry that runs. */
@Command(
        name = "search",
        customSynopsis = "berth search [OPTION]... [HOST[:PORT]/]WORD...",
        description = {
            "Finds the repositories of a registry in whose name, description, labels or",
            "annotations all words are, the best first. Without a host it is",
            "localhost:5000. It also asks registries that answer 'docker search' only.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  berth search nginx                          at localhost:5000",
            "  berth search registry.example/nginx proxy   both words must be there",
            "  berth search --json --limit 500 localhost/  all that you may see"
        },
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        sortOptions = false,
        versionProvider = Version.class)
public final class SearchCommand implements Callable<Integer> {
    private static final String USUAL_HOST = "localhost:5000";
    private static final int USUAL_LIMIT = 25;
    private static final int LARGEST_LIMIT = 10_000;

    @Parameters(arity = "1..*", paramLabel = "WORD", description = "What to look for.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private List<String> words;

    @Option(
            names = "--limit",
            paramLabel = "NUMBER",
            description = "How many repositories to show at most; " + USUAL_LIMIT + " by default.")
    private int limit = USUAL_LIMIT;

    @Option(names = "--no-trunc", description = "Show descriptions to their end.")
    private boolean whole;

    @Option(names = "--json", description = "Print an array of JSON objects instead of a table.")
    private boolean json;

    @Mixin
    private LoginFlags login = new LoginFlags();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (limit < 1 || limit > LARGEST_LIMIT) {
            throw new UsageException("--limit is a number from 1 to " + LARGEST_LIMIT);
        }
        SearchedPlace place = SearchedPlace.of(words, USUAL_HOST);
        FoundRepositories found = new RegistrySearch(login, place.host()).find(place.words(), limit);
        if (json) {
            print(found);
        } else {
            new FoundTable(place.host(), whole).print(found.repositories(), out());
            note(found);
        }
        return 0;
    }

    private void print(FoundRepositories found) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        found.repositories().forEach(repository -> array.add(repository.toJson()));
        out().println(new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(array));
        out().flush();
    }

    private void note(FoundRepositories found) {
        int shown = found.repositories().size();
        PrintWriter err = spec.commandLine().getErr();
        if (shown == 0) {
            err.println("There is no such repository, or you may not see it.");
        } else if (found.total() > shown) {
            err.println("These are " + shown + " of " + found.total() + "; --limit shows more.");
        }
        err.flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
