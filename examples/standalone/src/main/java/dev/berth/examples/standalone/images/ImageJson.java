package dev.berth.examples.standalone.images;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.berth.registry.Descriptor;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Optional;

/** Describes an image for programs: one JSON object that includes the manifest and the configuration. */
final class ImageJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ImageJson() {}

    static String of(InspectedImage image) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text).useDefaultPrettyPrinter()) {
            json.writeStartObject();
            json.writeStringField("name", image.name());
            json.writeStringField("digest", image.manifest().digest().toString());
            json.writeStringField("mediaType", image.manifest().mediaType());
            json.writeNumberField("size", image.manifest().size());
            if (!image.platforms().isEmpty()) {
                json.writeArrayFieldStart("platforms");
                for (Descriptor child : image.platforms()) {
                    json.writeStartObject();
                    json.writeStringField(
                            "platform", child.platform().orElseThrow().toString());
                    json.writeStringField("digest", child.digest().toString());
                    json.writeEndObject();
                }
                json.writeEndArray();
            }
            copy("manifest", "manifest", image, image.manifest().bytes(), json);
            Optional<byte[]> config = image.config().isPresent() ? image.configBytes() : Optional.empty();
            if (config.isPresent()) {
                copy("config", "configuration", image, config.get(), json);
            }
            json.writeEndObject();
        }
        return text.toString();
    }

    /** Copies a document. Its numbers stay as they are written, since not all of them can be computed. */
    private static void copy(String field, String what, InspectedImage image, byte[] document, JsonGenerator json)
            throws IOException {
        json.writeFieldName(field);
        try (JsonParser parser = JSON.createParser(document)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isNumeric()) {
                    json.writeNumber(parser.getText());
                } else {
                    json.copyCurrentEvent(parser);
                }
            }
        } catch (JsonProcessingException e) {
            throw new IOException("The " + what + " of " + image.name() + " is not JSON.", e);
        }
    }
}
