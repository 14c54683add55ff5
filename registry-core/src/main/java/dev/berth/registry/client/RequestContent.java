package dev.berth.registry.client;

import dev.berth.registry.internal.transport.OutgoingBody;

/** Where a request takes its body from. */
interface RequestContent {

    /** Returns whether {@link #open} works more than once. */
    boolean repeatable();

    /** Returns the body, to be sent once. */
    OutgoingBody open();

    /** Returns these bytes, which can be sent as often as is needed. */
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
