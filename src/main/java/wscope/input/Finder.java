package wscope.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.input.dump.DumpMatcher;
import wscope.input.dump.PacketMatcher;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Forms;
import wscope.input.find.Lines;
import wscope.input.find.Marks;
import wscope.input.find.Matcher;
import wscope.input.find.Piece;
import wscope.input.head.HeadMatcher;
import wscope.input.list.Base64Matcher;
import wscope.input.list.ListMatcher;
import wscope.input.list.LiteralMatcher;
import wscope.input.run.RunMatcher;
import wscope.input.screen.ScreenMatcher;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.Lookalike;
import wscope.input.spelling.SpelledBytes;
import wscope.input.spelling.SpelledLines;
import wscope.input.spelling.Spelling;
import wscope.protocol.handshake.Hixie76Challenge;

/**
 * Finds the bytes and heads of a text of any length, in bounded memory. It looks at a window of
 * whole lines, at most 64 KiB long. A window is closed as soon as what it shows is complete and
 * certain, which is asked only at certain line ends: a text gives the same however it is split.
 */
public final class Finder {
  private static final int MOST_KNOWN = 64;

  private final TextBuffer buffer;
  private final boolean anyStart;
  private final Reading reading = new Reading();
  private final Queue<Found> ready = new ArrayDeque<>();
  private final Marks marks = new Marks();

  /** Made when they are needed: a text that is nothing but bytes needs none. */
  private @Nullable List<Matcher> matchers;

  private final ByteBuffer piece = ByteBuffer.allocate(2 * TextBuffer.WINDOW);

  /** How the rest is read; null as long as it must be found. */
  private @Nullable Rest rest;

  /** Forms of lines in which bytes were found. */
  private final Set<String> known = new HashSet<>();

  /** What came before the text; null if it was not looked for yet. */
  private byte @Nullable [] byteOrderMark;

  /** The bytes that the last frame of a full window lacks. */
  private long missing;

  private boolean afterHead;
  private boolean afterFrames;

  /** A way to read the rest of the text, or a part of it, without looking for bytes. */
  private interface Rest {
    /**
     * Reads on.
     *
     * @return false if nothing remains for it
     */
    boolean read(ByteBuffer out) throws IOException, InvalidSpelling;
  }

  public Finder(InputStream text) {
    this(text, false);
  }

  /**
   * @param anyStart whether bare bytes may begin inside of a frame
   */
  public Finder(InputStream text, boolean anyStart) {
    buffer = new TextBuffer(text);
    this.anyStart = anyStart;
  }

  /** What was read so far; it is complete when {@link #next} has returned null. */
  public Reading reading() {
    return reading;
  }

  /**
   * The next bytes; null at the end of the text.
   *
   * @throws InvalidSpelling if lines that were nothing but bytes go on with something that is
   *     neither bytes nor words
   */
  public @Nullable Found next() throws IOException, InvalidSpelling {
    while (ready.isEmpty()) {
      Rest current = rest;
      if (current != null) {
        read(current);
        if (piece.flip().hasRemaining()) {
          return new Found(piece, null, false);
        }
      } else if (buffer.length() == 0 && buffer.isAtEnd()) {
        return null;
      } else {
        look();
      }
    }
    return ready.remove();
  }

  /** Reads a piece of the rest. The bytes before an error come first, as in smaller pieces. */
  private void read(Rest current) throws IOException, InvalidSpelling {
    try {
      if (!current.read(piece.clear())) {
        rest = null;
      }
    } catch (InvalidSpelling e) {
      if (piece.position() == 0) {
        throw e;
      }
      rest =
          out -> {
            throw e;
          };
    }
  }

  /** Looks at the text until a window is closed. */
  private void look() throws IOException, InvalidSpelling {
    boolean first = byteOrderMark == null;
    if (byteOrderMark == null) {
      byteOrderMark = buffer.takeByteOrderMark();
    }
    WindowEnds ends = new WindowEnds(mayBeBare());
    marks.clear();
    boolean closed = false;
    while (!closed) {
      WindowEnds.Look look = ends.next(buffer);
      switch (look.reason()) {
        case MORE_NEEDED -> buffer.more();
        case NOT_TEXT -> {
          reading.bare(null);
          // Of bytes as they are, it is a part.
          if (first && byteOrderMark.length > 0) {
            ready.add(new Found(ByteBuffer.wrap(byteOrderMark), null, false));
          }
          rest = this::readRaw;
          closed = true;
        }
        default -> closed = read(look.end(), look.reason(), ends);
      }
    }
  }

  /**
   * Reads a window.
   *
   * @param reason why it may be closed here
   * @return whether it was closed
   */
  private boolean read(int end, WindowEnds.Reason reason, WindowEnds ends) throws InvalidSpelling {
    boolean early = reason == WindowEnds.Reason.LINE_END;
    Bare bare = mayBeBare() ? bare(end, early) : null;
    boolean plain = isLast(end) || !buffer.hasHadEscapes();
    if (bare != null && plain && (bare.isValid() || (early && bare.isCertain()))) {
      start(bare);
      return true;
    }
    Lines lines = new Lines(buffer.text(), buffer.at(), end, buffer.line(), isLast(end), marks);
    Selection selection = select(lines);
    int head = mayBeBare() ? WireHead.end(buffer.text(), buffer.at(), end) : -1;
    if (head >= 0 && !WireHead.isFound(selection, lines, head)) {
      takeHead(head);
      return true;
    }
    int challenge = Challenge.start(selection, lines);
    if (challenge >= 0) {
      emit(selection, lines, lines.lineAt(challenge));
      buffer.advanceTo(challenge);
      rest = new RawPart(Hixie76Challenge.BODY_BYTES)::read;
      return true;
    }
    if (early) {
      return closeEarly(selection, lines);
    }
    if (reason == WindowEnds.Reason.FULL) {
      if (LongDump.is(selection, lines)) {
        startSpelled(Spelling.DUMP);
        return true;
      }
      if (selection.chosen().stream().anyMatch(each -> Scorer.goesOn(each, lines)) && ends.grow()) {
        marks.clear();
        return false;
      }
    }
    close(selection, lines, bare);
    return true;
  }

  /** Takes a head as it stands. */
  private void takeHead(int end) {
    boolean request = buffer.text()[buffer.at()] == 'G';
    ByteBuffer head = ByteBuffer.allocate(end - buffer.at());
    head.put(buffer.text(), buffer.at(), head.capacity()).flip();
    ready.add(new Found(head, null, request && afterHead));
    afterHead = true;
    buffer.advanceTo(end);
  }

  private @Nullable Bare bare(int end, boolean early) {
    return Bare.of(buffer.text(), buffer.at(), early ? end : bareEnd(end), !early);
  }

  /** Takes all that a window has. */
  private void close(Selection selection, Lines lines, @Nullable Bare bare) throws InvalidSpelling {
    int end = lines.to();
    if (bare == null && isLast(end) && mayBeBare() && startsWithEscape(lines)) {
      Bare.throwError(buffer.text(), buffer.at(), end, buffer.line());
    }
    if (bare != null && bare.isBest(selection)) {
      boolean frames = bare.frameStart() == 0 && bare.payload().isEmpty();
      if (bare.isSure() && (anyStart || frames)) {
        start(bare);
        return;
      }
      reading.frameStart(bare.frameStart());
      reading.payload(bare.payload());
      reading.addDoubtful(bare.find(lines));
    }
    if (selection.chosen().isEmpty() && isLast(end) && mayBeBare()) {
      int from = lines.start(0);
      reading.lookalike(Lookalike.of(ByteBuffer.wrap(lines.text(), from, end - from)));
      throwIfMistyped(lines, end);
    }
    emit(selection, lines, lines.count());
    missing = isLast(end) ? 0 : Scorer.missing(selection, lines, missing);
    selection.doubtful().forEach(each -> reading.addDoubtful(find(each, lines)));
    buffer.advanceTo(end);
  }

  /** Whether nothing came before but a handshake. */
  private boolean mayBeBare() {
    return reading.passedOver() == 0 && (reading.count() == 0 || (afterHead && !afterFrames));
  }

  /** A text that begins with an escape is one literal without quotes. */
  private static boolean startsWithEscape(Lines lines) {
    int line = 0;
    while (line + 1 < lines.count() && lines.isEmpty(line)) {
      line++;
    }
    return lines.string(line).stripLeading().startsWith("\\");
  }

  /** A text of numbers that are not bytes has an error at one of them. */
  private void throwIfMistyped(Lines lines, int end) throws InvalidSpelling {
    byte[] text = buffer.text();
    for (int line = 0; line < lines.count(); line++) {
      if (!lines.isEmpty(line) && !Bare.isMeantAsBytes(text, lines.start(line), end)) {
        return;
      }
    }
    Bare.throwError(text, buffer.at(), end, buffer.line());
  }

  private boolean isLast(int end) {
    return buffer.isAtEnd() && end == buffer.end();
  }

  /** Where the part of a window ends that shows whether all of it is bare. */
  private int bareEnd(int end) {
    int limit = buffer.at() + Bare.LONGEST_LOOK;
    return end <= limit || isLast(end) ? end : Bare.cut(buffer.text(), buffer.at(), limit);
  }

  private Selection select(Lines lines) {
    List<Candidate> candidates = new ArrayList<>();
    for (Matcher matcher : matchers()) {
      matcher.match(lines, found -> candidates.add(score(found, lines)));
    }
    return Selection.of(candidates, lines);
  }

  private List<Matcher> matchers() {
    if (matchers == null) {
      matchers =
          List.of(
              new HeadMatcher(),
              new ScreenMatcher(),
              new RunMatcher(),
              new DumpMatcher(),
              new PacketMatcher(reading::packets),
              new ListMatcher(),
              new LiteralMatcher(),
              new Base64Matcher());
    }
    return matchers;
  }

  private Candidate score(Candidate candidate, Lines lines) {
    Candidate scored = Scorer.score(candidate, afterHead, missing);
    if (lines.isEnd() && mayBeBare() && Scorer.isAlone(scored, lines)) {
      scored = scored.with(Set.of(Evidence.ALONE));
    }
    return known.contains(form(candidate, lines)) ? scored.with(Set.of(Evidence.KNOWN)) : scored;
  }

  private static String form(Candidate candidate, Lines lines) {
    Piece first = candidate.first();
    return candidate.form() + Forms.of(lines, first.line(), first.from());
  }

  /** Closes the window after what is complete and certain, if there is anything. */
  private boolean closeEarly(Selection selection, Lines lines) {
    if (selection.open() || selection.chosen().isEmpty()) {
      return false;
    }
    if (!selection.chosen().stream().allMatch(Scorer::isComplete)) {
      return false;
    }
    if (selection.doubtful().stream()
        .anyMatch(each -> each.evidence().contains(Evidence.CUT_FRAME))) {
      return false;
    }
    for (Candidate candidate : selection.chosen()) {
      if (Scorer.goesOn(candidate, lines) || Challenge.isAwaitedAfter(candidate)) {
        return false;
      }
    }
    int next = 0;
    for (Candidate candidate : selection.chosen()) {
      int after = candidate.last().line() + 1;
      boolean head = candidate.kind() != Candidate.Kind.BYTES;
      // The empty line of a head belongs to it.
      boolean empty = head && after < lines.count() && lines.isEmpty(after);
      next = Math.max(next, empty ? after + 1 : after);
    }
    emit(selection, lines, next);
    buffer.advanceTo(next < lines.count() ? lines.start(next) : lines.to());
    return true;
  }

  /** Makes the chosen candidates of the first lines ready. */
  private void emit(Selection selection, Lines lines, int count) {
    for (Candidate candidate : selection.chosen()) {
      Find find = find(candidate, lines);
      reading.add(find);
      if (known.size() < MOST_KNOWN) {
        known.add(form(candidate, lines));
      }
    }
    List<Order.Step> steps = Order.steps(selection.chosen());
    Senders senders = Senders.of(steps);
    for (Order.Step step : WholeFrames.of(steps, senders)) {
      boolean request = step.kind() == Candidate.Kind.REQUEST;
      boolean begins = (request && (afterHead || afterFrames)) || (afterFrames && step.isHead());
      ready.add(new Found(step.bytes(), senders.of(step), begins));
      afterHead = step.isHead() || (afterHead && !begins);
      afterFrames = !step.isHead() || (afterFrames && !begins);
    }
    selection.close().forEach(each -> reading.addClose(find(each, lines)));
    passOver(selection, lines, count);
  }

  private void passOver(Selection selection, Lines lines, int count) {
    boolean[] read = new boolean[lines.count()];
    for (Candidate candidate : selection.chosen()) {
      for (Piece each : candidate.pieces()) {
        read[each.line()] = true;
      }
    }
    for (int line = 0; line < count; line++) {
      if (!read[line] && Scorer.hasWords(lines, line)) {
        reading.passOver(lines.number(line));
      }
    }
  }

  private static Find find(Candidate candidate, Lines lines) {
    Piece first = candidate.first();
    Piece last = candidate.last();
    return new Find(
        candidate.kind(),
        candidate.form(),
        candidate.option(),
        lines.number(first.line()),
        lines.column(first.line(), first.from()),
        lines.number(last.line()),
        lines.column(last.line(), last.to()) - 1,
        candidate.pieces().stream().map(Piece::line).distinct().count(),
        candidate.bytes().length,
        candidate.evidence(),
        Scorer.isWhole(candidate, lines));
  }

  /** Reads what follows as bare bytes. */
  private void start(Bare bare) {
    reading.bare(bare.guess());
    Spelling spelling = bare.guess().spelling();
    switch (spelling) {
      case HEX, DECIMAL, BITS -> {
        SpelledLines lines = new SpelledLines(spelling);
        rest = out -> readLines(lines, out);
      }
      default -> startSpelled(spelling);
    }
  }

  private void startSpelled(Spelling spelling) {
    SpelledBytes bytes = new SpelledBytes(buffer.stream(), spelling, buffer.line());
    rest = bytes::read;
  }

  /** Bytes as they are, up to a number of them. */
  private final class RawPart {
    private int left;

    RawPart(int count) {
      left = count;
    }

    boolean read(ByteBuffer out) throws IOException {
      out.limit(Math.min(out.capacity(), left));
      boolean more = left > 0 && readRaw(out);
      left -= out.position();
      return more;
    }
  }

  private boolean readRaw(ByteBuffer out) throws IOException {
    if (buffer.length() == 0) {
      buffer.more();
    }
    int count = Math.min(out.remaining(), buffer.length());
    out.put(buffer.text(), buffer.at(), count);
    buffer.advanceTo(buffer.at() + count);
    return count > 0 || !buffer.isAtEnd();
  }

  /** Reads bare lines up to the first that has words. */
  private boolean readLines(SpelledLines lines, ByteBuffer out)
      throws IOException, InvalidSpelling {
    byte[] text = buffer.text();
    int at = buffer.at();
    int next = lines.read(text, at, buffer.end(), buffer.isAtEnd(), out);
    buffer.advanceTo(next);
    if (next > at) {
      return true;
    }
    if (lines.hasWords()) {
      return false;
    }
    InvalidSpelling error = lines.error(text, at, buffer.end(), buffer.line());
    if (error != null) {
      if (Bare.isMeantAsBytes(text, at, buffer.end())) {
        throw error;
      }
      return false;
    }
    if (buffer.isAtEnd()) {
      return false;
    }
    buffer.more();
    return true;
  }
}
