package dev.berth.registry.scan.gate;

import dev.berth.registry.internal.json.EscapedText;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a rule says of an image. */
record Outcome(@Nullable String reason, Optional<Instant> until) {
    private static final int LONGEST = 600;
    private static final Outcome ALLOWED = new Outcome(null, Optional.empty());

    static Outcome allowed() {
        return ALLOWED;
    }

    static Outcome denied(String reason) {
        return new Outcome(cut(reason), Optional.empty());
    }

    /** Returns a refusal that does not last longer than until a time. */
    static Outcome held(String reason, Instant until) {
        return new Outcome(cut(reason), Optional.of(until));
    }

    private static String cut(String reason) {
        return EscapedText.cut(reason, LONGEST);
    }

    boolean isAllowed() {
        return reason == null;
    }

    /** Returns this refusal with something in front of its reason. */
    Outcome prefixed(String beginning) {
        return reason == null ? this : new Outcome(cut(beginning + reason), until);
    }
}
