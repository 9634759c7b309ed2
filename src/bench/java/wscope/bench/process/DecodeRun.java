package wscope.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code decode} of whole files, as whole processes, next to {@code tshark} if it is installed. */
final class DecodeRun {
  private static final double MIB = 1 << 20;

  private DecodeRun() {}

  static void run(int rounds) throws IOException, InterruptedException {
    boolean tshark = Machine.isInstalled("tshark");
    System.out.printf(
        """

        Decode: whole processes in turn, medians of %d rounds. A frame's time is CPU time, less that
        of a file with one frame, for the start. The last four: tshark's time divided by ours, and the
        size of both outputs in MiB.%s
        """,
        rounds, tshark ? "" : " tshark is not installed.");
    System.out.printf(
        "%-11s %-9s %8s %8s %10s %8s %10s %8s %8s %8s%n",
        "frames",
        "shown",
        "ms",
        "CPU ms",
        "ns a frame",
        "MiB/s",
        "tshark/ours",
        "by CPU",
        "output",
        "tshark's");
    StartRun.makeArchive();
    Path empty = Files.createDirectories(Path.of("target/bench")).resolve("one-frame.bin");
    Files.write(empty, new byte[] {(byte) 0x89, 0});
    Timed start = decode(empty, false, "bits");
    Timed.inTurn(rounds, List.of(start));
    for (Capture capture : Capture.all()) {
      rows(capture, rounds, start, tshark);
    }
  }

  private static void rows(Capture capture, int rounds, Timed start, boolean tshark)
      throws IOException, InterruptedException {
    Path file = capture.file();
    Path pcap = capture.pcap();
    for (String shown : List.of("none", "messages", "frames", "bits", "json")) {
      Timed ours = decode(file, capture.isCompressed(), shown);
      List<Timed> commands = new ArrayList<>(List.of(ours));
      if (tshark && TSHARK.containsKey(shown)) {
        commands.add(tshark(pcap, TSHARK.get(shown)));
      }
      Timed.inTurn(rounds, commands);
      boolean knowsCpu = !Double.isNaN(ours.cpu());
      double seconds = knowsCpu ? ours.cpu() - start.cpu() : ours.wall() - start.wall();
      System.out.printf(
          Locale.ROOT,
          "%-11s %-9s %8.0f %8.0f %10.0f %8.1f",
          capture.name(),
          shown,
          ours.wall() * 1000,
          ours.cpu() * 1000,
          seconds * 1e9 / capture.frames(),
          capture.bytes() / MIB / seconds);
      for (Timed theirs : commands.subList(1, commands.size())) {
        System.out.printf(
            Locale.ROOT,
            " %11.2f %8.2f %8.1f %8.1f",
            theirs.wall() / ours.wall(),
            theirs.cpu() / ours.cpu(),
            ours.outputSize() / MIB,
            theirs.outputSize() / MIB);
      }
      System.out.println();
    }
  }

  /** The output of tshark that is most similar to each of ours. */
  private static final Map<String, List<String>> TSHARK =
      new LinkedHashMap<>(
          Map.of(
              "frames", List.of("-V"),
              "bits", List.of("-V", "-O", "websocket"),
              "json", List.of("-T", "json")));

  private static Timed tshark(Path pcap, List<String> shown) {
    List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", pcap.toString()));
    command.addAll(shown);
    return new Timed(command);
  }

  private static Timed decode(Path file, boolean compressed, String shown) {
    List<String> command = new ArrayList<>(List.of(StartRun.executable()));
    command.addAll(List.of("decode", "--from", "raw", "--file", file.toString()));
    command.addAll(
        shown.equals("json")
            ? List.of("--format", "json", "--detail", "frames")
            : List.of("--detail", shown));
    if (compressed) {
      command.add("--deflate=client_no_context_takeover");
    }
    return new Timed(command);
  }
}
