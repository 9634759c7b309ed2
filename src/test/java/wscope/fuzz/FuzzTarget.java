package wscope.fuzz;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import wscope.capture.logs.LogFuzz;
import wscope.capture.packets.PacketFuzz;
import wscope.capture.tls.TlsFuzz;
import wscope.cli.serve.ServeFuzz;
import wscope.input.FinderFuzz;
import wscope.input.spelling.SpellingFuzz;
import wscope.protocol.FrameReaderFuzz;
import wscope.protocol.SessionFuzz;
import wscope.protocol.deflate.DeflateFuzz;
import wscope.protocol.handshake.GrammarFuzz;
import wscope.protocol.handshake.HeadFuzz;
import wscope.report.ReportFuzz;

/**
 * A fuzz target.
 *
 * @param type the class that the fuzzer calls
 * @param run its method, which fails if the bytes reveal a bug
 * @param seeds the first inputs, including past findings
 */
record FuzzTarget(Class<?> type, Consumer<byte[]> run, List<byte[]> seeds) {
  /** In bytes; longer inputs are slow and reveal little more. */
  static final int LONGEST_INPUT = 1024;

  /** All targets, the most exposed code first. */
  static List<FuzzTarget> all() {
    return List.of(
        of(FrameReaderFuzz.class, FrameReaderFuzz::fuzzerTestOneInput, Seeds.frames()),
        of(SessionFuzz.class, SessionFuzz::fuzzerTestOneInput, Seeds.session()),
        of(HeadFuzz.class, HeadFuzz::fuzzerTestOneInput, Seeds.head()),
        of(DeflateFuzz.class, DeflateFuzz::fuzzerTestOneInput, Seeds.deflate()),
        of(SpellingFuzz.class, SpellingFuzz::fuzzerTestOneInput, Seeds.spelling()),
        of(FinderFuzz.class, FinderFuzz::fuzzerTestOneInput, Seeds.finder()),
        of(PacketFuzz.class, PacketFuzz::fuzzerTestOneInput, Seeds.packets()),
        of(TlsFuzz.class, TlsFuzz::fuzzerTestOneInput, TlsFuzz.seeds()),
        of(LogFuzz.class, LogFuzz::fuzzerTestOneInput, LogFuzz.seeds()),
        of(ServeFuzz.class, ServeFuzz::fuzzerTestOneInput, Seeds.serve()),
        of(ReportFuzz.class, ReportFuzz::fuzzerTestOneInput, Seeds.report()),
        of(GrammarFuzz.class, GrammarFuzz::fuzzerTestOneInput, Seeds.grammar()));
  }

  private static FuzzTarget of(Class<?> type, Consumer<byte[]> run, Stream<byte[]> seeds) {
    Stream<byte[]> shortOnes = seeds.filter(seed -> seed.length <= LONGEST_INPUT);
    Stream<byte[]> findings = Seeds.findings(type.getSimpleName());
    return new FuzzTarget(type, run, Stream.concat(shortOnes, findings).toList());
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }
}
