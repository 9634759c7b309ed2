package wscope.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Forms;
import wscope.input.find.Lines;
import wscope.input.find.Piece;
import wscope.input.spelling.ForeignDigit;
import wscope.input.spelling.InvalidSpelling;
import wscope.input.spelling.Lookalike;
import wscope.input.spelling.Spelling;
import wscope.protocol.handshake.Hixie76Challenge;

/**
 * Finds the bytes and heads of a text of any length, in bounded memory. It looks at a window of
 * whole lines, at most 64 KiB long. A window is closed as soon as what it shows is complete and
 * certain, which is asked only at certain line ends: a text gives the same however it is split.
 */
public final class Finder {
  private static final int MOST_KNOWN = 64;
  private static final List<Piece> NONE = List.of();

  private final TextBuffer buffer;
  private final boolean anyStart;
  private final Reading reading = new Reading();
  private final Queue<Found> ready = new ArrayDeque<>();

  /** Made when it is needed: a text that is nothing but bytes needs none. */
  private @Nullable Search search;

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

  /** Whether the rest of the last frame is left out, so that no other bytes can be that rest. */
  private boolean afterCut;

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
    if (search != null) {
      search.clear();
    }
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
          rest = Rest.raw(buffer);
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
    Search search = search();
    Lines lines = search.lines(buffer, end, isLast(end));
    Selection selection = search.select(lines, this::score);
    int head = mayBeBare() ? WireHead.end(buffer.text(), buffer.at(), end) : -1;
    if (head >= 0 && !WireHead.isFound(selection, lines, head)) {
      takeHead(head);
      return true;
    }
    int challenge = Challenge.start(selection, lines);
    if (challenge >= 0) {
      emit(selection, lines, lines.lineAt(challenge));
      buffer.advanceTo(challenge);
      rest = Rest.raw(buffer, Hixie76Challenge.BODY_BYTES);
      return true;
    }
    if (early) {
      boolean open = mayBeBare() && WireHead.isOpen(buffer.text(), buffer.at(), end);
      return !open && closeEarly(selection, lines);
    }
    if (reason == WindowEnds.Reason.FULL) {
      if (LongDump.is(selection, lines)) {
        rest = Rest.spelled(buffer, Spelling.DUMP);
        return true;
      }
      if (selection.chosen().stream().anyMatch(each -> Scorer.goesOn(each, lines)) && ends.grow()) {
        search.clear();
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
    if (bare == null
        && isLast(end)
        && mayBeBare()
        && (Bare.startsWithEscape(lines) || Bare.endsInsideByte(lines))) {
      Bare.throwError(buffer.text(), buffer.at(), end, buffer.line());
    }
    if (bare != null && bare.isBest(selection)) {
      boolean frames = bare.frameStart() == 0 && bare.payload().isEmpty();
      boolean shifted = anyStart && bare.frameStart() > 0;
      if (shifted || (bare.isSure() && (anyStart || frames))) {
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
      checkDigits(selection, lines);
      Bare.throwIfMistyped(lines);
    }
    emit(selection, lines, lines.count());
    missing = isLast(end) ? 0 : Scorer.missing(selection, lines, missing);
    selection.doubtful().forEach(each -> reading.addDoubtful(Find.of(each, lines)));
    buffer.advanceTo(end, lines.lineEnds());
  }

  /** Whether nothing came before but a handshake. */
  private boolean mayBeBare() {
    return reading.passedOver() == 0 && (reading.count() == 0 || (afterHead && !afterFrames));
  }

  private boolean isLast(int end) {
    return buffer.isAtEnd() && end == buffer.end();
  }

  /** Where the part of a window ends that shows whether all of it is bare. */
  private int bareEnd(int end) {
    int limit = buffer.at() + Bare.LONGEST_LOOK;
    return end <= limit || isLast(end) ? end : Bare.cut(buffer.text(), buffer.at(), limit);
  }

  private Search search() {
    if (search == null) {
      search = new Search(reading::packets);
    }
    return search;
  }

  private Candidate score(Candidate candidate, Lines lines) {
    Candidate scored = Scorer.score(candidate, afterHead, missing);
    if (Endings.follow(scored, lines)) {
      scored = scored.with(Set.of(Evidence.ENDED));
    }
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
  private boolean closeEarly(Selection selection, Lines lines) throws InvalidSpelling {
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
  private void emit(Selection selection, Lines lines, int count) throws InvalidSpelling {
    checkDigits(selection, lines);
    Search search = search();
    List<Candidate> chosen = search.withoutRepeats(selection, lines);
    reading.repeat(selection.chosen().size() - chosen.size());
    for (Candidate candidate : chosen) {
      Find find = Find.of(candidate, lines);
      reading.add(find);
      search.afterResponse().chosen(candidate, lines);
      reading.leaveOut(Scorer.leftOut(candidate));
      if (known.size() < MOST_KNOWN) {
        known.add(form(candidate, lines));
      }
    }
    List<Order.Step> steps = Order.steps(chosen);
    Senders senders = Senders.of(steps);
    for (Order.Step step : WholeFrames.of(steps, senders)) {
      boolean request = step.kind() == Candidate.Kind.REQUEST;
      boolean next = (request && (afterHead || afterFrames)) || (afterFrames && step.isHead());
      boolean begins = next || afterCut;
      ready.add(new Found(step.bytes(), senders.of(step), begins));
      afterCut = step.cut();
      afterHead = step.isHead() || (afterHead && !begins);
      afterFrames = !step.isHead() || (afterFrames && !begins);
    }
    selection.close().forEach(each -> reading.addClose(Find.of(each, lines)));
    boolean nothing = steps.isEmpty() && mayBeBare() && lines.isEnd();
    reading.lose(LostBytes.count(selection, lines, nothing));
    passOver(selection, lines, count);
  }

  /** A byte with a foreign letter must not be missing without a word. */
  private void checkDigits(Selection selection, Lines lines) throws InvalidSpelling {
    boolean nothing = selection.chosen().isEmpty() && mayBeBare() && lines.isEnd();
    for (int line = 0; nothing && line < lines.count(); line++) {
      checkDigits(lines, line);
    }
    int checked = -1;
    for (Candidate candidate : selection.chosen()) {
      for (Piece piece : candidate.kind() == Candidate.Kind.BYTES ? candidate.pieces() : NONE) {
        int line = piece.line();
        if (line > checked) {
          checkDigits(lines, line);
          checked = line;
        }
      }
    }
  }

  private static void checkDigits(Lines lines, int line) throws InvalidSpelling {
    ForeignDigit.check(
        lines.text(), lines.start(line), lines.end(line), lines.number(line), lines.before(line));
  }

  private void passOver(Selection selection, Lines lines, int count) {
    TextAfterResponse afterResponse = search().afterResponse();
    boolean[] read = new boolean[lines.count()];
    for (Candidate candidate : selection.chosen()) {
      for (Piece each : candidate.pieces()) {
        read[each.line()] = true;
      }
    }
    for (int line = 0; line < count; line++) {
      if (!read[line] && Scorer.hasWords(lines, line)) {
        reading.passOver(lines.number(line));
        afterResponse.passedOver(lines, line);
      }
    }
    reading.unframed(afterResponse.text());
  }

  /** Reads what follows as bare bytes. */
  private void start(Bare bare) {
    reading.bare(bare.guess());
    Spelling spelling = bare.guess().spelling();
    rest =
        switch (spelling) {
          case HEX, DECIMAL, BITS -> Rest.lines(buffer, spelling);
          default -> Rest.spelled(buffer, spelling);
        };
  }
}
