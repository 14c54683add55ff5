package dev.berth.registry.simulation;

import dev.berth.registry.storage.ObjectStore;
import java.io.IOException;

/** Where the objects of a simulated store are, and what a power cut makes of them. For one thread at a time. */
public interface Machine extends AutoCloseable {

    /** Something that may happen in the middle of a call. */
    interface Moment {
        /** @throws IOException if the power fails at this moment */
        void at() throws IOException;
    }

    /** Returns the objects as they are now. Another one after a power cut. */
    ObjectStore objects() throws IOException;

    /** Sets what is called at each moment at which the power may fail in the middle of a call, where there is one. */
    default void atMoments(Moment moment) {}

    /** A call that changes something begins. The result is for the other methods. */
    default Object begin() {
        return this;
    }

    /** What is changed from now on is changed by this call. */
    default void acts(Object call) {}

    /** A call returns: what it promises to be durable is durable. */
    default void returns(Object call) {}

    /** Cuts the power: what was not durable is lost in part, and the machine is started again. */
    void cutPower() throws IOException;

    /** All processes have died, and the machine has not. */
    default void restart() throws IOException {}

    @Override
    void close() throws IOException;
}
