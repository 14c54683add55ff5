package dev.berth.registry.console.operation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.html.Link;
import dev.berth.registry.console.page.Management;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is asked before something is taken away.
 *
 * @param title what is asked, in a window's title
 * @param heading the same, with names of strangers as such
 * @param explanation what follows from it
 * @param fields what the answer is about
 * @param button the answer
 * @param back where somebody goes who does not want it, and after it is done
 * @param change does it
 */
public record Question(
        String title,
        Html heading,
        List<Html> explanation,
        Map<String, String> fields,
        String button,
        Link back,
        Function<Management, JsonNode> change) {

    /** Copies what may be changed. */
    public Question {
        explanation = List.copyOf(explanation);
        fields = Map.copyOf(fields);
    }
}
