package dev.berth.registry.client.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.time.Duration;
import java.time.Instant;

/** A bearer token, and until when it is good. Not a record: it must not print. */
final class Token {
    /** What the specification says of a token without a word about its life. */
    private static final Duration USUAL_LIFE = Duration.ofSeconds(60);

    private static final Duration LONGEST_LIFE = Duration.ofDays(365);

    /** How long before its end a token is not used any more: a request may be a while on its way. */
    private static final Duration MARGIN = Duration.ofSeconds(10);

    private final String value;
    private final Instant expiry;
    private final String refreshToken;

    private Token(String value, Instant expiry, String refreshToken) {
        this.value = value;
        this.expiry = expiry;
        this.refreshToken = refreshToken;
    }

    /**
     * Reads the answer of a token service.
     *
     * @param asked when it was asked: its clock may differ from ours, so the life counts from then
     * @throws MalformedJsonException if it has no token
     */
    static Token parse(byte[] body, Instant asked) {
        JsonObject answer = JsonObject.root(StrictJson.parseLastNameWins(body));
        String value = answer.string("token")
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> answer.requireString("access_token"));
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw answer.malformed("token", "has characters that a header cannot have");
        }
        JsonNode life = answer.node().path("expires_in");
        // Some services write the number as a string, or with a fraction.
        double seconds = life.isTextual() ? life.asDouble(0) : life.doubleValue();
        Duration valid = seconds > 0
                ? Duration.ofSeconds((long) Math.min(Math.ceil(seconds), (double) LONGEST_LIFE.toSeconds()))
                : USUAL_LIFE;
        Duration margin = MARGIN.compareTo(valid.dividedBy(4)) < 0 ? MARGIN : valid.dividedBy(4);
        return new Token(
                value,
                asked.plus(valid).minus(margin),
                answer.string("refresh_token").orElse(""));
    }

    String value() {
        return value;
    }

    /** Returns what to ask for the next token with, if the service gave something for that; otherwise empty. */
    String refreshToken() {
        return refreshToken;
    }

    boolean isValid(Instant now) {
        return now.isBefore(expiry);
    }

    @Override
    public String toString() {
        return "a token until " + expiry;
    }
}
