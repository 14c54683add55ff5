package dev.berth.examples.standalone.mirrors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.examples.standalone.accounts.Management;
import java.io.IOException;
import picocli.CommandLine.Option;

/** A command that prints how something is: the answer of the registry, or a table of it. */
abstract class StatusCommand extends ServerCommand {
    @Option(names = "--json", description = "Print one JSON object instead of a table.")
    private boolean json;

    @Override
    public final Integer call() throws IOException {
        try (Management management = open()) {
            JsonNode content = management.get(path());
            if (json) {
                print(content);
            } else {
                table(content);
            }
        }
        return 0;
    }

    /** Returns where the registry tells it. */
    abstract String path();

    /** Prints the answer for people. */
    abstract void table(JsonNode content);
}
