package dev.berth.registry.console.content;

/** Permissions as {@code ls -l} writes them. */
final class FileModes {
    private static final int SET_USER = 04000;
    private static final int SET_GROUP = 02000;
    private static final int STICKY = 01000;

    private FileModes() {}

    static String text(LayerEntry entry) {
        int mode = entry.mode();
        char kind = switch (entry.kind()) {
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case SPECIAL -> '?';
            case FILE, HARD_LINK, REMOVED -> '-';
        };
        return kind
                + three(mode >> 6, (mode & SET_USER) != 0, 's')
                + three(mode >> 3, (mode & SET_GROUP) != 0, 's')
                + three(mode, (mode & STICKY) != 0, 't');
    }

    private static String three(int bits, boolean special, char letter) {
        boolean execute = (bits & 1) != 0;
        char last = special ? (execute ? letter : Character.toUpperCase(letter)) : execute ? 'x' : '-';
        return "" + ((bits & 4) != 0 ? 'r' : '-') + ((bits & 2) != 0 ? 'w' : '-') + last;
    }
}
