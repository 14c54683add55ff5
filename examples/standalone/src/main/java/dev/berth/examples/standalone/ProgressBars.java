package dev.berth.examples.standalone;

import dev.berth.registry.copy.CopyProgress;
import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Draws a bar for each copy: for terminals. Told by one thread at a time, as listeners of copies are. */
final class ProgressBars implements Progress {
    private static final int UPDATE_MILLIS = 200;

    private final PrintStream terminal;
    private final int width;
    private @Nullable ProgressBar bar;

    ProgressBars(PrintStream terminal, int width) {
        this.terminal = terminal;
        this.width = width;
    }

    @Override
    public void begin(String what) {
        close();
        terminal.println(what);
    }

    @Override
    public void progress(CopyProgress progress) {
        if (bar == null) {
            bar = new ProgressBarBuilder()
                    .setConsumer(new UnendedLine(terminal, width))
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(UPDATE_MILLIS)
                    .setUnit(" MB", 1_000_000)
                    .setInitialMax(progress.bytesTotal())
                    .showSpeed()
                    .build();
        }
        bar.stepTo(progress.bytesDone());
        bar.setExtraMessage(" blob " + progress.blobsDone() + " of " + progress.blobsTotal());
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            terminal.println();
            bar = null;
        }
    }

    /** Leaves the end of the line to us: the library forgets it for a bar that is closed before it was drawn once. */
    private static final class UnendedLine extends ConsoleProgressBarConsumer {
        UnendedLine(PrintStream terminal, int width) {
            super(terminal, width);
        }

        @Override
        public void close() {
            // Everything is printed at once.
        }
    }
}
