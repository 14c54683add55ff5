package dev.berth.registry.client;

import dev.berth.registry.internal.transport.OutgoingBody;

/** The body of a request. */
interface RequestContent {

    /** Returns whether {@link #open} works more than once. */
    boolean repeatable();

    /** Opens the body, to be sent once. */
    OutgoingBody open();

    /** Returns a body of these bytes, which is repeatable. */
    static RequestContent of(byte[] bytes) {
        return new RequestContent() {
            @Override
            public boolean repeatable() {
                return true;
            }

            @Override
            public OutgoingBody open() {
                return OutgoingBody.of(bytes);
            }
        };
    }
}
