package dev.berth.registry.console.markdown;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.commonmark.node.Block;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.SourceLine;
import org.commonmark.parser.SourceLines;
import org.commonmark.parser.block.AbstractBlockParser;
import org.commonmark.parser.block.AbstractBlockParserFactory;
import org.commonmark.parser.block.BlockContinue;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;

/**
 * Reads tables as GitHub has them, which CommonMark does not: a line of headings, a line of dashes, lines of cells between
 * bars. For one table.
 */
final class TableParser extends AbstractBlockParser {
    private static final Pattern RULE = Pattern.compile(" *\\|? *:?-+:? *(?:\\| *:?-+:? *)*\\|? *");
    private static final int MOST_COLUMNS = 50;
    private static final int LONGEST_RULE = 1_000;

    private final Table table = new Table();
    private final int columns;
    private final List<SourceLine> lines = new ArrayList<>();

    private TableParser(SourceLine heading, int columns) {
        this.columns = columns;
        lines.add(heading);
    }

    @Override
    public Block getBlock() {
        return table;
    }

    @Override
    public BlockContinue tryContinue(ParserState state) {
        return state.isBlank() || !isRow(state.getLine().getContent())
                ? BlockContinue.none()
                : BlockContinue.atIndex(state.getIndex());
    }

    private static boolean isRow(CharSequence line) {
        return line.toString().indexOf('|') >= 0;
    }

    @Override
    public void addLine(SourceLine line) {
        lines.add(line);
    }

    @Override
    public void parseInlines(InlineParser inlines) {
        for (int number = 0; number < lines.size(); number++) {
            // The second line is the rule below the headings.
            if (number != 1) {
                table.appendChild(row(lines.get(number), inlines));
            }
        }
    }

    private Table.Row row(SourceLine line, InlineParser inlines) {
        Table.Row row = new Table.Row();
        List<SourceLine> cells = cells(line.getContent());
        for (int column = 0; column < columns; column++) {
            Table.Cell cell = new Table.Cell();
            if (column < cells.size()) {
                inlines.parse(SourceLines.of(cells.get(column)), cell);
            }
            row.appendChild(cell);
        }
        return row;
    }

    /** A bar behind a backslash is one that is shown, and so is the backslash: whoever wants none uses code. */
    private static List<SourceLine> cells(CharSequence line) {
        String text = line.toString();
        int begin = indent(text);
        int end = text.stripTrailing().length();
        if (begin < end && text.charAt(begin) == '|') {
            begin++;
        }
        if (end > begin && text.charAt(end - 1) == '|' && !isEscaped(text, end - 1)) {
            end--;
        }
        List<SourceLine> cells = new ArrayList<>();
        int from = begin;
        for (int i = begin; i <= end && cells.size() < MOST_COLUMNS; i++) {
            if (i == end || text.charAt(i) == '|' && !isEscaped(text, i)) {
                cells.add(SourceLine.of(text.substring(from, i).strip(), null));
                from = i + 1;
            }
        }
        return cells;
    }

    private static int indent(String text) {
        int i = 0;
        while (i < text.length() && (text.charAt(i) == ' ' || text.charAt(i) == '\t')) {
            i++;
        }
        return i;
    }

    private static boolean isEscaped(String text, int index) {
        return index > 0 && text.charAt(index - 1) == '\\';
    }

    /** Finds where tables begin: at the rule, with the line before it. */
    static final class Factory extends AbstractBlockParserFactory {
        @Override
        public BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
            CharSequence line = state.getLine().getContent();
            int index = state.getNextNonSpaceIndex();
            if (line.length() - index > LONGEST_RULE) {
                return BlockStart.none();
            }
            String rule = line.subSequence(index, line.length()).toString();
            if (rule.indexOf('|') < 0 || !RULE.matcher(rule).matches()) {
                return BlockStart.none();
            }
            List<SourceLine> before = matched.getParagraphLines().getLines();
            if (before.isEmpty()) {
                return BlockStart.none();
            }
            SourceLine heading = before.get(before.size() - 1);
            int columns = cells(rule).size();
            return isRow(heading.getContent()) && cells(heading.getContent()).size() == columns && columns < MOST_COLUMNS
                    ? BlockStart.of(new TableParser(heading, columns))
                            .atIndex(state.getIndex())
                            .replaceParagraphLines(1)
                    : BlockStart.none();
        }
    }
}
