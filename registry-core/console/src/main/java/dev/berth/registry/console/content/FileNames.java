package dev.berth.registry.console.content;

import dev.berth.registry.console.html.Html;
import dev.berth.registry.console.page.Texts;

/** Names of files, which may have anything in them but a slash. */
final class FileNames {
    private FileNames() {}

    /** Returns a name or path. What would break a line is shown in letters. */
    static Html shown(String name) {
        return Texts.foreign(name.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t"));
    }
}
