package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.Terminal;
import dev.berth.registry.copy.CopyListener;
import dev.berth.registry.copy.CopyProgress;

/** Reports the progress of copies to the user. Closing it completes the output. */
public interface Progress extends CopyListener, AutoCloseable {
    /** Reports nothing. */
    Progress NONE = new Progress() {
        @Override
        public void begin(String what) {}

        @Override
        public void progress(CopyProgress progress) {}

        @Override
        public void close() {}
    };

    /**
     * Returns what reports on standard error: by bars in a terminal, else by lines.
     *
     * @param quiet to report nothing
     */
    static Progress onStandardError(boolean quiet) {
        if (quiet) {
            return NONE;
        }
        return Terminal.isInteractive()
                ? new ProgressBars(System.err, Terminal.width(), "blob")
                : new ProgressLines(System.err);
    }

    /**
     * Returns what reports on standard error by bars, in a terminal only, that layers are read.
     *
     * @param quiet to report nothing
     */
    static Progress ofLayers(boolean quiet) {
        return quiet || !Terminal.isInteractive() ? NONE : new ProgressBars(System.err, Terminal.width(), "layer");
    }

    /** Reports the start of one of several copies. */
    void begin(String what);

    @Override
    void close();
}
