package dev.berth.registry.console.markdown;

import org.commonmark.node.CustomBlock;

/** A table. Its children are rows, the first of them the heading. */
final class Table extends CustomBlock {

    /** A row. Its children are cells. */
    static final class Row extends CustomBlock {}

    /** A cell. Its children are what stands in a line. */
    static final class Cell extends CustomBlock {}
}
