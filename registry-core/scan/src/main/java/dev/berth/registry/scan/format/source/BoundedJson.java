package dev.berth.registry.scan.format.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.InputStream;

/** JSON that is read token by token, so that its size does not matter. */
public final class BoundedJson {
    private static final int MAX_DEPTH = 200;
    private static final int MAX_STRING = 4 * 1024 * 1024;
    private static final int MAX_NAME = 16 * 1024;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            // A table of names is kept for all documents otherwise, which strangers fill.
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(MAX_STRING)
                    .maxNameLength(MAX_NAME)
                    .build())
            .build();

    private BoundedJson() {}

    /** Returns a reader of a document. Closing it closes the stream. */
    public static JsonParser parser(InputStream in) throws IOException {
        return FACTORY.createParser(in);
    }
}
