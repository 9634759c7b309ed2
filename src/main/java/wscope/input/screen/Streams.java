package wscope.input.screen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Piece;
import wscope.input.find.Way;
import wscope.protocol.frame.FrameHeader;
import wscope.protocol.frame.Opcode;

/**
 * The frames of each connection, as far as all of their bytes are known. Frames that are not known
 * leave a gap between the offsets. After a gap, frames are left out that could only be understood
 * with those before them: the rest of a message, and what is compressed.
 */
final class Streams {
  private static final String CLAIM = "wscope output";

  private final Consumer<Candidate> found;
  private final boolean begins;
  private final Map<String, Stream> streams = new LinkedHashMap<>();

  private final List<Piece> claims = new ArrayList<>();
  private boolean pending;

  /** What both directions of a connection sent. */
  private static final class Stream {
    private final List<Piece> pieces = new ArrayList<>();
    private final EnumSet<Evidence> evidence = EnumSet.of(Evidence.OWN_OUTPUT);
    private final Side first = new Side();
    private final Side second = new Side();
    private String form = "";
    private long next;

    Side side(FrameHeader header, @Nullable Way way) {
      return (way == null ? header.masked() : isFirst(way)) ? first : second;
    }

    /** Whether an offset follows the frames from the first one on. */
    boolean isNext(Side side, long offset) {
      return offset == 0
          || (offset == side.next && side.fromStart)
          || (offset == next && (first.fromStart || second.fromStart));
    }

    static boolean isFirst(Way way) {
      return way == Way.OUT || way == Way.CLIENT;
    }
  }

  /** What one endpoint sent. */
  private static final class Side {
    private long next;
    private boolean used;
    private boolean fromStart;
    private boolean lost;
    private boolean messageOpen;
    private boolean stopped;
  }

  /**
   * @param begins whether the text begins with these lines, and does not continue another part
   * @param found receives the candidates
   */
  Streams(boolean begins, Consumer<Candidate> found) {
    this.begins = begins;
    this.found = found;
  }

  /**
   * Adds a frame.
   *
   * @param connection its name; empty if there is only one
   * @param form in which it is written
   * @param offset of the frame in its stream
   * @param size how many bytes of it are known
   * @param pieces with all of its bytes
   */
  void add(
      String connection,
      String form,
      FrameHeader header,
      long offset,
      int size,
      List<Piece> pieces) {
    Stream stream = streams.computeIfAbsent(connection, name -> new Stream());
    Side side = stream.side(header, pieces.get(0).way());
    boolean gap = offset != stream.next && offset != side.next;
    side.lost |= gap && side.used;
    side.stopped |= gap && side.messageOpen;
    boolean continues = header.opcode() == Opcode.CONTINUATION && !side.messageOpen;
    side.stopped |= continues && (side.lost || (gap && (side.used || begins)));
    side.stopped |= side.lost && header.rsv1();
    if (side.stopped) {
      pieces.forEach(piece -> claim(Covers.of(piece)));
      return;
    }
    side.fromStart = stream.isNext(side, offset);
    long whole = header.size() + header.payloadLength();
    stream.next = offset + whole;
    side.next = stream.next;
    side.used = true;
    side.messageOpen = header.opcode().isControl() ? side.messageOpen : !header.fin();
    // Nothing follows an incomplete frame.
    side.stopped = size != whole;
    stream.form = form;
    stream.pieces.addAll(pieces);
    pending = true;
  }

  /** Whether all frames received before one from the same side are known. */
  boolean isNext(String connection, FrameHeader header, @Nullable Way way, long offset) {
    Stream stream = streams.get(connection);
    return stream == null
        ? offset == 0
        : !stream.side(header, way).lost && stream.isNext(stream.side(header, way), offset);
  }

  /** Takes note of a frame whose bytes are not known. */
  void lose(String connection, @Nullable Way way) {
    Stream stream = streams.computeIfAbsent(connection, name -> new Stream());
    stream.first.lost |= way == null || Stream.isFirst(way);
    stream.second.lost |= way == null || !Stream.isFirst(way);
  }

  /** Adds evidence for the frames of a connection. */
  void add(String connection, Evidence more) {
    Stream stream = streams.get(connection);
    if (stream != null) {
      stream.evidence.add(more);
    }
  }

  /** Adds a line without bytes to the frames of its connection received before it. */
  void cover(String connection, @Nullable Piece cover) {
    Stream stream = streams.get(connection);
    if (stream == null || stream.pieces.isEmpty()) {
      claim(cover);
    } else if (cover != null) {
      stream.pieces.add(cover);
    }
  }

  /** Adds a line that wscope printed about bytes that are not known: nothing is found there. */
  void claim(@Nullable Piece claim) {
    if (claim != null) {
      claims.add(claim);
    }
  }

  /** Whether there is no frame that has not been passed on. */
  boolean isEmpty() {
    return !pending;
  }

  /**
   * Passes on all frames, and all lines of frames that are not known as a candidate without bytes.
   * What follows is another candidate.
   */
  void flush() {
    if (!claims.isEmpty()) {
      claims.sort(Comparator.comparingInt(Piece::from));
      EnumSet<Evidence> evidence = EnumSet.of(Evidence.OWN_OUTPUT, Evidence.OFFSETS);
      found.accept(new Candidate(Candidate.Kind.BYTES, CLAIM, "", claims, evidence));
      claims.clear();
    }
    if (!pending) {
      return;
    }
    pending = false;
    for (Stream stream : streams.values()) {
      if (!stream.pieces.isEmpty()) {
        stream.pieces.sort(Comparator.comparingInt(Piece::from));
        found.accept(
            new Candidate(
                Candidate.Kind.BYTES, stream.form, "", stream.pieces, Set.copyOf(stream.evidence)));
        stream.pieces.clear();
      }
    }
  }
}
