package wscope.cli.decode;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import wscope.input.Find;
import wscope.input.Reading;
import wscope.input.dump.SkippedPackets;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.report.text.SafeText;
import wscope.report.text.Screen;

/** Says on standard error what was read of a text, and what was not. */
final class ReadingNote {
  private static final int MOST_LISTED = 5;

  private final Screen screen;

  ReadingNote(Screen screen) {
    this.screen = screen;
  }

  /** Says what was read; nothing if the text was nothing but bytes. */
  void show(Reading reading) {
    boolean partial = !reading.isWhole() && reading.count() > 0;
    if (partial) {
      read(reading);
    }
    unframed(reading.unframed());
    SkippedPackets packets = reading.packets();
    if (packets != null) {
      packets(packets);
    }
    if (reading.repeated() > 0) {
      screen.text("note: left out ").number(reading.repeated());
      screen.text(reading.repeated() == 1 ? " part that shows" : " parts that show");
      screen.text(" the bytes before once more").endLine();
    }
    if (reading.lost() > 0) {
      screen.text("note: the text holds U+FFFD ").number(reading.lost());
      screen.text(reading.lost() == 1 ? " time" : " times");
      screen.text(": bytes were lost when it was made into text").endLine();
    }
    if (reading.leftOut() > 0) {
      screen.text("note: the text leaves out ").number(reading.leftOut());
      screen.text(reading.leftOut() == 1 ? " byte" : " bytes");
      screen.text("; the lengths of the incomplete frames agree").endLine();
    }
    for (Find find : reading.finds()) {
      if (find.evidence().contains(Evidence.LEFT_OUT)) {
        screen.text("note: the text leaves out bytes after ").text(find.place()).endLine();
      }
    }
    for (Find other : reading.close()) {
      screen.text("note: ").text(other.place()).text(" could be read as ").text(other.form());
      screen.text(" as well").text(force(other)).endLine();
    }
    screen.flush();
  }

  private void unframed(byte[] text) {
    if (text.length > 0) {
      screen.text("note: after the response follows text without a frame: ");
      SafeText.quoted(screen, ByteBuffer.wrap(text));
      screen.text(
          ". If the server sent it, look at the line that writes it to the socket: a frame");
      screen.text(" header must come first").endLine();
    }
  }

  private void packets(SkippedPackets packets) {
    screen.text("note: the text has ").number(packets.packets());
    screen.text(packets.packets() == 1 ? " packet of " : " packets of ");
    screen.number(packets.connections());
    screen.text(packets.connections() == 1 ? " TCP connection" : " TCP connections");
    screen.text("; their IP and TCP headers were taken off").endLine();
    if (!packets.skipped().isEmpty()) {
      screen.text("      without bytes for the streams:");
      String comma = " ";
      for (Map.Entry<String, Integer> each : packets.skipped().entrySet()) {
        screen.text(comma).number(each.getValue()).text(" ").text(each.getKey());
        comma = ", ";
      }
      screen.endLine();
    }
    if (packets.missing() > 0) {
      screen.text("      missing from the streams: ").number(packets.missing());
      screen.text(packets.missing() == 1 ? " byte" : " bytes").endLine();
    }
    if (packets.differing() > 0) {
      screen.text("      retransmissions differ in ").number(packets.differing());
      screen.text(packets.differing() == 1 ? " byte" : " bytes");
      screen.text(" from the first ones, which are read").endLine();
    }
  }

  private void read(Reading reading) {
    List<Find> finds = reading.finds();
    screen.text("note: read ");
    if (reading.count() == 1) {
      what(finds.get(0));
    } else if (reading.count() <= MOST_LISTED) {
      screen.number(reading.count()).text(" parts");
    } else {
      screen.number(reading.bytes()).text(reading.bytes() == 1 ? " byte" : " bytes");
      screen.text(" in ").number(reading.count()).text(" parts, lines ");
      screen.number(finds.get(0).firstLine()).text(" to ");
      screen.number(finds.get(finds.size() - 1).lastLine());
    }
    if (reading.passedOver() > 0) {
      screen.text("; passed over ").number(reading.passedOver());
      screen.text(reading.passedOver() == 1 ? " line" : " lines");
    }
    if (reading.count() > MOST_LISTED) {
      screen.text("; --verbose lists the parts");
    }
    screen.endLine();
    if (reading.count() > 1 && reading.count() <= MOST_LISTED) {
      for (Find find : finds) {
        screen.text("      ");
        what(find);
        screen.endLine();
      }
    }
  }

  private void what(Find find) {
    if (find.kind() != Candidate.Kind.BYTES) {
      screen.text(find.kind() == Candidate.Kind.REQUEST ? "a request" : "a response");
      screen.text(" from ").text(find.place());
      return;
    }
    screen.number(find.bytes()).text(find.bytes() == 1 ? " byte from " : " bytes from ");
    screen.text(find.place()).text(", as ").text(find.form());
  }

  private static String force(Find find) {
    return find.option().isEmpty() ? "" : ": --from " + find.option();
  }

  /** Lists all parts with the evidence for each. */
  void showAll(Reading reading) {
    reading.finds().forEach(find -> withEvidence("found ", find));
    reading.doubtful().forEach(find -> withEvidence("not decoded: ", find));
    reading.close().forEach(find -> withEvidence("another reading: ", find));
    screen.flush();
  }

  private void withEvidence(String before, Find find) {
    screen.text(before);
    what(find);
    screen.text(": ").number(find.points()).text(" points").endLine();
    for (Evidence evidence : find.reasons()) {
      String sign = evidence.points() > 0 ? "+" : "";
      screen.text("  ").text(sign + evidence.points()).text("  ").text(evidence.reason()).endLine();
    }
  }

  /**
   * The question about what may be bytes, worded as an error.
   *
   * @param command before the options to type; empty if they belong to the current command
   */
  static String question(Reading reading, String command) {
    if (reading.frameStart() > 0) {
      return "no frame begins at byte 0, but whole frames begin at byte "
          + reading.frameStart()
          + "; to decode from there: "
          + command
          + "--skip "
          + reading.frameStart();
    }
    if (!reading.payload().isEmpty()) {
      return "no frame begins at byte 0, but the bytes may be the payload of one; to decode it:"
          + " "
          + command
          + "--payload "
          + reading.payload();
    }
    Find likely = reading.doubtful().get(0);
    if (likely.evidence().contains(Evidence.DOTS_FOR_BYTES)) {
      return likely.place() + " has a head with dots for its line ends; give its bytes, as in hex";
    }
    if (likely.kind() != Candidate.Kind.BYTES) {
      boolean request = likely.kind() == Candidate.Kind.REQUEST;
      return likely.place()
          + (request
              ? " has header fields of a request without its first line; add GET / HTTP/1.1"
              : " has header fields of a response without its first line; add HTTP/1.1 101")
          + " before them";
    }
    String bytes = likely.bytes() == 1 ? " byte" : " bytes";
    boolean cut = likely.evidence().contains(Evidence.LEFT_OUT);
    StringBuilder question = new StringBuilder();
    question.append(cut ? "no whole frames found, but " : "no frames found, but ");
    question.append(likely.place()).append(" may be ");
    question.append(likely.bytes()).append(bytes).append(" in ").append(likely.form());
    if (cut) {
      return question.append(" and leaves out those after them; give all bytes").toString();
    }
    if (likely.option().isEmpty()) {
      return question.toString();
    }
    String only =
        likely.firstLine() == likely.lastLine()
            ? "" + likely.firstLine()
            : likely.firstLine() + "-" + likely.lastLine();
    if (likely.evidence().contains(Evidence.LONG_REPEAT)) {
      question.append(", where * stands for more than 64 KiB");
    }
    question.append("; to decode them: " + command + "--only-lines ").append(only);
    return question.append(" --from ").append(likely.option()).toString();
  }
}
