package dev.berth.registry.console.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Management;
import dev.berth.registry.console.page.Visit;
import dev.berth.registry.internal.wire.HttpStatus;
import java.util.Optional;
import java.util.function.Function;

/**
 * A change that a form asks for: done, refused with a sentence, or not asked for at all.
 *
 * @param answer what was answered, if it is done
 * @param status of the page that shows it
 * @param sentence why it was refused; empty if it was not
 */
public record Attempt(Optional<JsonNode> answer, int status, String sentence) {
    private static final Attempt NOTHING = new Attempt(Optional.empty(), 200, "");

    /** Returns that nothing is asked for: somebody comes to see the form. */
    public static Attempt nothing() {
        return NOTHING;
    }

    /**
     * Makes a change, if the visitor has sent a form.
     *
     * @throws RegistryException if the registry fails, or the visitor has to sign in again
     */
    public static Attempt of(Visit visit, Function<Management, JsonNode> change) {
        return visit.isPost() ? toSee(visit, change) : NOTHING;
    }

    /**
     * Asks for something that a form is about, which may be no sensible question.
     *
     * @throws RegistryException if the registry fails, or the visitor has to sign in again
     */
    public static Attempt toSee(Visit visit, Function<Management, JsonNode> question) {
        try {
            return new Attempt(Optional.of(question.apply(visit.management())), 200, "");
        } catch (RegistryException e) {
            return switch (e.code()) {
                case UNAVAILABLE, UNAUTHORIZED, UNKNOWN -> throw e;
                default ->
                    new Attempt(
                            Optional.empty(),
                            HttpStatus.of(e.code()),
                            e.errors().get(0).message());
            };
        }
    }

    /** Returns whether the change is made. */
    public boolean isDone() {
        return answer.isPresent();
    }

    /** Returns what is wrong, to be shown beside the form. */
    public Html problem() {
        return sentence.isEmpty() ? Html.nothing() : Forms.problem(sentence);
    }
}
