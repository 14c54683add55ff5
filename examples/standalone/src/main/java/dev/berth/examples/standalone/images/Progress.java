package dev.berth.examples.standalone.images;

import dev.berth.registry.copy.CopyListener;
import dev.berth.registry.copy.CopyProgress;

/** Reports the progress of copies to the user. Closing it completes the output. */
interface Progress extends CopyListener, AutoCloseable {
    /** Reports nothing. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String what) {}

        @Override
        public void progress(CopyProgress progress) {}

        @Override
        public void close() {}
    };

    /** Reports the start of one of several copies. */
    void begin(String what);

    @Override
    void close();
}
