package dev.berth.registry.audit;

import dev.berth.registry.internal.json.EscapedText;
import java.util.OptionalLong;

/** Tells a listener of refusals, but not of each in a flood. */
record LimitedListener(AuditListener listener, RefusalFlood flood) implements AuditListener {
    /** Leaves room for the number of those that were not told. */
    private static final int LONGEST_REASON = AuditEvent.LONGEST - 64;

    @Override
    public void on(AuditEvent event) {
        if (event.outcome() != AuditEvent.Outcome.REFUSED
                || event.type() != AuditEvent.Type.ACCESS_REFUSED && event.type() != AuditEvent.Type.POLICY) {
            listener.on(event);
            return;
        }
        OptionalLong untold = flood.next(event.origin());
        if (untold.isPresent()) {
            listener.on(
                    untold.getAsLong() == 0
                            ? event
                            : event.withReason(RefusalFlood.reason(
                                    EscapedText.cut(event.reason(), LONGEST_REASON), untold.getAsLong())));
        }
    }
}
