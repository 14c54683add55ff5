package dev.berth.registry.scan.accepted;

import dev.berth.registry.scan.internal.json.JsonWriter;
import dev.berth.registry.scan.internal.purl.ImagePurl;
import dev.berth.registry.scan.report.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes what is accepted of an image as an OpenVEX document (version 0.2.0), for other programs: a statement for each finding
 * that is accepted, about the package in that image.
 *
 * <p>VEX has no word for a risk that is taken. {@link Status#ACCEPTED} is written as {@code affected}, with the decision and
 * its reason as the action. So whoever reads the document, this project included, sees that the image is affected.
 *
 * @since 0.1
 */
public final class OpenVex {
    private OpenVex() {}

    /**
     * Writes a document in UTF-8. The same input gives the same bytes. If nothing is accepted it has no statements, which
     * OpenVEX does not provide for.
     *
     * @param author who publishes it
     * @param time the time of the document
     */
    public static byte[] write(JudgedReport judged, String author, Instant time) {
        Objects.requireNonNull(author, "author");
        Objects.requireNonNull(time, "time");
        String content = new String(document(judged, author, time, ""), StandardCharsets.UTF_8);
        UUID id = UUID.nameUUIDFromBytes(content.getBytes(StandardCharsets.UTF_8));
        return document(judged, author, time, "urn:uuid:" + id);
    }

    private static byte[] document(JudgedReport judged, String author, Instant time, String id) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            document(judged, author, time, id, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void document(JudgedReport judged, String author, Instant time, String id, OutputStream out)
            throws IOException {
        String image = ImagePurl.of(judged.repository(), judged.report().image(), Optional.empty());
        JsonWriter.write(
                out,
                json -> json.object(() -> {
                    json.text("@context", "https://openvex.dev/ns/v0.2.0");
                    json.text("@id", id);
                    json.text("author", author);
                    json.text("timestamp", time.toString());
                    json.number("version", 1);
                    json.list("statements", () -> {
                        for (AcceptedFinding accepted : judged.accepted()) {
                            json.object(() -> statement(accepted, image, judged, json));
                        }
                    });
                }));
    }

    private static void statement(AcceptedFinding accepted, String image, JudgedReport judged, JsonWriter json)
            throws IOException {
        Finding finding = accepted.finding();
        Acceptance acceptance = accepted.acceptance();
        json.object("vulnerability", () -> {
            json.text("name", finding.id());
            if (!finding.aliases().isEmpty()) {
                json.texts("aliases", finding.aliases());
            }
        });
        json.text("timestamp", acceptance.since().map(Instant::toString));
        json.list(
                "products",
                () -> json.object(() -> {
                    json.text("@id", image);
                    if (judged.report().image().algorithm().toString().equals("sha256")) {
                        json.object(
                                "hashes",
                                () -> json.text(
                                        "sha-256", judged.report().image().hex()));
                    }
                    if (finding.packageUrl().isPresent()) {
                        json.list("subcomponents", () -> json.object(() -> json.text("@id", finding.packageUrl())));
                    }
                }));
        if (acceptance.status() == Status.ACCEPTED) {
            json.text("status", Status.AFFECTED.id());
            json.text("action_statement", decision(acceptance));
        } else {
            json.text("status", acceptance.status().id());
            json.text("impact_statement", acceptance.reason());
        }
    }

    private static String decision(Acceptance acceptance) {
        return "The risk is accepted"
                + (acceptance.by().isEmpty() ? "" : " by " + acceptance.by())
                + acceptance.expires().map(end -> " until " + end).orElse("")
                + ": " + acceptance.reason();
    }
}
