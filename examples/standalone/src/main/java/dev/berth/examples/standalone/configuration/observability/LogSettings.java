package dev.berth.examples.standalone.configuration.observability;

import java.util.Map;

/**
 * The section {@code log}.
 *
 * @param level the level of all logging but those of requests: debug, info, warn or error
 * @param format how messages are written
 * @param fields what each line in JSON has besides, in their order
 * @param accessLog whether each request is logged
 * @param accessFormat how requests are written
 * @param audit whether logins, refusals and changes are logged; the section {@code access} can disable that, too
 */
public record LogSettings(
        String level,
        Format format,
        Map<String, String> fields,
        boolean accessLog,
        Format accessFormat,
        boolean audit) {

    /** The form of a line. */
    public enum Format {
        /** For people. */
        TEXT,
        /** One JSON object. */
        JSON
    }
}
