package dev.berth.examples.standalone.serve;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * Writes each message as one JSON object in one line:
 *
 * <pre>{@code {"time":"2026-01-02T15:04:05.678Z","level":"info","logger":"dev.berth.…","message":"…","exception":"…"}}</pre>
 *
 * A message that is an object itself, such as a line of the access log, is the line; only the fixed fields are added.
 */
final class JsonLines extends EncoderBase<ILoggingEvent> {
    private static final byte[] NOTHING = new byte[0];
    private static final int USUAL_LENGTH = 512;

    private final JsonFactory json = new JsonFactory();
    private final Map<String, String> fields;
    private final boolean objects;

    /** The fixed fields as they are written, with a comma at their end; empty if there are none. */
    private final String start;

    private JsonLines(Map<String, String> fields, boolean objects) {
        this.fields = fields;
        this.objects = objects;
        StringBuilder text = new StringBuilder();
        fields.forEach((name, value) ->
                text.append(quoted(name)).append(':').append(quoted(value)).append(','));
        this.start = text.toString();
    }

    /** Returns an encoder for messages of people. */
    static JsonLines messages(Map<String, String> fields) {
        return new JsonLines(fields, false);
    }

    /** Returns an encoder for messages that are JSON objects, if they are. */
    static JsonLines objects(Map<String, String> fields) {
        return new JsonLines(fields, true);
    }

    private static String quoted(String text) {
        return '"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] encode(ILoggingEvent event) {
        String message = String.valueOf(event.getFormattedMessage());
        if (objects && message.startsWith("{") && message.endsWith("}") && message.indexOf('\n') < 0) {
            String separator =
                    message.length() == 2 && !start.isEmpty() ? start.substring(0, start.length() - 1) : start;
            return ("{" + separator + message.substring(1) + "\n").getBytes(StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(USUAL_LENGTH);
        try (JsonGenerator object = json.createGenerator(line)) {
            object.writeStartObject();
            object.writeStringField(
                    "time", Instant.ofEpochMilli(event.getTimeStamp()).toString());
            object.writeStringField("level", event.getLevel().toString().toLowerCase(Locale.ROOT));
            object.writeStringField("logger", event.getLoggerName());
            object.writeStringField("message", message);
            IThrowableProxy exception = event.getThrowableProxy();
            if (exception != null) {
                object.writeStringField("exception", ThrowableProxyUtil.asString(exception));
            }
            for (Map.Entry<String, String> field : fields.entrySet()) {
                object.writeStringField(field.getKey(), field.getValue());
            }
            object.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        line.write('\n');
        return line.toByteArray();
    }
}
