package dev.berth.registry.scan.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.scan.format.source.BoundedJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON document token by token: of a document of any size, only what is wanted is kept. For one thread.
 *
 * <p>Whoever reads a value takes all of it: a field or an element is given to a body that calls exactly one of the methods of
 * this class. {@code null} counts as absent.
 */
public final class JsonReader {
    private final JsonParser json;
    private final long maxTokens;
    private long tokens;

    private JsonReader(JsonParser json, long maxTokens) {
        this.json = json;
        this.maxTokens = maxTokens;
    }

    /** Reads a document, a value, or the elements of a list. */
    @FunctionalInterface
    public interface Body {
        /** Takes all of the value that the reader stands at. */
        void read(JsonReader json) throws IOException;
    }

    /** Reads the fields of an object. */
    @FunctionalInterface
    public interface Field {
        /** Takes all of the value of a field. */
        void read(String name) throws IOException;
    }

    /**
     * Reads a document, and requires that nothing follows it. Closes the stream.
     *
     * @param maxTokens how many values, names and brackets it may have
     * @throws MalformedDocumentException if it is not JSON, not what the body expects, or larger than the limit
     * @throws IOException if reading the stream fails
     */
    public static void read(InputStream in, long maxTokens, Body body) throws IOException {
        try (JsonParser parser = BoundedJson.parser(in)) {
            JsonReader reader = new JsonReader(parser, maxTokens);
            if (reader.next() == null) {
                throw new MalformedDocumentException("it is empty");
            }
            body.read(reader);
            if (reader.next() != null) {
                throw new MalformedDocumentException("something follows its end");
            }
        } catch (JsonProcessingException e) {
            // The message may have parts of the document.
            throw new MalformedDocumentException(
                    "it is not JSON: " + JsonObject.printable(String.valueOf(e.getOriginalMessage())), e);
        }
    }

    /** Reads the fields of an object; nothing if it is {@code null}. */
    public void object(Field field) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        require(JsonToken.START_OBJECT, "an object");
        while (next() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            next();
            field.read(name);
        }
    }

    /** Reads the elements of a list; nothing if it is {@code null}. */
    public void list(Body element) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        require(JsonToken.START_ARRAY, "a list");
        while (next() != JsonToken.END_ARRAY) {
            element.read(this);
        }
    }

    /** Returns a text; empty if it is {@code null}. */
    public Optional<String> text() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        require(JsonToken.VALUE_STRING, "a text");
        return Optional.of(json.getText());
    }

    /** Returns a text that must be there. */
    public String requireText() throws IOException {
        return text().orElseThrow(() -> malformed("is missing"));
    }

    /** Returns a text, or empty if it is anything else, which is taken too. */
    public Optional<String> textIfAny() throws IOException {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return Optional.of(json.getText());
        }
        skip();
        return Optional.empty();
    }

    /** Returns a list of texts. */
    public List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        list(element -> texts.add(requireText()));
        return texts;
    }

    /** Returns a whole number. */
    public long number() throws IOException {
        require(JsonToken.VALUE_NUMBER_INT, "a whole number");
        return json.getLongValue();
    }

    /** Returns whether the value is an object. */
    public boolean isObject() {
        return json.currentToken() == JsonToken.START_OBJECT;
    }

    /** Returns whether the value is a list. */
    public boolean isList() {
        return json.currentToken() == JsonToken.START_ARRAY;
    }

    /** Takes the value without looking at it. */
    public void skip() throws IOException {
        int depth = 0;
        JsonToken token = json.currentToken();
        while (true) {
            if (token == null) {
                throw new MalformedDocumentException("it ends too early");
            }
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            }
            if (depth == 0) {
                return;
            }
            token = next();
        }
    }

    /** Returns what to throw for the value that is read now. */
    public MalformedDocumentException malformed(String problem) {
        String place = json.getParsingContext().pathAsPointer().toString();
        String shown = place.isEmpty() ? "the document" : JsonObject.printable(place.substring(1));
        return new MalformedDocumentException(shown + ": " + problem);
    }

    private void require(JsonToken expected, String what) throws IOException {
        if (json.currentToken() != expected) {
            throw malformed("must be " + what);
        }
    }

    private @Nullable JsonToken next() throws IOException {
        if (++tokens > maxTokens) {
            throw new MalformedDocumentException("it has more than " + maxTokens + " values");
        }
        return json.nextToken();
    }
}
