package dev.berth.examples.standalone.accounts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.examples.standalone.cli.Nearest;
import dev.berth.examples.standalone.cli.Text;
import dev.berth.examples.standalone.cli.UsageException;
import dev.berth.examples.standalone.cli.Version;
import dev.berth.registry.RegistryError;
import dev.berth.registry.RegistryException;
import dev.berth.registry.access.NamePattern;
import dev.berth.registry.access.Role;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that manages accounts: what all of these have in common. */
@Command(
        mixinStandardHelpOptions = true,
        usageHelpAutoWidth = true,
        versionProvider = Version.class,
        sortOptions = false)
abstract class AccountCommand implements Callable<Integer> {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static final List<String> ROLES = Arrays.stream(Role.values())
            .map(role -> role.name().toLowerCase(Locale.ROOT))
            .toList();

    @Mixin
    private AccountFlags flags = new AccountFlags();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public final Integer call() throws IOException {
        check();
        try (Management management = flags.open()) {
            return run(management);
        }
    }

    /** Checks what can be checked before anybody is asked for a password. */
    void check() {}

    /** Returns the exit code. */
    abstract int run(Management management) throws IOException;

    final AccountFlags flags() {
        return flags;
    }

    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Says what was done, unless the output is for a program. */
    final int done(String sentence) {
        if (!flags.json()) {
            out().println(Text.printable(sentence));
            out().flush();
        }
        return 0;
    }

    /** Prints a JSON object if that is asked for. */
    final boolean printed(JsonNode content) throws IOException {
        if (flags.json()) {
            out().println(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(content));
            out().flush();
        }
        return flags.json();
    }

    /**
     * Prints a new secret: it alone on standard output, so that a script can take it, the rest on the other one.
     *
     * @param content the answer
     * @param account what to log in as
     */
    final int secret(JsonNode content, String account) throws IOException {
        if (!printed(content)) {
            err().println(Text.printable(
                    "This is the only time that the secret of " + account + " is shown; it is used as the password."));
            err().flush();
            out().println(content.path("secret").asText());
            out().flush();
        }
        return 0;
    }

    static String role(String text) {
        String role = text.toLowerCase(Locale.ROOT);
        if (!ROLES.contains(role)) {
            throw new UsageException("There is no role '" + text + "'"
                    + Nearest.to(role, ROLES)
                            .map(nearest -> "; is '" + nearest + "' meant? The roles are ")
                            .orElse("; the roles are ")
                    + String.join(", ", ROLES));
        }
        return role;
    }

    static String pattern(String text) {
        try {
            return NamePattern.parse(text).toString();
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    static String joined(JsonNode texts) {
        return StreamSupport.stream(texts.spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining(", "));
    }

    /** A call that may fail because something is not there. */
    interface Attempt {
        void run() throws IOException;
    }

    /** What there is, for somebody who has mistyped a name. */
    interface Names {
        List<String> list() throws IOException;
    }

    /** Makes a call about a name; if there is none, says which one may be meant. */
    static void attempt(Attempt attempt, String name, Names names) throws IOException {
        try {
            attempt.run();
        } catch (RegistryException e) {
            if (!Management.isMissing(e)) {
                throw e;
            }
            String message = e.errors().stream().map(RegistryError::message).collect(Collectors.joining("; "));
            throw RegistryException.of(
                    e.code(),
                    message
                            + Nearest.to(name, names.list())
                                    .map(nearest -> "; is '" + nearest + "' meant?")
                                    .orElse(""));
        }
    }

    static List<String> names(JsonNode elements, String field) {
        return StreamSupport.stream(elements.spliterator(), false)
                .map(element -> element.path(field).asText())
                .toList();
    }
}
