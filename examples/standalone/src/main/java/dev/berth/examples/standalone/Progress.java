package dev.berth.examples.standalone;

import dev.berth.registry.copy.CopyListener;
import dev.berth.registry.copy.CopyProgress;

/** Shows how copies go on. Closing it ends what it shows, so that others can print. */
interface Progress extends CopyListener, AutoCloseable {
    /** Shows nothing. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String what) {}

        @Override
        public void progress(CopyProgress progress) {}

        @Override
        public void close() {}
    };

    /** Says which one of several copies is begun. */
    void begin(String what);

    @Override
    void close();
}
