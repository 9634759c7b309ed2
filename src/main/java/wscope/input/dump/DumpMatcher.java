package wscope.input.dump;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import wscope.input.find.Candidate;
import wscope.input.find.Evidence;
import wscope.input.find.Lines;
import wscope.input.find.Matcher;
import wscope.input.find.Piece;
import wscope.input.find.Way;

/**
 * Finds dumps: rows of an offset or an address, bytes as numbers, and perhaps the same bytes as
 * characters, after any prefix.
 *
 * <pre>
 * 00000000: 8185 37fa 213d 7f9f 4d51 58              ..7.!=..MQX
 * 0000000 201 205 067 372 041 075 177 237 115 121 130
 * |00000000| 81 85 37 fa 21 3d 7f 9f 4d 51 58       |..7.!=..MQX     |
 * 0x555555558040 &lt;buf&gt;: 0x81 0x85 0x37
 * </pre>
 *
 * <p>{@link Notation} lists the notations. Rows without an offset are found if the same bytes
 * follow them as characters. {@link FollowExports} and {@link SocatRows} have forms with rows of
 * their own.
 */
public final class DumpMatcher implements Matcher {
  private final RowScanner scanner = new RowScanner();

  @Override
  public void match(Lines lines, Consumer<Candidate> found) {
    Finding finding = new Finding(found);
    FollowExports follow = new FollowExports(lines, found);
    SocatRows socat = new SocatRows(lines, found);
    BlockCollector blocks = new BlockCollector(lines, finding::add);
    for (int line = 0; line < lines.count(); line++) {
      if (follow.take(line)) {
        continue;
      }
      socat.take(line);
      blocks.scan(scanner, line);
    }
    blocks.end();
    follow.end();
    finding.end();
  }

  /** The dumps found so far. */
  private static final class Finding {
    private final Consumer<Candidate> found;
    private final List<Dump> ofPeers = new ArrayList<>();
    private final Map<Way, DumpStream> streams = new EnumMap<>(Way.class);

    Finding(Consumer<Candidate> found) {
      this.found = found;
    }

    void add(Block block, @Nullable Block other) {
      if (block.header.tls()) {
        return;
      }
      List<Dump> dumps = BlockReader.read(block);
      List<Dump> others = other == null ? List.of() : BlockReader.read(other);
      if (other != null && dumps.size() == 1 && others.size() == 1) {
        merge(dumps.get(0), way(block, other), others.get(0), way(other, block));
        return;
      }
      for (Dump dump : dumps) {
        add(dump);
      }
      for (Dump dump : others) {
        add(dump);
      }
    }

    private void add(Dump dump) {
      Way way = dump.header().way();
      if (way != null) {
        add(dump, way);
      } else if (!dump.header().ends().isEmpty()) {
        ofPeers.add(dump);
      } else {
        found.accept(dump.candidate(null));
      }
    }

    private void add(Dump dump, Way way) {
      DumpStream stream = streams.get(way);
      if (stream != null && stream.continuesWith(dump)) {
        stream.add(dump);
        return;
      }
      if (stream != null) {
        found.accept(stream.candidate());
      }
      streams.put(way, new DumpStream(dump, way));
    }

    /** Who sent the rows of a block that is interleaved with another. */
    private static Way way(Block block, Block other) {
      Way way = block.header.way();
      if (way != null && other.header.way() != null) {
        return way;
      }
      if (block.indent < Block.NO_INDENT) {
        return block.indent == Block.SENT ? Way.OUT : Way.IN;
      }
      return block.indent < other.indent ? Way.CLIENT : Way.SERVER;
    }

    /** The rows of both peers in the order of the text. */
    private void merge(Dump first, Way way, Dump second, Way otherWay) {
      List<Piece> pieces = new ArrayList<>(first.candidate(way).pieces());
      pieces.addAll(second.candidate(otherWay).pieces());
      pieces.sort(Comparator.comparingInt(Piece::from));
      EnumSet<Evidence> evidence = EnumSet.noneOf(Evidence.class);
      evidence.addAll(first.evidence());
      evidence.addAll(second.evidence());
      if (!(first.evidence().contains(Evidence.CHARACTERS)
          && second.evidence().contains(Evidence.CHARACTERS))) {
        evidence.remove(Evidence.CHARACTERS);
      }
      Notation notation = first.notation();
      found.accept(
          new Candidate(
              Candidate.Kind.BYTES, notation.form(), notation.option(), pieces, evidence));
    }

    /** The ways of two peers are known once both have sent something. */
    void end() {
      streams.values().forEach(stream -> found.accept(stream.candidate()));
      Peers peers = new Peers(ofPeers);
      for (Dump dump : ofPeers) {
        found.accept(dump.candidate(peers.way(dump.header().ends())));
      }
    }
  }
}
