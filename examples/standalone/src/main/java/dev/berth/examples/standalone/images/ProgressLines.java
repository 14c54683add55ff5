package dev.berth.examples.standalone.images;

import dev.berth.examples.standalone.cli.Text;
import dev.berth.registry.Descriptor;
import dev.berth.registry.copy.CopyOutcome;
import dev.berth.registry.copy.CopyProgress;
import java.io.PrintStream;

/** Prints a line for each blob and manifest that is complete, for files and pipes. */
final class ProgressLines implements Progress {
    private final PrintStream output;

    ProgressLines(PrintStream output) {
        this.output = output;
    }

    @Override
    public void begin(String what) {
        output.println(what);
    }

    @Override
    public void progress(CopyProgress progress) {
        // Only complete content is reported.
    }

    @Override
    public void blob(Descriptor blob, CopyOutcome outcome) {
        print("blob", blob, outcome);
    }

    @Override
    public void manifest(Descriptor manifest, CopyOutcome outcome) {
        print("manifest", manifest, outcome);
    }

    private void print(String kind, Descriptor content, CopyOutcome outcome) {
        String how = switch (outcome) {
            case COPIED -> "copied";
            case MOUNTED -> "mounted";
            case SKIPPED -> "there already";
            case EXTERNAL -> "left out, neither place has it" + urls(content);
        };
        output.println(kind + " " + content.digest() + " " + how + " (" + ByteCount.format(content.size()) + ")");
    }

    private static String urls(Descriptor layer) {
        return layer.urls().isEmpty() ? "" : Text.printable("; it is at " + String.join(", ", layer.urls()));
    }

    @Override
    public void close() {
        output.flush();
    }
}
