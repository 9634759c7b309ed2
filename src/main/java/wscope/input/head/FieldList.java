package wscope.input.head;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Candidate.Kind;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;

/** Fields that follow each other in developer tools: those of one head, or of both. */
final class FieldList {
  static final String FORM = "list of header fields";

  private final Lines lines;
  private final General general;
  private final Consumer<Candidate> found;
  private final List<ListField> fields = new ArrayList<>();
  private final Set<String> names = new HashSet<>();
  private @Nullable Kind kind;
  private int descent;
  private boolean open;

  FieldList(Lines lines, General general, Consumer<Candidate> found) {
    this.lines = lines;
    this.general = general;
    this.found = found;
  }

  boolean isEmpty() {
    return fields.isEmpty();
  }

  /**
   * Adds a field. If it cannot belong to the same head as those before, it begins the other head.
   */
  void add(ListField field, @Nullable Kind label) {
    Kind only = label == null ? field.kind() : null;
    if (!fields.isEmpty()) {
      String last = fields.get(fields.size() - 1).name();
      if (field.name().compareTo(last) < 0) {
        descent = fields.size();
      }
      boolean repeated =
          names.contains(field.name())
              && !field.name().equals(last)
              && !field.name().equals("set-cookie");
      if (label == null && (repeated || (kind != null && only != null && kind != only))) {
        split();
      }
    }
    fields.add(field);
    names.add(field.name());
    kind = kind == null ? only : kind;
    if (label != null) {
      kind = label;
    }
    if (only != null) {
      descent = 0;
    }
  }

  /** Ends the head before the last point where the names stop being sorted. */
  private void split() {
    List<ListField> rest =
        descent == 0 ? List.of() : List.copyOf(fields.subList(descent, fields.size()));
    fields.subList(fields.size() - rest.size(), fields.size()).clear();
    end();
    for (ListField field : rest) {
      fields.add(field);
      names.add(field.name());
      kind = kind == null ? field.kind() : kind;
    }
  }

  /** Ends the last head. The text may go on with it. */
  void endOpen() {
    open = true;
    end();
    open = false;
  }

  /** Ends the head: what follows does not belong to it. */
  void end() {
    if (kind != null && !fields.isEmpty()) {
      offer(kind);
    }
    fields.clear();
    names.clear();
    kind = null;
    descent = 0;
  }

  private void offer(Kind of) {
    String start = of == Kind.REQUEST ? requestLine() : statusLine();
    boolean handshake = fields.stream().anyMatch(ListField::isOfHandshake);
    if (start.isEmpty() && !handshake) {
      return;
    }
    HeadPieces pieces = new HeadPieces(lines, null);
    for (ListField field : fields) {
      if (!field.isPseudo()) {
        add(field, field.to(), pieces, start);
      } else if (field.name().equals(":authority") && !names.contains("host")) {
        add(field, -1, pieces, start);
      }
    }
    if (pieces.size() > 0) {
      EnumSet<Evidence> evidence =
          EnumSet.of(start.isEmpty() ? Evidence.HEADER_FIELDS : Evidence.HEAD);
      if (open && !lines.isEnd()) {
        evidence.add(Evidence.OPEN_HEAD);
      }
      found.accept(pieces.head(of, FORM, evidence));
    }
  }

  /** Adds a field. The piece of the first one also has the start line. */
  private void add(ListField field, int nameTo, HeadPieces pieces, String start) {
    String before = pieces.size() == 0 && !start.isEmpty() ? start + "\r\n" : "";
    String name = nameTo < 0 ? "Host" : lines.string(field.from(), nameTo);
    String value = lines.string(field.valueFrom(), field.valueTo());
    if (field.valueLine() == field.line()) {
      // The spaces after the colon stay as they are.
      String between = nameTo < 0 ? ": " : lines.string(nameTo, field.valueFrom());
      byte[] bytes = HeadPieces.bytes(before + name + between + value + "\r\n");
      pieces.add(field.line(), field.from(), field.valueTo(), bytes);
      return;
    }
    pieces.add(field.line(), field.from(), field.to(), HeadPieces.bytes(before + name + ": "));
    byte[] bytes = HeadPieces.bytes(value + "\r\n");
    pieces.add(field.valueLine(), field.valueFrom(), field.valueTo(), bytes);
  }

  private String requestLine() {
    String method = value(":method");
    String path = value(":path");
    return method.isEmpty() || path.isEmpty()
        ? general.requestLine()
        : method + " " + path + " HTTP/1.1";
  }

  private String statusLine() {
    String status = value(":status");
    return status.isEmpty() ? general.statusLine() : "HTTP/1.1 " + status + " ";
  }

  private String value(String name) {
    if (!names.contains(name)) {
      return "";
    }
    for (ListField field : fields) {
      if (field.name().equals(name)) {
        return lines.string(field.valueFrom(), field.valueTo());
      }
    }
    return "";
  }
}
