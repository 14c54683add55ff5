package dev.berth.registry.console.operation.webhook;

import static dev.berth.registry.console.html.Attributes.open;
import static dev.berth.registry.console.html.Attributes.when;
import static dev.berth.registry.console.html.Html.text;
import static dev.berth.registry.console.html.Tag.DETAILS;
import static dev.berth.registry.console.html.Tag.SUMMARY;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.ErrorCode;
import dev.berth.registry.RegistryException;
import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.operation.Json;
import dev.berth.registry.console.operation.Words;
import dev.berth.registry.console.page.Form;
import dev.berth.registry.console.page.Forms;
import dev.berth.registry.console.page.Visit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What is filled in about a webhook: what was sent, or what there is. Values of header fields are as secret as passwords: they
 * are never filled in.
 *
 * @param sent what was sent; empty if the form is to be shown first
 * @param isSent whether it was sent
 * @param before what there is
 */
record EndpointForm(Form sent, boolean isSent, JsonNode before) {
    static final String URL = "url";

    private static final String REPOSITORIES = "repositories";
    private static final String FORMAT = "format";
    private static final String TIMEOUT = "timeout";
    private static final String READS = "reads";
    private static final String HEADERS = "headers";
    private static final String NO_HEADERS = "no-headers";
    private static final String TYPES = "types";
    private static final List<String> FILTERS = List.of(TYPES, "ignoreTypes", "mediaTypes", "ignoreMediaTypes");

    static EndpointForm of(Visit visit, JsonNode before) {
        return new EndpointForm(visit.form(), visit.isPost(), before);
    }

    String name() {
        return value(Endpoints.NAME);
    }

    /** Returns what is in a field of one line. */
    String value(String field) {
        return isSent ? sent.get(field) : Json.text(before, field);
    }

    private String lines(String field) {
        return isSent ? sent.get(field) : String.join("\n", Json.texts(before.path(field)));
    }

    private boolean reads() {
        return isSent ? sent.isTicked(READS) : before.path(READS).asBoolean();
    }

    /** Returns what the API is asked for. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (String field : List.of(Endpoints.NAME, URL, FORMAT, TIMEOUT)) {
            sent.find(field).ifPresent(text -> fields.put(field, text));
        }
        Stream.concat(Stream.of(REPOSITORIES), FILTERS.stream())
                .forEach(field -> fields.put(field, Words.of(sent.get(field))));
        fields.put(READS, reads());
        fields.put("active", before.path("active").asBoolean());
        Map<String, String> headers = headers();
        if (!headers.isEmpty() || sent.isTicked(NO_HEADERS)) {
            fields.put(HEADERS, headers);
        }
        return fields;
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : sent.get(HEADERS).split("\n", -1)) {
            if (line.isBlank()) {
                continue;
            }
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw RegistryException.of(
                        ErrorCode.REQUEST_INVALID, "A header field is a line such as X-Environment: live");
            }
            headers.put(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        return headers;
    }

    /** Returns all fields but the name and the URL. */
    Html settings() {
        boolean filtered =
                reads() || FILTERS.stream().anyMatch(field -> !lines(field).isEmpty());
        return Html.of(
                Forms.lines("Repositories: patterns, one on each line", REPOSITORIES, lines(REPOSITORIES)),
                Forms.choice("Format", FORMAT, formats(), value(FORMAT)),
                Forms.lines(headersLabel(), HEADERS, ""),
                before.path("headerNames").isEmpty()
                        ? Html.nothing()
                        : Forms.box("Send no header fields of its own any more", NO_HEADERS, sent.isTicked(NO_HEADERS)),
                Forms.field("How long to wait for an answer, such as 5s or 500ms", TIMEOUT, value(TIMEOUT)),
                DETAILS.of(
                        when(filtered, open()),
                        SUMMARY.of(text("Which events")),
                        Forms.lines(
                                "Only these types, such as tag.set and manifest.pushed; none for every change",
                                TYPES,
                                lines(TYPES)),
                        Forms.lines("But not these types", FILTERS.get(1), lines(FILTERS.get(1))),
                        Forms.box("Pulls as well, of which there are many", READS, reads()),
                        Forms.lines("Only of these media types; none for all", FILTERS.get(2), lines(FILTERS.get(2))),
                        Forms.lines("But not of these media types", FILTERS.get(3), lines(FILTERS.get(3)))));
    }

    private String headersLabel() {
        List<String> names = Json.texts(before.path("headerNames"));
        return "Header fields of its own, such as Authorization: Bearer …, one on each line"
                + (names.isEmpty() ? "" : "; empty for the present ones, whose values are not shown");
    }

    private static Map<String, String> formats() {
        Map<String, String> formats = new LinkedHashMap<>();
        formats.put("cloudevents", "CloudEvents 1.0");
        formats.put("distribution", "that of Docker's registry");
        formats.put("dockerhub", "that of Docker Hub");
        return formats;
    }
}
