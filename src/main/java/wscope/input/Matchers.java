package wscope.input;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import wscope.input.dump.DumpMatcher;
import wscope.input.dump.PacketMatcher;
import wscope.input.dump.SkippedPackets;
import wscope.input.find.Candidate;
import wscope.input.find.Lines;
import wscope.input.find.Matcher;
import wscope.input.head.HeadMatcher;
import wscope.input.list.Base64Matcher;
import wscope.input.list.ListMatcher;
import wscope.input.list.LiteralMatcher;
import wscope.input.run.RunMatcher;
import wscope.input.screen.ScreenMatcher;

/** All matchers. They do not depend on one another, so two threads share a long text. */
final class Matchers {
  /** So much text is worth several threads. */
  private static final int MUCH = 16 << 10;

  /** Gives a candidate its evidence. Several threads may call this at the same time. */
  interface Score {
    Candidate of(Candidate candidate, Lines lines);
  }

  private final List<Matcher> all;

  /**
   * @param packets receives what is left out of packets
   */
  Matchers(Consumer<SkippedPackets> packets) {
    all =
        List.of(
            new HeadMatcher(),
            new ScreenMatcher(),
            new RunMatcher(),
            dumps(packets),
            new ListMatcher(),
            new LiteralMatcher(),
            new Base64Matcher());
  }

  /** Packets are looked for in the rows that dumps may have, which is found out only once. */
  private static Matcher dumps(Consumer<SkippedPackets> skipped) {
    Matcher dumps = new DumpMatcher();
    Matcher packets = new PacketMatcher(skipped);
    return (lines, found) -> {
      dumps.match(lines, found);
      packets.match(lines, found);
    };
  }

  /** The candidates of all matchers, always in the same order. */
  List<Candidate> match(Lines lines, Score score) {
    boolean many = lines.to() - lines.start(0) >= MUCH;
    Stream<Matcher> each = many ? all.parallelStream() : all.stream();
    List<Candidate> candidates = new ArrayList<>();
    each.map(matcher -> match(matcher, lines, score)).forEachOrdered(candidates::addAll);
    return candidates;
  }

  private static List<Candidate> match(Matcher matcher, Lines lines, Score score) {
    List<Candidate> found = new ArrayList<>();
    matcher.match(lines, candidate -> found.add(score.of(candidate, lines)));
    return found;
  }
}
