package wscope.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Adds a file of src/docs to a manual page. It knows what these files use: headings, paragraphs,
 * lists, literal lines, and tables whose first column is a term.
 */
final class Markdown {
  private static final Path DOCS = Path.of("src", "docs");
  private static final Pattern LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");
  private static final Pattern CELL_END = Pattern.compile(" +(?<!\\\\)\\| *");
  private static final String FENCE = "```";

  private final Roff page;
  private final List<String> paragraph = new ArrayList<>();
  private List<String> columns = List.of();

  /** Whether the next paragraph follows something that does not end the one before. */
  private boolean begun;

  private Markdown(Roff page) {
    this.page = page;
  }

  /** Adds the sections of the file about a command, if there is one. */
  static void addSections(String command, Roff page) throws IOException {
    Path file = DOCS.resolve(command + ".md");
    if (Files.exists(file)) {
      List<String> lines = Files.readAllLines(file);
      int start = 0;
      while (!lines.get(start).startsWith("## ")) {
        start++;
      }
      new Markdown(page).lines(lines.subList(start, lines.size()));
    }
  }

  /** The page about reply files, whose file has no sections. */
  static String replyFiles() throws IOException {
    Roff page = new Roff("wscope-reply", 5, "the files of rules for the replies of wscope serve");
    page.section("DESCRIPTION");
    List<String> lines = Files.readAllLines(DOCS.resolve("reply-files.md"));
    int intro = lines.subList(2, lines.size()).indexOf("") + 2;
    new Markdown(page).lines(lines.subList(intro + 1, lines.size()));
    page.seeAlso(List.of("wscope-serve(1)", "wscope-json(5)", "wscope-rules(7)"));
    return page.toString();
  }

  private void lines(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.equals(FENCE)) {
        endParagraph();
        if (begun) {
          page.line(".PP");
        }
        begun = true;
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf(FENCE);
        page.literal(lines.subList(i + 1, end));
        i = end;
      } else if (line.startsWith("#")) {
        endParagraph();
        heading(line);
      } else if (line.startsWith("|")) {
        endParagraph();
        row(line);
      } else if (line.startsWith("* ")) {
        endParagraph();
        page.line(".IP \\(bu 2");
        begun = false;
        paragraph.add(line.substring(2));
      } else if (line.isEmpty()) {
        endParagraph();
        columns = List.of();
      } else {
        paragraph.add(line.strip());
      }
    }
    endParagraph();
  }

  private void heading(String line) {
    String title = line.replaceFirst("^#+ ", "");
    if (line.startsWith("## ")) {
      page.section(title.toUpperCase(Locale.ROOT));
    } else {
      page.subsection(title);
    }
    begun = false;
  }

  private void row(String line) {
    List<String> cells =
        Arrays.stream(CELL_END.split(line.substring(1))).map(cell -> plain(cell.strip())).toList();
    if (columns.isEmpty()) {
      columns = cells;
    } else if (!line.startsWith("|---")) {
      List<String> texts = new ArrayList<>();
      for (int i = 1; i < cells.size(); i++) {
        texts.add(cells.size() > 2 ? columns.get(i) + ": " + cells.get(i) : cells.get(i));
      }
      page.entry(Roff.bold(cells.get(0)), String.join("; ", texts));
      begun = true;
    }
  }

  private void endParagraph() {
    if (!paragraph.isEmpty()) {
      if (begun) {
        page.line(".PP");
      }
      begun = true;
      page.words("", plain(String.join(" ", paragraph)));
      paragraph.clear();
    }
  }

  private static String plain(String text) {
    return LINK.matcher(text)
        .replaceAll("$1")
        .replace("`", "")
        .replace("**", "")
        .replace("\\|", "|");
  }
}
