package wscope.bench.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code decode} of a large capture of packets next to {@code tshark}, by CPU time. */
final class PacketsRun {
  private static final int PACKETS = 44_000;
  private static final int FRAMES_OF_PACKET = 25;
  private static final int LENGTH = 40;

  private PacketsRun() {}

  static void run(int rounds) throws IOException, InterruptedException {
    Path pcap = pcap();
    StartRun.makeArchive();
    System.out.printf(
        Locale.ROOT,
        "%nA capture of %,d frames of %d bytes, %d a packet, with 64 MB of heap: CPU seconds,"
            + " medians of %d rounds in turn. The last: our time divided by tshark's.%n",
        PACKETS * FRAMES_OF_PACKET,
        LENGTH,
        FRAMES_OF_PACKET,
        rounds);
    rows("--detail frames", pcap, rounds, List.of("--detail", "frames"), "-V", "-O", "websocket");
    rows("--format json", pcap, rounds, List.of("--format", "json"), "-T", "json");
  }

  private static void rows(
      String name, Path pcap, int rounds, List<String> options, String... shown)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("env", "WSCOPE_JAVA_OPTS=-Xmx64m"));
    command.addAll(List.of(StartRun.executable(), "decode", "--file", pcap.toString()));
    command.addAll(options);
    Timed ours = new Timed(command);
    List<Timed> all = new ArrayList<>(List.of(ours));
    if (Machine.isInstalled("tshark")) {
      List<String> theirs = new ArrayList<>(List.of("tshark", "-n", "-r", pcap.toString()));
      theirs.addAll(List.of(shown));
      all.add(new Timed(theirs));
    }
    Timed.inTurn(rounds, all);
    System.out.printf(Locale.ROOT, "%-16s %6.2f", name, ours.cpu());
    for (Timed theirs : all.subList(1, all.size())) {
      System.out.printf(Locale.ROOT, "   %6.2f   %5.2f", theirs.cpu(), ours.cpu() / theirs.cpu());
    }
    System.out.println();
  }

  private static Path pcap() throws IOException {
    byte[] frame = Exchange.of(LENGTH, false).request();
    return new Capture("packets", PACKETS * FRAMES_OF_PACKET, 1, frame, FRAMES_OF_PACKET).pcap();
  }
}
