package dev.berth.registry.internal.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.internal.json.StrictJson;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The body of a message about events. Immutable. */
public final class EventBody {
    private final String contentType;
    private final byte[] content;

    private EventBody(String contentType, byte[] content) {
        this.contentType = contentType;
        this.content = content;
    }

    static EventBody of(String contentType, JsonNode content) {
        return new EventBody(contentType, StrictJson.write(content));
    }

    /** Returns the value of {@code Content-Type}. */
    public String contentType() {
        return contentType;
    }

    /** Returns the bytes. */
    public byte[] content() {
        return content.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EventBody that
                && contentType.equals(that.contentType)
                && Arrays.equals(content, that.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return contentType + " of " + content.length + " bytes";
    }
}
