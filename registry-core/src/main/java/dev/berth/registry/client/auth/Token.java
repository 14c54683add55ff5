package dev.berth.registry.client.auth;

import dev.berth.registry.internal.json.JsonObject;
import dev.berth.registry.internal.json.MalformedJsonException;
import dev.berth.registry.internal.json.StrictJson;
import java.time.Duration;
import java.time.Instant;

/** A bearer token with its expiry. Not a record, whose toString would print the token. */
final class Token {
    /** The specification's default for a response without a lifetime. */
    private static final Duration USUAL_LIFE = Duration.ofSeconds(60);

    private static final Duration LONGEST_LIFE = Duration.ofDays(365);

    /** A token is not used within this time before its expiry, since a request takes time to arrive. */
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
     * Reads the response of a token service.
     *
     * @param asked when the request was sent: the clock of the service may differ, so the lifetime counts from then
     * @throws MalformedJsonException if there is no token
     */
    static Token parse(byte[] body, Instant asked) {
        JsonObject answer = JsonObject.root(StrictJson.parseLastNameWins(body));
        String value = answer.string("token")
                .filter(text -> !text.isEmpty())
                .orElseGet(() -> answer.requireString("access_token"));
        if (!value.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw answer.malformed("token", "has characters that a header cannot have");
        }
        // Some services write the number as a string, or with a fraction.
        double seconds = answer.approximate("expires_in").orElse(0);
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

    /** Returns the refresh token that the service has issued; empty if it has not. */
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
